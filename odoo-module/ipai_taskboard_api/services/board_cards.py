# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What boards show of their cards taken together: counts, and the tags in use."""

from collections import defaultdict
from itertools import chain

from odoo.tools import SQL

from . import board_scope, cards, columns, days
from .card_filters import CLOSED_STATES

# So many cards of a stage are looked at for their tags before all cards are.
_SAMPLE = 20


class StageFacts:
    """Cards of one stage, open and closed."""

    def __init__(self):
        self.count = 0
        self.overdue = 0
        self.by_state = {}

    def add(self, state, count, overdue):
        self.count += count
        self.overdue += overdue
        self.by_state[state] = count


def count(projects):
    """Rows of (board, stage, state, cards, those of them that are overdue)."""
    zone = days.user_zone(projects.env)
    today = days.today(zone)
    query = _query(projects)
    query.groupby = query.order = SQL("1, 2, 3")
    counted = SQL(
        "%(table)s.project_id, %(table)s.stage_id, %(table)s.state, count(*),"
        " count(*) FILTER (WHERE %(table)s.date_deadline < %(today)s"
        " AND %(table)s.state NOT IN %(closed)s)",
        table=SQL.identifier("project_task"),
        today=days.day_start(today, zone),
        closed=CLOSED_STATES,
    )
    return projects.env.execute_query(query.select(counted))


def first_cards(project, stages, per_stage):
    """Up to ``per_stage`` cards of each of ``stages``, in the board's order."""
    tasks = project.env["project.task"]
    heads = columns.heads(tasks, _query(project), stages.ids, per_stage)
    return tasks.browse(chain.from_iterable(heads))


def used_tags(projects, stages):
    """{board: {tag}} of the tags on the boards' cards."""
    used = defaultdict(set)
    if len(projects) == 1:
        used[projects.id] = _tags_of(projects, stages)
    else:
        tasks = projects.env["project.task"]
        tagged = [*_domain(projects), ("tag_ids", "!=", False)]
        for project, tag in tasks._read_group(tagged, ["project_id", "tag_ids"]):
            used[project.id].add(tag.id)
    return used


def _tags_of(project, stages):
    """Tags on the cards of one board, however many those are.

    Nearly all of them stand on the first cards of a stage; only what does not is
    looked for among the others.
    """
    field = project.env["project.task"]._fields["tag_ids"]
    rows = project.env.execute_query(
        SQL(
            "SELECT tag.id FROM project_tags tag WHERE tag.id IN ("
            "SELECT link.%(tag)s FROM %(relation)s link"
            " WHERE link.%(task)s = ANY(%(first)s)"
            # Not EXISTS, which PostgreSQL may answer from a table of all tags of all
            # cards; with a limit it stops at the first.
            ") OR (SELECT TRUE FROM %(relation)s link"
            " WHERE link.%(tag)s = tag.id AND link.%(task)s IN %(all)s LIMIT 1)",
            relation=SQL.identifier(field.relation),
            task=SQL.identifier(field.column1),
            tag=SQL.identifier(field.column2),
            first=first_cards(project, stages, _SAMPLE).ids,
            all=_query(project).subselect(),
        )
    )
    return {tag for (tag,) in rows}


def _query(projects):
    if len(projects) == 1:
        return board_scope.search(projects, cards.board_domain(projects.env))
    return projects.env["project.task"]._search(_domain(projects))


def _domain(projects):
    return [("project_id", "in", projects.ids), *cards.board_domain(projects.env)]
