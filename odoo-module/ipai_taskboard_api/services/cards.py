# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cards: which ones, and in which order. (What they show: ``loaded_cards``.)"""

from collections import defaultdict

from .. import errors
from . import board_scope, card_filters, card_order, columns
from .found import Found

_FIELDS = [
    "name",
    "description",
    "priority",
    "date_deadline",
    "project_id",
    "stage_id",
    "parent_id",
    "sequence",
    "state",
    "active",
    "recurring_task",
    "display_in_project",
    # Odoo's own write reads them, and one by one through the record rules.
    "task_properties",
]


def card_domain(env):
    """What can be a card at all: on a board, in a stage, no template."""
    domain = [("project_id", "!=", False), ("stage_id", "!=", False)]
    if "has_template_ancestor" in env["project.task"]._fields:
        domain.append(("has_template_ancestor", "=", False))
    return domain


def unstaged_domain(env):
    """Cards that Odoo's board shows in a column of their own: they have no stage,
    and so cannot be the contract's Card."""
    domain = [one for one in board_domain(env) if one[0] != "stage_id"]
    return [*domain, ("stage_id", "=", False)]


def board_domain(env):
    """Cards that Odoo's board shows: no subtasks that it hides."""
    return [*card_domain(env), ("display_in_project", "=", True)]


def find(env, number, archived=False):
    """The visible card ``number``; 404 otherwise, and mostly for an archived one."""
    tasks = env["project.task"]
    active = [True, False] if archived else [True]
    wanted = [("id", "=", number), ("active", "in", active)]
    # sudo: which board it is on says cheaply who may see it; nothing is shown
    # before that is known. An assignee may see a card of a board that they may not
    # see.
    task = tasks.sudo().search_fetch(wanted, _FIELDS)
    board = task.project_id
    template = "is_template" in board._fields and board.is_template
    if not board.active or template:
        raise errors.not_found("card")
    domain = [("id", "=", number), *card_domain(env)]
    visible = board_scope.search(board.with_env(env), domain, archived=archived)
    if not visible.get_result_ids():
        raise errors.not_found("card")
    return tasks.browse(number)


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
    """One page of a board's cards and their total number, as query asks for."""
    tasks = project.env["project.task"]
    found = filtered(project, query)
    limit, offset = query["limit"], query["page"] * query["limit"]
    if query["order"] in (None, card_order.POSITION):
        numbers, total = columns.page(tasks.env, Found(found), offset, limit)
        return tasks.browse(numbers), total
    total = len(found)
    found.limit, found.offset = limit, offset
    if offset < total:
        found.order = card_order.to_sql(tasks.env, query["order"])
        tasks = tasks.browse(found.get_result_ids())
    return tasks, total


def filtered(project, query):
    """Query of the board's cards that the filters of ``query`` let through."""
    env = project.env
    domain = [*board_domain(env), *card_filters.domain(env, query)]
    found = board_scope.search(project, domain)
    if query["q"]:
        found.add_where(card_filters.matches(env["project.task"], query["q"]))
    return found


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
