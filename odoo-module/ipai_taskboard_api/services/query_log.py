# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What Odoo writes to its log of a statement that failed.

It is the whole statement, and the whole row that a constraint refused, with the texts
of cards in them. Of this API's requests only the error itself is told.
"""

import logging

import psycopg2

from odoo.http import request

# Where statements are logged, and what becomes of them in a request.
_LOGGERS = ("odoo.sql_db", "odoo.http")


class WithoutValues(logging.Filter):
    """Leaves of a failed statement what holds nobody's data."""

    def __init__(self, routing_type):
        super().__init__()
        self._routing_type = routing_type

    def filter(self, record):
        error = _database_error(record)
        if error and self._is_ours():
            told = (
                type(error).__name__,
                error.diag.sqlstate,
                error.diag.table_name,
                error.diag.constraint_name,
                # Of a wrong value the value itself.
                not isinstance(error, psycopg2.DataError)
                and error.diag.message_primary,
            )
            record.msg = "bad query in a request of the Taskboard API: %s"
            record.args = (" ".join(filter(None, told)),)
            record.exc_info = record.exc_text = None
        return True

    def _is_ours(self):
        dispatcher = getattr(request, "dispatcher", None) if request else None
        return getattr(dispatcher, "routing_type", None) == self._routing_type


def _database_error(record):
    """The error of the database that a record is about; None for other ones."""
    candidates = [record.msg]
    if isinstance(record.args, tuple):
        candidates += record.args[-1:]
    if record.exc_info:
        candidates.append(record.exc_info[1])
    for candidate in candidates:
        for error in (candidate, getattr(candidate, "__cause__", None)):
            if isinstance(error, psycopg2.Error):
                return error
    return None


def install(routing_type):
    """Have it applied to requests of a routing type."""
    for name in _LOGGERS:
        logging.getLogger(name).addFilter(WithoutValues(routing_type))
