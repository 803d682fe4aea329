# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo writes to its log of a statement that failed.

It is the whole statement, with the texts of cards in it. Of this API's requests only
the error itself is told.
"""

import logging

from odoo.http import request

_BAD_QUERY = "bad query"


class WithoutValues(logging.Filter):
    """Leaves of a failed statement what holds nobody's data."""

    def __init__(self, routing_type):
        super().__init__()
        self._routing_type = routing_type

    def filter(self, record):
        if not str(record.msg).startswith(_BAD_QUERY) or not self._is_ours():
            return True
        error = record.args[-1] if record.args else None
        diagnosis = getattr(error, "diag", None)
        # The error's own text may quote the whole row.
        told = (
            type(error).__name__,
            getattr(diagnosis, "sqlstate", None),
            getattr(diagnosis, "table_name", None),
            getattr(diagnosis, "constraint_name", None),
        )
        record.msg = f"{_BAD_QUERY} in a request of the Taskboard API: %s"
        record.args = (" ".join(filter(None, told)),)
        return True

    def _is_ours(self):
        dispatcher = getattr(request, "dispatcher", None) if request else None
        return getattr(dispatcher, "routing_type", None) == self._routing_type


def install(routing_type):
    """Have it applied to requests of a routing type."""
    logging.getLogger("odoo.sql_db").addFilter(WithoutValues(routing_type))
