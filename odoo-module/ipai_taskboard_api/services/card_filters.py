# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which cards a query asks for."""

from odoo.tools import SQL

from odoo.addons.project.models import project_task

from . import activity_page, days, texts

CLOSED_STATES = tuple(project_task.CLOSED_STATES)


def domain(env, query):
    """The filters of ``query`` but for its text, all of them together."""
    found = []
    if query["stage"]:
        found.append(("stage_id", "in", query["stage"]))
    if query["tag"]:
        found.append(("tag_ids", "in", query["tag"]))
    if query["owner"] == "none":
        found.append(("user_ids", "=", False))
    elif query["owner"] is not None:
        found.append(("user_ids", "in", _users_of(env, query["owner"])))
    if query["priority"]:
        # A task without a priority shows the lowest.
        none = [False] if "0" in query["priority"] else []
        found.append(("priority", "in", [*query["priority"], *none]))
    if query["due"] == "none":
        found.append(("date_deadline", "=", False))
    if query["due"] == "overdue":
        found += overdue(env)
    found += due_domain(env, query)
    if query["closed"] is not None:
        found.append(("state", "in" if query["closed"] else "not in", CLOSED_STATES))
    return found


def due_domain(env, query):
    """Cards that are due on the days ``due_from`` to ``due_to``, both optional."""
    zone = days.user_zone(env)
    found = []
    if query["due_from"]:
        start = days.day_start(query["due_from"], zone)
        found.append(("date_deadline", ">=", start))
    if query["due_to"]:
        found.append(("date_deadline", "<", days.day_end(query["due_to"], zone)))
    return found


def overdue(env):
    """Open cards whose due day was over when the user's day began."""
    zone = days.user_zone(env)
    return [
        ("date_deadline", "<", days.day_start(days.today(zone), zone)),
        ("state", "not in", CLOSED_STATES),
    ]


def _users_of(env, owner):
    """Ids of the users behind a partner id or an e-mail address."""
    operator = "="
    if not isinstance(owner, int):
        # An address that the viewer may not read must not be found out by asking.
        partners = env["res.partner"].with_context(active_test=False)
        owner = partners._search([("email_normalized", "=", owner)])
        operator = "in"
    # sudo: only ids to compare with; what is found is filtered by the rules.
    users = env["res.users"].sudo().with_context(active_test=False)
    return users.search([("partner_id", operator, owner)]).ids


def matches(tasks, text):
    """Condition on tasks: their title, description or comments hold ``text``.

    HTML is compared without its tags, so that "class" finds words only.
    """
    html = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return SQL(
        "(%(table)s.name ILIKE %(plain)s"
        " OR regexp_replace(%(table)s.description, '<[^>]*>', '', 'g')"
        " ILIKE %(html)s"
        " OR EXISTS (SELECT 1 FROM mail_message message"
        " WHERE message.res_id = %(table)s.id AND %(comment)s"
        " AND regexp_replace(message.body, '<[^>]*>', '', 'g') ILIKE %(html)s))",
        table=SQL.identifier(tasks._table),
        plain=texts.containing(text),
        html=texts.containing(html),
        comment=activity_page.is_comment(tasks),
    )
