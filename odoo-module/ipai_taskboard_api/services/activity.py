# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A card's history: Odoo's messages and tracking values as events."""

from collections import defaultdict
from dataclasses import dataclass

from ..models.mail_message import COMMENT_TYPES
from . import activity_page, days
from .mapping import FIELD_NAMES, KNOWN_FIELDS

_VALUE_FIELDS = ("char", "text", "datetime", "float", "integer")


@dataclass(frozen=True)
class Change:
    """What happened to one field, as a person reads it; "" for none.

    ``field_label``: what people call a field that the contract has no key for.
    """

    field_name: str
    old_value: str
    new_value: str
    field_label: str | None = None


@dataclass(frozen=True)
class Event:
    """One message: its contract type, mentions, and changes, the chief one first.

    ``files``: the attachments of a comment.
    """

    message: object
    kind: str
    mention_ids: tuple = ()
    changes: tuple = ()
    files: object = ()

    def partner_ids(self):
        # sudo: the author of a readable message (see ``people``).
        author = self.message.sudo().author_id.id
        return {*self.mention_ids, *([author] if author else [])}


def page(task, query):
    """One page of events, newest first, and their total number."""
    numbers, total = activity_page.find(task, query)
    return _events(task.env, numbers), total


def of_message(message):
    """The event of a comment just posted."""
    return _comment(message)


def _events(env, numbers):
    """Events of messages that the viewer may read and that show something."""
    messages = env["mail.message"].search_fetch(
        [("id", "in", numbers)],
        ["message_type", "subtype_id", "author_id", "body", "create_date"],
        order="id desc",
    )
    # sudo: the authors and recipients of readable messages.
    messages.sudo().fetch(["partner_ids", "email_from", "attachment_ids"])
    changes = _changes(env, messages)
    created = activity_page.created_subtype(env)
    return [_event(one, changes[one.id], created) for one in messages]


def _event(message, changes, created):
    if message.message_type in COMMENT_TYPES:
        return _comment(message)
    if message.subtype_id.id == created:
        return Event(message, "field_update", changes=(Change("created", "", ""),))
    for field, kind in activity_page.CHIEF_FIELDS.items():
        if field in changes:
            chief = changes.pop(field)
            return Event(message, kind, changes=(chief, *changes.values()))
    return Event(message, "field_update", changes=tuple(changes.values()))


def _comment(message):
    # sudo: the recipients and files of a readable message.
    known = message.sudo()
    mentioned = tuple(known.partner_ids.ids)
    return Event(message, "comment", mention_ids=mentioned, files=known.attachment_ids)


def _changes(env, messages):
    """{message id: {Odoo field: Change}} in the order of Odoo's own tracking."""
    # sudo: tracking values are readable by administrators only, although the
    # messages show them; fields that the viewer may not read are left out.
    values = (
        env["mail.tracking.value"]
        .sudo()
        .search_fetch(
            [("mail_message_id", "in", messages.ids)],
            [
                "mail_message_id",
                "field_id",
                *(
                    f"{when}_value_{kind}"
                    for when in ("old", "new")
                    for kind in _VALUE_FIELDS
                ),
            ],
            order="id",
        )
    )
    zone = days.user_zone(env)
    result = defaultdict(dict)
    for value in values._filter_has_field_access(env):
        field = value.field_id
        if field:
            result[value.mail_message_id.id][field.name] = Change(
                FIELD_NAMES.get(field.name, field.name),
                _shown(value, "old", field, zone),
                _shown(value, "new", field, zone),
                None if field.name in KNOWN_FIELDS else field.field_description,
            )
    return result


def _shown(value, when, field, zone):
    if field.ttype in ("date", "datetime"):
        moment = value[f"{when}_value_datetime"]
        if not moment:
            return ""
        day = moment.date() if field.ttype == "date" else days.local_day(moment, zone)
        return day.isoformat()
    if field.ttype == "boolean":
        return "☑" if value[f"{when}_value_integer"] else "☐"
    if field.ttype in ("float", "monetary"):
        return f"{value[f'{when}_value_float']:.10g}"
    if field.ttype == "integer":
        return str(value[f"{when}_value_integer"])
    return value[f"{when}_value_text"] or value[f"{when}_value_char"] or ""
