# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which of a card's messages show something, and what kind of event each is.

Told by PostgreSQL, so that a page costs the same however much was said before.
"""

from odoo.tools import SQL

from ..models.mail_message import COMMENT_TYPES
from .found import int_array

# What makes a change more than an update of a field, the foremost first.
CHIEF_FIELDS = {"stage_id": "stage_change", "user_ids": "assignment"}

# Tags that show nothing by themselves; one mark that is left is something to see. Not by
# Odoo's plain text of a body: that takes as long as a stranger's mail likes.
_HAS_TEXT = SQL(
    "regexp_replace(message.body, %s, '', 'gi') ~ %s",
    r"</?(p|div|section|span|br|b|i|font)\M[^<>]*>",
    r"[^\s\u00a0]",
)
_HAS_FILES = SQL(
    "EXISTS (SELECT 1 FROM message_attachment_rel file"
    " WHERE file.message_id = message.id)"
)
_HAS_RECIPIENTS = SQL(
    "EXISTS (SELECT 1 FROM mail_message_res_partner_rel recipient"
    " WHERE recipient.mail_message_id = message.id)"
)


def created_subtype(env):
    """Number of the subtype of the message that says that a card was made."""
    return env["ir.model.data"]._xmlid_to_res_id("project.mt_task_new")


def find(task, query):
    """([message number, newest first] of a page, total of all pages)."""
    env = task.env
    env.flush_all()
    # Odoo's own rules hide internal notes from portal users here.
    readable = env["mail.message"]._search(
        [
            ("model", "=", task._name),
            ("res_id", "=", task.id),
            ("message_type", "!=", "user_notification"),
        ]
    )
    ((total, numbers),) = env.execute_query(
        SQL(
            "WITH event AS MATERIALIZED (SELECT message.id, %(kind)s AS kind"
            " FROM mail_message message WHERE message.id = ANY(%(readable)s)"
            "), shown AS (SELECT message.id FROM event"
            " JOIN mail_message message ON message.id = event.id WHERE %(wanted)s)"
            " SELECT (SELECT count(*) FROM shown), ARRAY(SELECT id FROM shown"
            " ORDER BY id DESC OFFSET %(offset)s LIMIT %(limit)s)",
            kind=_kind(env, readable.get_result_ids()),
            readable=int_array(readable.get_result_ids()),
            wanted=_wanted(query["type"]),
            offset=query["page"] * query["limit"],
            limit=query["limit"],
        )
    )
    return numbers, total


def _wanted(kinds):
    if not kinds:
        return SQL("event.kind IS NOT NULL")
    named = SQL("event.kind = ANY(%s)", list(kinds))
    if "mention" not in kinds:
        return named
    return SQL("(%s OR event.kind = 'comment' AND %s)", named, _HAS_RECIPIENTS)


def _kind(env, numbers):
    """What ``message`` is; none for one that shows nothing, as a comment deleted in
    Odoo does."""
    fields = _readable_fields(env, numbers)
    chief = [
        SQL(" WHEN %s THEN %s", _tracks([fields[name]]), kind)
        for name, kind in CHIEF_FIELDS.items()
        if name in fields
    ]
    return SQL(
        "CASE WHEN message.message_type IN %(comments)s"
        " THEN CASE WHEN %(files)s OR %(text)s THEN 'comment' END"
        " WHEN message.subtype_id = %(created)s THEN 'field_update'%(chief)s"
        " WHEN %(tracks)s OR %(text)s THEN 'field_update' END",
        comments=COMMENT_TYPES,
        files=_HAS_FILES,
        text=_HAS_TEXT,
        created=created_subtype(env) or None,
        chief=SQL("").join(chief),
        tracks=_tracks(fields.values()),
    )


def _tracks(fields):
    return SQL(
        "EXISTS (SELECT 1 FROM mail_tracking_value value"
        " WHERE value.mail_message_id = message.id AND value.field_id = ANY(%s))",
        int_array(fields),
    )


def _readable_fields(env, numbers):
    """{name: number} of the fields that the messages track and the viewer may read."""
    rows = env.execute_query(
        SQL(
            "SELECT max(id) FROM mail_tracking_value"
            " WHERE mail_message_id = ANY(%s) AND field_id IS NOT NULL"
            " GROUP BY field_id",
            int_array(numbers),
        )
    )
    # sudo: tracking values are readable by administrators only, although the
    # messages show them; see ``activity``.
    values = env["mail.tracking.value"].sudo().browse([number for (number,) in rows])
    readable = values._filter_has_field_access(env)
    return {value.field_id.name: value.field_id.id for value in readable}


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

    Counts what ``find`` shows of the type ``comment``: one that was deleted in
    Odoo stays as a message without text and files.
    """
    return SQL(
        "(SELECT 'comments', message.res_id, count(*) FROM mail_message message"
        " WHERE message.res_id = ANY(%s) AND %s"
        " AND (%s OR %s) GROUP BY 2)",
        int_array(tasks.ids),
        is_comment(tasks),
        _HAS_TEXT,
        _HAS_FILES,
    )
