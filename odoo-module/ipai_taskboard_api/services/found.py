# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tools import SQL


def int_array(ids):
    """Many numbers as an array that PostgreSQL reads at once, not one by one."""
    return SQL("%s::int[]", "{%s}" % ",".join(map(str, ids)))


class Found:
    """What a query finds, for any number of statements about it.

    To make the query anew for each of them, with all that the record rules say, costs
    as much as many of these statements.
    """

    def __init__(self, query):
        self._tables = query.from_clause
        self._condition = query.where_clause or SQL("TRUE")

    def select(self, columns, condition=None, group=None, order=None, limit=None):
        """SELECT of ``columns``; each option is SQL, ``limit`` a number."""
        parts = [
            SQL("SELECT %s FROM %s WHERE %s", columns, self._tables, self._condition)
        ]
        if condition:
            parts.append(SQL("AND %s", condition))
        if group:
            parts.append(SQL("GROUP BY %s", group))
        if order:
            parts.append(SQL("ORDER BY %s", order))
        if limit is not None:
            parts.append(SQL("LIMIT %s", limit))
        return SQL(" ").join(parts)
