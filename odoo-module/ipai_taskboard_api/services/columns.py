# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Columns of a board: how long they are, and the cards at their heads.

A column is read off an index that is in its order (see the model), from the top and
no further than needed. Sorting all the cards of a board takes the longer the more
there are. Functions take a query of tasks of one board, and use it up.
"""

from odoo.tools import SQL

# The order of Odoo's own board inside a column.
ORDER = "priority desc, sequence, date_deadline asc, id desc"


def lengths(tasks, query):
    """[(stage, number of its cards)], in the order of the stages, empty ones left
    out."""
    query.groupby = SQL("1")
    counted = query.select(SQL("%s, count(*)", _stage(tasks)))
    query.groupby = None
    return tasks.env.execute_query(
        SQL(
            "SELECT stage.id, counted.cards FROM (%s) AS counted (stage_id, cards)"
            " JOIN project_task_type stage ON stage.id = counted.stage_id"
            " ORDER BY stage.sequence, stage.id",
            counted,
        )
    )


def heads(tasks, query, stages, most):
    """The first cards of each of ``stages``, ``most`` at most: lists of numbers."""
    query.order = tasks._order_to_sql(ORDER, query)
    query.limit = most
    query.add_where(SQL("%s = stage.id", _stage(tasks)))
    rows = tasks.env.execute_query(
        SQL(
            "SELECT ARRAY(%s) FROM UNNEST(%s::int[]) WITH ORDINALITY"
            " AS stage (id, place) ORDER BY stage.place",
            query.select(),
            list(stages),
        )
    )
    return [numbers for (numbers,) in rows]


def page(tasks, query, offset, limit):
    """(tasks, total) of a page over all columns, one after the other."""
    parts, total = [], 0
    for stage, length in lengths(tasks, query):
        # Where the page begins and ends in this column.
        start = max(offset - total, 0)
        end = min(offset + limit - total, length)
        if start < end:
            parts.append((stage, start, end))
        total += length
    if not parts:
        return tasks, total
    most = max(end for _stage_id, _start, end in parts)
    columns = heads(tasks, query, [stage for stage, _start, _end in parts], most)
    numbers = [
        number
        for column, (_stage_id, start, end) in zip(columns, parts, strict=True)
        for number in column[start:end]
    ]
    return tasks.browse(numbers), total


def _stage(tasks):
    return SQL.identifier(tasks._table, "stage_id")
