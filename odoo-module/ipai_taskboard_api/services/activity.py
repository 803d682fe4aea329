# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A card's history: Odoo's messages and tracking values as events."""

import re
from collections import defaultdict
from dataclasses import dataclass

from odoo.tools import SQL

from ..models.mail_message import COMMENT_TYPES
from . import days
from .found import int_array
from .mapping import FIELD_NAMES, KNOWN_FIELDS

# What shows nothing by itself; one mark that is left is something to see.
_FRAME_TAGS = "p|div|section|span|br|b|i|font"
_FRAMES = re.compile(rf"</?(?:{_FRAME_TAGS})\b[^<>]*>", re.IGNORECASE)
_INK = re.compile(r"[^\s\u00a0]")
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
    events = _events(task)
    wanted = set(query["type"])
    if wanted:
        events = [event for event in events if _is_one_of(event, wanted)]
    offset = query["page"] * query["limit"]
    return events[offset : offset + query["limit"]], len(events)


def of_message(message):
    """The event of a comment just posted."""
    return _comment(message)


def is_comment(tasks):
    """Condition on ``message``, a ``mail_message``: a comment on one of the model's
    records that the viewer may read."""
    condition = SQL(
        "message.model = %s AND message.message_type IN %s",
        tasks._name,
        COMMENT_TYPES,
    )
    # Odoo ships no rule here, but somebody may have added one.
    rule = list(tasks.env["ir.rule"]._compute_domain("mail.message", "read"))
    if rule not in ([], [(1, "=", 1)]):
        # sudo: as Odoo reads what its rules look at.
        seen = tasks.env["mail.message"].sudo()._search(rule)
        condition = SQL("%s AND message.id IN %s", condition, seen.subselect())
    if tasks.env.user._is_internal():
        return condition
    # What Odoo itself hides from portal users.
    return SQL(
        "%s AND message.is_internal IS NOT TRUE AND EXISTS ("
        "SELECT 1 FROM mail_message_subtype subtype"
        " WHERE subtype.id = message.subtype_id AND subtype.internal IS NOT TRUE)",
        condition,
    )


def comment_counts(tasks):
    """SELECT of ('comments', task, number) for the tasks that have any.

    Counts what ``page`` shows of the type ``comment``: one that was deleted in
    Odoo stays as a message without text and files.
    """
    return SQL(
        "(SELECT 'comments', message.res_id, count(*) FROM mail_message message"
        " WHERE message.res_id = ANY(%s) AND %s"
        " AND (regexp_replace(message.body, %s, '', 'gi') ~ %s OR EXISTS ("
        "SELECT 1 FROM message_attachment_rel file"
        " WHERE file.message_id = message.id)) GROUP BY 2)",
        int_array(tasks.ids),
        is_comment(tasks),
        rf"</?({_FRAME_TAGS})\M[^<>]*>",
        r"[^\s\u00a0]",
    )


def _is_one_of(event, wanted):
    return event.kind in wanted or ("mention" in wanted and bool(event.mention_ids))


def _events(task):
    env = task.env
    # Odoo's own rules hide internal notes from portal users here.
    messages = env["mail.message"].search_fetch(
        [
            ("model", "=", task._name),
            ("res_id", "=", task.id),
            ("message_type", "!=", "user_notification"),
        ],
        ["message_type", "subtype_id", "author_id", "body", "create_date"],
        order="id desc",
    )
    # sudo: the authors and recipients of readable messages.
    messages.sudo().fetch(["partner_ids", "email_from", "attachment_ids"])
    changes = _changes(env, messages)
    created = env["ir.model.data"]._xmlid_to_res_id("project.mt_task_new")
    events = (_event(one, changes[one.id], created) for one in messages)
    return [event for event in events if event]


def _event(message, changes, created):
    if message.message_type in COMMENT_TYPES:
        comment = _comment(message)
        # A comment deleted in Odoo stays as an empty message.
        return comment if comment.files or _has_text(message) else None
    if message.subtype_id.id == created:
        return Event(message, "field_update", changes=(Change("created", "", ""),))
    for field, kind in (("stage_id", "stage_change"), ("user_ids", "assignment")):
        if field in changes:
            chief = changes.pop(field)
            return Event(message, kind, changes=(chief, *changes.values()))
    if changes:
        return Event(message, "field_update", changes=tuple(changes.values()))
    if _has_text(message):
        return Event(message, "field_update")
    return None


def _has_text(message):
    """Whether a body shows anything, as ``comment_counts`` reckons.

    Not by Odoo's plain text of it: that takes as long as a stranger's mail likes.
    """
    return bool(_INK.search(_FRAMES.sub("", message.body or "")))


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
