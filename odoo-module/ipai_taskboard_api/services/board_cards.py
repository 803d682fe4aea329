# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What boards show of their cards taken together: counts, and the tags in use."""

from collections import defaultdict
from itertools import chain

from odoo.tools import SQL

from . import board_scope, cards, columns, days, mapping
from .card_filters import CLOSED_STATES
from .found import Found, int_array

_TABLE = SQL.identifier("project_task")

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
        state = state or mapping.UNKNOWN_STATE
        self.by_state[state] = self.by_state.get(state, 0) + count


class BoardCards:
    """The cards of some boards, as far as the viewer sees them."""

    def __init__(self, projects):
        self._projects = projects
        self.env = projects.env
        shown = cards.board_domain(self.env)
        if len(projects) == 1:
            query = board_scope.search(projects, shown)
        else:
            on_boards = [("project_id", "in", projects.ids), *shown]
            query = self.env["project.task"]._search(on_boards)
        self._found = Found(query)

    def counts(self):
        """Rows of (board, stage, state, cards, those of them that are overdue)."""
        zone = days.user_zone(self.env)
        today = days.today(zone)
        counted = SQL(
            "%(table)s.project_id, %(table)s.stage_id, %(table)s.state, count(*),"
            " count(*) FILTER (WHERE %(table)s.date_deadline < %(today)s"
            " AND %(table)s.state NOT IN %(closed)s)",
            table=_TABLE,
            today=days.day_start(today, zone),
            closed=CLOSED_STATES,
        )
        alike = SQL("1, 2, 3")
        return self.env.execute_query(
            self._found.select(counted, group=alike, order=alike)
        )

    def first(self, stages, per_stage):
        """Up to ``per_stage`` cards of each of ``stages``, in the order of one board."""
        heads = columns.heads(self.env, self._found, stages.ids, per_stage)
        return self.env["project.task"].browse(chain.from_iterable(heads))

    def used_tags(self, stages):
        """{board: {tag}} of the tags on the boards' cards."""
        used = defaultdict(set)
        if len(self._projects) == 1:
            used[self._projects.id] = self._tags_of_one(stages)
            return used
        relation, task, tag = self._tag_links()
        for board, number in self.env.execute_query(
            SQL(
                "SELECT DISTINCT card.board, link.%(tag)s FROM (%(cards)s) AS card"
                " JOIN %(relation)s link ON link.%(task)s = card.id",
                relation=relation,
                task=task,
                tag=tag,
                cards=self._found.select(
                    SQL("%(table)s.id, %(table)s.project_id AS board", table=_TABLE)
                ),
            )
        ):
            used[board].add(number)
        return used

    def _tags_of_one(self, stages):
        """Tags on the cards of one board, however many those are.

        Nearly all of them stand on the first cards of a stage; only what does not is
        looked for among the others.
        """
        relation, task, tag = self._tag_links()
        rows = self.env.execute_query(
            SQL(
                "SELECT tag.id FROM project_tags tag WHERE tag.id IN ("
                "SELECT link.%(tag)s FROM %(relation)s link"
                " WHERE link.%(task)s = ANY(%(first)s)"
                # Not EXISTS, which PostgreSQL may answer from a table of all tags of
                # all cards; with a limit it stops at the first.
                ") OR (SELECT TRUE FROM %(relation)s link"
                " WHERE link.%(tag)s = tag.id AND link.%(task)s IN (%(all)s) LIMIT 1)",
                relation=relation,
                task=task,
                tag=tag,
                first=int_array(self.first(stages, _SAMPLE).ids),
                all=self._found.select(SQL("%s.id", _TABLE)),
            )
        )
        return {number for (number,) in rows}

    def _tag_links(self):
        """Table of the cards' tags, its columns of the card and of the tag."""
        field = self.env["project.task"]._fields["tag_ids"]
        names = (field.relation, field.column1, field.column2)
        return tuple(SQL.identifier(name) for name in names)
