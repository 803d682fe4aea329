# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's records as the contract's entities: every shape on the wire is here.

Functions take what ``people``, ``boards``, ``loaded_cards`` and ``activity`` have
loaded, and send no query of their own.
"""

import hashlib
import json
import re
from dataclasses import asdict

from .. import errors
from . import days
from .html_reader import (
    is_lossy,
    is_lossy_as_text,
    to_comment_markdown,
    to_markdown,
    to_plain_text,
)

CONTRACT_VERSION = "1.0.0"

# What an id in a path begins with, and the error for a malformed one.
_KINDS = {
    "board": ("project", "INVALID_BOARD_ID"),
    "card": ("task", "INVALID_CARD_ID"),
    "stage": ("stage", "VALIDATION_ERROR"),
}
_ID = re.compile(r"([a-z]+):([1-9][0-9]{0,9})")
_NUMBER = re.compile(r"[1-9][0-9]{0,9}")
_MAX_ID = 2**31 - 1

# Odoo's colour indexes 1 to 11; 0 is "no colour".
_TAG_COLORS = (
    None,
    "#EE2D2D",
    "#DC8534",
    "#E8BB1D",
    "#5794DD",
    "#9F628F",
    "#DB8865",
    "#41A9A2",
    "#304BE0",
    "#EE2F8A",
    "#61C36E",
    "#9872E6",
)
_VISIBILITY = {
    "followers": "private",
    "invited_users": "private",
    "employees": "team",
    "portal": "public",
}
PRIVACY = {"private": "followers", "team": "employees", "public": "portal"}

# What would be markdown in a file's name.
_MARKUP = re.compile(r"[\\`*_\[\]()<>!|~&]")
_ESCAPED = r"\\\g<0>"

# Lowest first.
PRIORITIES = ("0", "1", "2", "3")
# Of a task that has none: Odoo's own default.
UNKNOWN_STATE = "01_in_progress"

# Odoo's field -> the contract's key; others keep their own name.
FIELD_NAMES = {
    "name": "title",
    "description": "description_md",
    "date_deadline": "due_date",
    "user_ids": "owners",
    "tag_ids": "tags",
    "project_id": "board_id",
    "depend_on_ids": "dependencies",
}
# Fields of tasks that clients know by their key.
KNOWN_FIELDS = {*FIELD_NAMES, "stage_id", "priority", "state", "parent_id"}


def parse_id(param, text):
    """Return the number in a path's id, such as a ``board``'s; 400 otherwise."""
    if param not in _KINDS:
        return _parse_number(param, text)
    kind, code = _KINDS[param]
    match = _ID.fullmatch(text)
    if match and match[1] == kind and int(match[2]) <= _MAX_ID:
        return int(match[2])
    raise errors.ApiError(
        400,
        code,
        f"A {param} id looks like {kind}:7.",
        {"field": f"{param}_id"},
    )


def _parse_number(param, text):
    if _NUMBER.fullmatch(text) and int(text) <= _MAX_ID:
        return int(text)
    raise errors.refused(f"{param}_id", f"{param}_id must be a positive integer.")


def board_id(number):
    return f"project:{number}"


def stage_id(number):
    return f"stage:{number}"


def card_id(number):
    return f"task:{number}"


def tag_id(number):
    return f"tag:{number}"


def me(user, people):
    """The signed-in user."""
    return {
        "user_id": user.id,
        "partner": people.partner(user.partner_id.id),
        "tz": user.tz or None,
        "lang": user.lang or "en_US",
    }


def stage(record, shared_with):
    """Stage; ``shared_with`` says how many other boards have it."""
    return {
        "stage_id": stage_id(record.id),
        "name": record.name or "",
        "order": record.sequence,
        "wip_limit": max(record.taskboard_wip_limit, 0) or None,
        "fold": bool(record.fold),
        "shared_with": shared_with,
    }


def tag(record):
    entity = {"tag_id": tag_id(record.id), "name": record.name or ""}
    color = _TAG_COLORS[record.color] if 0 < record.color < len(_TAG_COLORS) else None
    if color:
        entity["color"] = color
    return entity


def nearest_color(text):
    """Odoo's colour index that looks most like "#RRGGBB"."""
    wanted = _rgb(text)

    def distance(index):
        pairs = zip(wanted, _rgb(_TAG_COLORS[index]), strict=True)
        return sum((one - other) ** 2 for one, other in pairs)

    return min(range(1, len(_TAG_COLORS)), key=distance)


def _rgb(text):
    return bytes.fromhex(text[1:])


def group(key, label, count):
    return {"key": key, "label": label, "count": count}


def flow_day(date, counts, closed):
    return {
        "date": date.isoformat(),
        "counts": {stage_id(number): count for number, count in counts.items()},
        "closed": closed,
    }


def visibility(project):
    return _VISIBILITY.get(project.privacy_visibility, "private")


def board(project, loaded):
    """Board; ``loaded`` is a ``boards.LoadedBoards`` that holds it."""
    return {
        "board_id": board_id(project.id),
        "name": project.name or "",
        "owner": loaded.people.partner(loaded.owner_id(project)),
        "visibility": visibility(project),
        "members": [
            {**loaded.people.partner(partner_id), "role": role}
            for partner_id, role in loaded.members(project)
        ],
        "stages": [
            stage(record, loaded.shared_with(project, record))
            for record in loaded.stages(project)
        ],
        "tags": [tag(record) for record in loaded.tags(project)],
        "description": to_plain_text(project.description),
        "description_lossy": is_lossy_as_text(project.description),
        "created_at": days.timestamp(project.create_date, project.write_date),
        "updated_at": days.timestamp(project.write_date, project.create_date),
    }


