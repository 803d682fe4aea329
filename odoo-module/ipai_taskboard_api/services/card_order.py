# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The orders in which cards can be listed."""

from odoo.tools import SQL

from . import columns, days, texts

# Stages in their order, then the order inside a column.
POSITION = "position"
_FIRST = {
    "priority": ("priority",),
    "created": ("create_date", "id"),
    "updated": ("write_date", "id"),
}


def to_sql(env, name):
    """ORDER BY for tasks; the board's order settles every tie.

    A leading "-" of ``name`` reverses all of it, ties too.
    """
    reverse = name.startswith("-")
    name = name.removeprefix("-")
    due = days.to_sql(_column("date_deadline"), days.user_zone(env))
    if name == "title":
        first = [texts.name_order(env, _column("name"))]
    elif name == "due":
        first = [due]
    else:
        first = [_column(one) for one in _FIRST.get(name, ())]
    board = [
        (columns.STAGE_SEQUENCE, False),
        (_column("stage_id"), False),
        (_column("priority"), True),
        (_column("sequence"), False),
        (due, False),
        (_column("id"), True),
    ]
    return SQL(", ").join(
        SQL("%s DESC" if descending is not reverse else "%s", term)
        for term, descending in ((*((one, False) for one in first), *board))
    )


def _column(name):
    return SQL.identifier("project_task", name)
