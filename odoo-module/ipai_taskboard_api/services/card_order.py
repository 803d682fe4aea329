# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The orders in which cards can be listed."""

from odoo.tools import SQL

from . import columns, texts

# Stages in their order, then the order inside a column of Odoo's own board.
POSITION = "position"
_BOARD = f"stage_id, {columns.ORDER}"
_FIRST = {
    "priority": "priority",
    "due": "date_deadline",
    "created": "create_date, id",
    "updated": "write_date, id",
}


def to_sql(tasks, query, name):
    """ORDER BY for ``query`` on tasks; the board's order settles every tie.

    A leading "-" of ``name`` reverses all of it, ties too.
    """
    reverse = name.startswith("-")
    name = name.removeprefix("-")
    first = _FIRST.get(name)
    position = f"{first}, {_BOARD}" if first else _BOARD
    order = tasks._order_to_sql(position, query, reverse=reverse)
    if name != "title":
        return order
    title = texts.name_order(tasks.env, SQL.identifier(tasks._table, "name"))
    return SQL("%s %s, %s", title, SQL("DESC" if reverse else "ASC"), order)