def board_detail(project, loaded):
    """BoardDetail: the Board with counts and facts of its stages' cards."""
    stages = loaded.stages(project)
    facts = {record.id: loaded.facts(project, record) for record in stages}
    return {
        **board(project, loaded),
        "stages": [
            {
                **stage(record, loaded.shared_with(project, record)),
                "mails_on_entry": loaded.mails_on_entry(project, record),
                "overdue": facts[record.id].overdue,
                "by_state": facts[record.id].by_state,
            }
            for record in stages
        ],
        "card_counts": {
            stage_id(record.id): facts[record.id].count for record in stages
        },
        "without_stage": loaded.without_stage(project),
    }


def _priority(value):
    """The contract's priority that comes nearest; other modules add some."""
    if value in PRIORITIES:
        return value
    return PRIORITIES[-1] if value > PRIORITIES[-1] else PRIORITIES[0]


def card(card, loaded):
    """Card, from one of a ``loaded_cards.LoadedCards``."""
    parent = loaded.parent_id(card)
    return {
        **loaded.extra(card),
        "card_id": card_id(card.id),
        "board_id": board_id(card.project_id),
        "stage_id": stage_id(card.stage_id),
        "title": card.name or "",
        **_texts(card, loaded),
        "priority": _priority(card.priority),
        "due_date": loaded.due_date(card),
        "created_at": days.timestamp(card.create_date, card.write_date),
        "updated_at": days.timestamp(card.write_date, card.create_date),
        "owners": [loaded.people.partner(one) for one in loaded.owner_ids(card)],
        "watchers": [loaded.people.partner(one) for one in loaded.watcher_ids(card)],
        "tags": [tag_id(number) for number in loaded.tag_ids(card)],
        "parent_id": card_id(parent) if parent else None,
        "subtask_ids": [card_id(number) for number in loaded.subtask_ids(card)],
        "dependencies": [
            {"type": kind, "task_id": card_id(number)}
            for kind, number in loaded.dependencies(card)
        ],
        "sequence": card.sequence,
        "state": card.state or UNKNOWN_STATE,
        "closed": card.closed,
        # An address that both versions know, and that asks for a sign-in.
        "web_url": f"{loaded.root}mail/view?model=project.task&res_id={card.id}",
        "comment_count": loaded.comment_count(card),
        "subtasks_done": loaded.subtasks_done(card),
        "milestone": card.milestone,
        "stage_since": days.timestamp(card.stage_since, card.write_date),
    }


def cards(loaded):
    """Cards, of all of a ``loaded_cards.LoadedCards``."""
    return [card(one, loaded) for one in loaded]


def changes(found, loaded):
    """Changes, from a ``changes.Changes`` and the ``LoadedCards`` of its tasks."""
    return {
        "cards": cards(loaded),
        "removed": [card_id(number) for number in found.removed],
        "board_changed": found.board_changed,
        "cursor": found.cursor,
        "more": found.more,
    }


def _texts(card, loaded):
    """What a summary has less of."""
    if loaded.summary:
        done, total = loaded.checklist_counts(card)
        return {"checklist_done": done, "checklist_total": total}
    return {
        "description_md": to_markdown(card.description),
        "description_lossy": is_lossy(card.description),
        "checklist": [checklist_item(item) for item in loaded.checklist(card)],
    }


def checklist_item(item):
    """``order`` is given back to a client that numbers its items itself."""
    entity = {"id": item.item_id, "text": item.name, "done": item.done}
    if item.numbered:
        entity["order"] = item.sequence
    return entity


def card_etag(card, loaded):
    """Strong entity tag over what a PATCH can change, and nothing else.

    The description counts as Odoo's HTML: a change that markdown cannot show
    must not be overwritten either.
    """
    facts = [
        card.id,
        card.name,
        card.stage_id,
        card.priority,
        card.description or "",
        loaded.due_date(card),
        sorted(loaded.owner_ids(card)),
        sorted(loaded.tag_ids(card)),
        [checklist_item(item) for item in loaded.checklist(card)],
        card.state,
        loaded.parent_id(card),
        sorted(loaded.dependencies(card)),
        sorted(loaded.watcher_ids(card)),
        card.active,
    ]
    digest = hashlib.sha256(json.dumps(facts).encode()).hexdigest()
    return f'"{digest[:32]}"'


def _with_files(text, files):
    """A comment's text, and below it a link to each file that came with it."""
    links = [
        f"[{_MARKUP.sub(_ESCAPED, file.name or '')}](/web/content/{file.id})"
        for file in files
    ]
    return "\n\n".join([*([text] if text else []), *links])


def _change(change):
    return {key: value for key, value in asdict(change).items() if value is not None}


def activity(event, people):
    """Activity from an ``activity.Event``."""
    entity = {
        "event_id": f"msg:{event.message.id}",
        "type": event.kind,
        "author": people.author(event.message),
        "created_at": days.timestamp(event.message.create_date, event.message.date),
    }
    if event.kind == "comment":
        text = to_comment_markdown(event.message.body)
        entity["body_md"] = _with_files(text, event.files)
        entity["mentions"] = [
            {"email": one["email"], "partner_id": one["partner_id"]}
            for one in map(people.partner, people.seen(event.mention_ids))
        ]
    elif event.changes:
        changes = [_change(change) for change in event.changes]
        entity["metadata"] = changes[0]
        if len(changes) > 1:
            entity["metadata"] = {**changes[0], "changes": changes}
    else:
        entity["body_md"] = to_comment_markdown(event.message.body)
    return entity
