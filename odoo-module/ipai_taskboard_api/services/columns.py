# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Columns of a board: how long they are, and the cards at their heads.

A column is read off an index (see the model), from the top and no further than needed.
Sorting all the cards of a board takes the longer the more there are. Functions take the
``Found`` tasks of one board.

The order is that of what a card shows: of two that are due on one day neither comes
first for its hour. The index has the hours, so a column is read on to the end of the
day that its last card is due on.
"""

from odoo.tools import SQL

from . import days

_TABLE = "project_task"
_STAGE = SQL.identifier(_TABLE, "stage_id")
# Whatever order a custom module gives to stages: the one that a Stage shows.
STAGE_ORDER = "sequence, id"
STAGE_SEQUENCE = SQL(
    "(SELECT stage.sequence FROM project_task_type stage WHERE stage.id = %s)", _STAGE
)
_COLUMNS = tuple(
    SQL.identifier(_TABLE, column)
    for column in ("priority", "sequence", "date_deadline", "id")
)
_SELECTED = SQL(", ").join(_COLUMNS)
# The index's own order.
_INDEXED = SQL("%s DESC, %s, %s, %s DESC", *_COLUMNS)
_LONGEST_DAY = "26 hours"


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
    column = SQL("%s = stage.id", _STAGE)
    head = found.select(_SELECTED, condition=column, order=_INDEXED, limit=most)
    # No more than the cards that the last one may have to share its place with.
    others = found.select(_SELECTED, condition=column)
    rows = env.execute_query(
        SQL(
            "SELECT ARRAY(WITH head AS (%(head)s), last AS ("
            "SELECT * FROM head ORDER BY priority DESC, sequence, date_deadline, id DESC"
            " OFFSET %(most)s - 1"
            "), card AS (SELECT * FROM head UNION ALL SELECT other.* FROM last"
            " JOIN (%(others)s) AS other ON other.priority = last.priority"
            " AND other.sequence = last.sequence"
            " AND (other.date_deadline, -other.id) > (last.date_deadline, -last.id)"
            " AND other.date_deadline < last.date_deadline + %(day)s::interval"
            ") SELECT id FROM card ORDER BY priority DESC, sequence, %(due)s, id DESC"
            " LIMIT %(most)s)"
            " FROM UNNEST(%(stages)s::int[]) WITH ORDINALITY"
            " AS stage (id, place) ORDER BY stage.place",
            head=head,
            others=others,
            most=most,
            day=_LONGEST_DAY,
            due=days.to_sql(SQL("date_deadline"), days.user_zone(env)),
            stages=list(stages),
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
