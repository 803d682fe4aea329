# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cards: which ones, and in which order. (What they show: ``loaded_cards``.)"""

from collections import defaultdict

from odoo.tools import SQL

from .. import errors
from . import activity, board_scope, days

# The order inside a column of Odoo's own board; stages stand in their own order.
COLUMN_ORDER = "priority desc, sequence, date_deadline asc, id desc"
_ORDER = f"stage_id, {COLUMN_ORDER}"
_FIELDS = [
    "name",
    "description",
    "priority",
    "date_deadline",
    "project_id",
    "stage_id",
    "parent_id",
    "sequence",
]


def card_domain(env):
    """What can be a card at all: on a board, in a stage, no template."""
    domain = [("project_id", "!=", False), ("stage_id", "!=", False)]
    if "has_template_ancestor" in env["project.task"]._fields:
        domain.append(("has_template_ancestor", "=", False))
    return domain


def board_domain(env):
    """Cards that Odoo's board shows: no subtasks that it hides."""
    return [*card_domain(env), ("display_in_project", "=", True)]


def find(env, number):
    """The visible card ``number``; 404 otherwise."""
    domain = [("id", "=", number), *card_domain(env)]
    task = env["project.task"].search_fetch(domain, _FIELDS)
    # sudo: an assignee may see a card of a board that they may not see.
    project = task.sudo().project_id
    template = "is_template" in project._fields and project.is_template
    if not task or not project.active or template:
        raise errors.not_found("card")
    return task


def check_write(task):
    """403 unless the user may change the card."""
    task.check_access("write")
    _check_shared(task.project_id)


def check_create(project):
    """403 unless the user may make cards on the board (anywhere, for no board)."""
    project.env["project.task"].check_access("create")
    _check_shared(project)


def _check_shared(project):
    """Portal users change only what Odoo's own project sharing lets them edit.

    The record rules alone would let any follower write.
    """
    if project and project.env.user._is_portal():
        if not project._check_project_sharing_access():
            raise errors.denied()


def page(project, query):
    """One page of a board's cards and their total number, filtered by query."""
    tasks = project.env["project.task"]
    domain = [*board_domain(project.env), *_filters(project.env, query)]
    found = board_scope.search(project, domain)
    if query["q"]:
        found.add_where(matches(tasks, query["q"]))
    total = len(found)
    found.limit = query["limit"]
    found.offset = query["page"] * query["limit"]
    if found.offset < total:
        found.order = tasks._order_to_sql(_ORDER, found)
        tasks = tasks.browse(found.get_result_ids())
    return tasks, total


def column(project, stage):
    """The cards of one stage of a board, in their order."""
    domain = [("project_id", "=", project.id), ("stage_id", "=", stage)]
    return project.env["project.task"].search_fetch(
        [*domain, *board_domain(project.env)],
        ["priority", "sequence", "date_deadline"],
    )


def _filters(env, query):
    domain = due_domain(env, query)
    if query["stage"]:
        domain.append(("stage_id", "in", query["stage"]))
    if query["tag"]:
        domain.append(("tag_ids", "in", query["tag"]))
    if query["owner"] is not None:
        domain.append(("user_ids", "in", _users_of(env, query["owner"])))
    return domain


def due_domain(env, query):
    """Cards that are due on the days ``due_from`` to ``due_to``, both optional."""
    zone = days.user_zone(env)
    domain = []
    if query["due_from"]:
        start = days.day_start(query["due_from"], zone)
        domain.append(("date_deadline", ">=", start))
    if query["due_to"]:
        domain.append(("date_deadline", "<", days.day_end(query["due_to"], zone)))
    return domain


def _users_of(env, owner):
    """Ids of the users behind a partner id or an e-mail address."""
    field = "partner_id" if isinstance(owner, int) else "partner_id.email_normalized"
    # sudo: only ids to compare with; what is found is filtered by the rules.
    users = env["res.users"].sudo().with_context(active_test=False)
    return users.search([(field, "=", owner)]).ids


def matches(tasks, text):
    """Condition on tasks: their title, description or comments hold ``text``.

    HTML is compared without its tags, so that "class" finds words only.
    """
    html = _like(text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return SQL(
        "(%(table)s.name ILIKE %(plain)s"
        " OR regexp_replace(%(table)s.description, '<[^>]*>', '', 'g')"
        " ILIKE %(html)s"
        " OR EXISTS (SELECT 1 FROM mail_message message"
        " WHERE message.res_id = %(table)s.id AND %(comment)s"
        " AND regexp_replace(message.body, '<[^>]*>', '', 'g') ILIKE %(html)s))",
        table=SQL.identifier(tasks._table),
        plain=_like(text),
        html=html,
        comment=activity.is_comment(tasks),
    )


def _like(text):
    escaped = text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def followers(records):
    """{record id: [partner id]} of the active followers of records."""
    # sudo: who follows is shown to everybody who sees the record, but portal
    # users have no access to the model of followers.
    found = (
        records.env["mail.followers"]
        .sudo()
        .search_fetch(
            [
                ("res_model", "=", records._name),
                ("res_id", "in", records.ids),
                ("partner_id.active", "=", True),
            ],
            ["res_id", "partner_id"],
            order="id",
        )
    )
    result = defaultdict(list)
    for follower in found:
        result[follower.res_id].append(follower.partner_id.id)
    return result
