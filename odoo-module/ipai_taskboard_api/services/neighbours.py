# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The cards around a place in a column, read from there on and no further than
needed: a column may hold thousands."""

from odoo.tools import SQL

from . import board_scope, cards, days
from .position import Place

# Mostly the next card tells; where the numbers lie close, many have to be read.
_FEW, _MANY = 2, 200


class Neighbours:
    """The other cards of one stage of a board that the viewer sees there."""

    def __init__(self, project, stage, number):
        """``number`` is the card that is to be placed, and no neighbour of its own."""
        self._env = project.env
        domain = [("stage_id", "=", stage), ("id", "!=", number)]
        found = board_scope.search(project, [*domain, *cards.board_domain(self._env)])
        table = SQL.identifier("project_task")
        self._cards = found.select(
            SQL(
                "%(table)s.id, COALESCE(%(table)s.priority, '0') AS priority,"
                " %(table)s.sequence, %(due)s AS due",
                table=table,
                due=days.to_sql(
                    SQL("%s.date_deadline", table), days.user_zone(self._env)
                ),
            )
        )

    def find(self, number):
        """The place of one of them, or None."""
        places = self._places(SQL("id = %s", number), SQL("id"), 1)
        return places[0] if places else None

    def below(self, place, priority):
        """Cards of a priority that stand below a place, or all; the nearest first."""
        order = SQL("sequence, due, id DESC")
        return self._from(place, priority, SQL(">"), order)

    def above(self, place, priority):
        """Cards of a priority that stand above a place, or all; the nearest first."""
        order = SQL("sequence DESC, due DESC, id")
        return self._from(place, priority, SQL("<"), order)

    def _from(self, place, priority, operator, order):
        many = _FEW
        while True:
            condition = SQL("priority = %s AND sequence IS NOT NULL", priority)
            if place:
                condition = SQL(
                    "%(condition)s AND sequence %(operator)s= %(sequence)s"
                    " AND (sequence, COALESCE(due, 'infinity'), -id)"
                    " %(operator)s (%(sequence)s, %(due)s::date, %(number)s)",
                    condition=condition,
                    operator=operator,
                    sequence=place.sequence,
                    due=place.due or "infinity",
                    number=-place.number,
                )
            places = self._places(condition, order, many)
            yield from places
            if len(places) < many:
                return
            place, many = places[-1], _MANY

    def _places(self, condition, order, most):
        rows = self._env.execute_query(
            SQL(
                "SELECT id, priority, sequence, due FROM (%s) AS card"
                " WHERE %s ORDER BY %s LIMIT %s",
                self._cards,
                condition,
                order,
                most,
            )
        )
        return [Place(*row) for row in rows]
