# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Columns of a board: how long they are, and the cards at their heads.

A column is read off an index that is in its order (see the model), from the top and
no further than needed. Sorting all the cards of a board takes the longer the more
there are. Functions take the ``Found`` tasks of one board.
"""

from odoo.tools import SQL

_TABLE = "project_task"
_STAGE = SQL.identifier(_TABLE, "stage_id")
# The order of Odoo's own board inside a column: as Odoo writes it, and as SQL.
ORDER = "priority desc, sequence, date_deadline asc, id desc"
_SQL_ORDER = SQL(
    "%s DESC, %s, %s, %s DESC",
    *(
        SQL.identifier(_TABLE, column)
        for column in ("priority", "sequence", "date_deadline", "id")
    ),
)


def lengths(env, found):
    """[(stage, number of its cards)], in the order of the stages, empty ones left
    out."""
    counted = found.select(SQL("%s, count(*)", _STAGE), group=_STAGE)
    return env.execute_query(
        SQL(
            "SELECT stage.id, counted.cards FROM (%s) AS counted (stage_id, cards)"
            " JOIN project_task_type stage ON stage.id = counted.stage_id"
            " ORDER BY stage.sequence, stage.id",
            counted,
        )
    )


def heads(env, found, stages, most):
    """The first cards of each of ``stages``, ``most`` at most: lists of numbers."""
    head = found.select(
        SQL.identifier(_TABLE, "id"),
        condition=SQL("%s = stage.id", _STAGE),
        order=_SQL_ORDER,
        limit=most,
    )
    rows = env.execute_query(
        SQL(
            "SELECT ARRAY(%s) FROM UNNEST(%s::int[]) WITH ORDINALITY"
            " AS stage (id, place) ORDER BY stage.place",
            head,
            list(stages),
        )
    )
    return [numbers for (numbers,) in rows]


def page(env, found, offset, limit):
    """([card number], total) of a page over all columns, one after the other."""
    parts, total = [], 0
    for stage, length in lengths(env, found):
        # Where the page begins and ends in this column.
        start = max(offset - total, 0)
        end = min(offset + limit - total, length)
        if start < end:
            parts.append((stage, start, end))
        total += length
    if not parts:
        return [], total
    most = max(end for _stage, _start, end in parts)
    columns = heads(env, found, [stage for stage, _start, _end in parts], most)
    numbers = [
        number
        for column, (_stage, start, end) in zip(columns, parts, strict=True)
        for number in column[start:end]
    ]
    return numbers, total
