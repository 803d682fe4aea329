# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What each endpoint takes, as tables for ``validation``."""

from . import validation as v
from .validation import Key, Param

_TRUNK = {"page": Param(v.number_text(0), default=0)}


def _paged(limit):
    return {**_TRUNK, "limit": Param(v.number_text(1, 500), default=limit)}


PRIORITIES = ("0", "1", "2", "3")
ACTIVITY_TYPES = ("comment", "stage_change", "field_update", "assignment", "mention")
VISIBILITIES = ("private", "team", "public")
ROLES = ("admin", "manager", "contributor", "viewer")


def _checklist(value):
    items = v.list_of(v.table_of(_CHECKLIST_ITEM))(value)
    if len({item["id"] for item in items}) != len(items):
        raise v.Refused("holds the same id twice.")
    return items


def _item_id(value):
    if len(v.filled_text(value)) > 64:
        raise v.Refused("must have 64 characters at most.")
    return value


_CHECKLIST_ITEM = {
    "id": Key(_item_id, required=True),
    "text": Key(v.text, required=True),
    "done": Key(v.boolean, required=True),
    "order": Key(v.integer(-v.INT32, v.INT32), null="absent"),
}
_POSITION = v.table_of({"after": Key(v.record_id("task"), required=True, null="value")})
_OWNERS = v.list_of(v.integer(1, v.INT32))
_TAGS = v.list_of(v.record_id("tag"))

TOKEN = {
    "username": Key(v.filled_text, required=True),
    "password": Key(v.filled_text, required=True),
}

BOARDS_QUERY = _paged(20)
BOARD_CREATE = {
    "name": Key(v.title, required=True),
    "description": Key(v.markdown, null="absent"),
    "visibility": Key(v.choice(*VISIBILITIES), null="absent"),
}
BOARD_UPDATE = {
    "name": Key(v.title),
    "description": Key(v.markdown, null="value"),
    "visibility": Key(v.choice(*VISIBILITIES)),
}
MEMBER_CREATE = {
    "partner_id": Key(v.integer(1, v.INT32), required=True),
    "role": Key(v.choice(*ROLES), required=True),
}

_VIEW = {"view": Param(v.choice("summary"))}
CARDS_QUERY = {
    "stage": Param(v.record_id("stage"), repeat=True),
    "tag": Param(v.record_id("tag"), repeat=True),
    "owner": Param(v.person),
    "due_from": Param(v.day),
    "due_to": Param(v.day),
    "q": Param(v.text),
    **_VIEW,
    **_paged(100),
}
MY_CARDS_QUERY = {
    "owner": Param(v.choice("me")),
    "closed": Param(v.choice("true", "false")),
    "due_from": Param(v.day),
    "due_to": Param(v.day),
    "q": Param(v.text),
    **_VIEW,
    **_paged(100),
}
CHANGES_QUERY = {
    "since": Param(v.text),
    "limit": Param(v.number_text(1, 500), default=200),
    **_VIEW,
}
SNAPSHOT_QUERY = {"per_stage": Param(v.number_text(1, 200), default=80), **_VIEW}
CARD_CREATE = {
    "board_id": Key(v.record_id("project"), required=True),
    "stage_id": Key(v.record_id("stage"), required=True),
    "title": Key(v.title, required=True),
    "description_md": Key(v.markdown, null="absent"),
    "priority": Key(v.choice(*PRIORITIES), null="absent"),
    "due_date": Key(v.day, null="absent"),
    "owners": Key(_OWNERS, null="absent"),
    "tags": Key(_TAGS, null="absent"),
    "parent_id": Key(v.record_id("task"), null="absent"),
    "position": Key(_POSITION, null="absent"),
}
CARD_UPDATE = {
    "title": Key(v.title),
    "stage_id": Key(v.record_id("stage")),
    "priority": Key(v.choice(*PRIORITIES)),
    "description_md": Key(v.markdown, null="value"),
    "due_date": Key(v.day, null="value"),
    "owners": Key(_OWNERS, null="value"),
    "tags": Key(_TAGS, null="value"),
    "checklist": Key(_checklist, null="value"),
    "position": Key(_POSITION),
}

ACTIVITY_QUERY = {
    "type": Param(v.choice(*ACTIVITY_TYPES), repeat=True),
    **_paged(50),
}
COMMENT_CREATE = {
    "body_md": Key(v.filled_markdown, required=True),
    "mentions": Key(v.list_of(v.text), null="absent"),
}
