# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which cards a query asks for, as a domain on tasks."""

from odoo.tools import SQL

from odoo.addons.project.models import project_task

from . import days, texts

CLOSED_STATES = tuple(project_task.CLOSED_STATES)
COMMENT_TYPES = ("comment", "email", "email_outgoing")


def narrow(tasks, domain, query):
    """``domain`` on tasks and the filters of ``query``, all of them together."""
    domain = [*domain, *_filters(tasks.env, query)]
    if query["q"]:
        domain.append(("id", "in", _matching(tasks, domain, query["q"])))
    return domain


def _filters(env, query):
    zone = days.user_zone(env)
    domain = []
    if query["stage"]:
        domain.append(("stage_id", "in", query["stage"]))
    if query["tag"]:
        domain.append(("tag_ids", "in", query["tag"]))
    if query["owner"] == "none":
        domain.append(("user_ids", "=", False))
    elif query["owner"] is not None:
        domain.append(("user_ids", "in", _users_of(env, query["owner"])))
    if query["priority"]:
        # A task without a priority shows the lowest.
        none = [False] if "0" in query["priority"] else []
        domain.append(("priority", "in", [*query["priority"], *none]))
    if query["due"] == "none":
        domain.append(("date_deadline", "=", False))
    if query["due"] == "overdue":
        domain += overdue(env)
    if query["due_from"]:
        start = days.day_start(query["due_from"], zone)
        domain.append(("date_deadline", ">=", start))
    if query["due_to"]:
        domain.append(("date_deadline", "<", days.day_end(query["due_to"], zone)))
    if query["closed"] is not None:
        domain.append(("state", "in" if query["closed"] else "not in", CLOSED_STATES))
    return domain


def overdue(env):
    """Open cards whose due day was over when the user's day began."""
    zone = days.user_zone(env)
    return [
        ("date_deadline", "<", days.day_start(days.today(zone), zone)),
        ("state", "not in", CLOSED_STATES),
    ]


def _users_of(env, owner):
    """Ids of the users behind a partner id or an e-mail address."""
    field = "partner_id" if isinstance(owner, int) else "partner_id.email_normalized"
    # sudo: only ids to compare with; what is found is filtered by the rules.
    users = env["res.users"].sudo().with_context(active_test=False)
    return users.search([(field, "=", owner)]).ids


def _matching(tasks, domain, text):
    """Query of the tasks whose title, description or comments hold ``text``.

    HTML is compared without its tags, so that "class" finds words only.
    """
    query = tasks._search(domain)
    table = SQL.identifier(tasks._table)
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    shared = SQL("")
    if not tasks.env.user._is_internal():
        # What Odoo itself hides from portal users.
        shared = SQL(
            " AND message.is_internal IS NOT TRUE AND EXISTS ("
            "SELECT 1 FROM mail_message_subtype subtype"
            " WHERE subtype.id = message.subtype_id"
            " AND subtype.internal IS NOT TRUE)"
        )
    query.add_where(
        SQL(
            "(%(table)s.name ILIKE %(plain)s"
            " OR regexp_replace(%(table)s.description, '<[^>]*>', '', 'g')"
            " ILIKE %(html)s"
            " OR EXISTS (SELECT 1 FROM mail_message message"
            " WHERE message.model = 'project.task' AND message.res_id = %(table)s.id"
            " AND message.message_type IN %(types)s"
            " AND regexp_replace(message.body, '<[^>]*>', '', 'g')"
            " ILIKE %(html)s%(shared)s))",
            table=table,
            plain=texts.containing(text),
            html=texts.containing(html),
            types=COMMENT_TYPES,
            shared=shared,
        )
    )
    return query
