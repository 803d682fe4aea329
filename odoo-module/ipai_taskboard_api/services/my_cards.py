# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cards that the signed-in user is assigned to, over all boards."""

from odoo.tools import SQL

from . import boards, card_filters, cards, days


def page(env, query):
    """One page of the user's cards, by due day, and their total number."""
    tasks = env["project.task"]
    found = tasks._search(_domain(env, query))
    if query["q"]:
        found.add_where(card_filters.matches(tasks, query["q"]))
    total = len(found)
    found.limit = query["limit"]
    found.offset = query["page"] * query["limit"]
    if found.offset < total:
        found.order = _order(env)
        tasks = tasks.browse(found.get_result_ids())
    return tasks, total


def _domain(env, query):
    # sudo: somebody assigned sees a card on a board that they may not see.
    live = env["project.project"].sudo()._search(boards.domain(env))
    domain = [
        ("user_ids", "in", [env.uid]),
        ("project_id", "in", live),
        *cards.card_domain(env),
        *card_filters.due_domain(env, query),
    ]
    if query["closed"] is not None:
        operator = "in" if query["closed"] else "not in"
        domain.append(("state", operator, card_filters.CLOSED_STATES))
    return domain


def _order(env):
    """Days and not moments: on one day the priority counts."""
    due, priority, number = (
        SQL.identifier("project_task", name)
        for name in ("date_deadline", "priority", "id")
    )
    due = days.to_sql(due, days.user_zone(env))
    return SQL("%s, %s DESC, %s DESC", due, priority, number)
