# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Locks on rows, and what becomes of a request that comes second to one."""

import logging

from psycopg2.errors import SerializationFailure

from odoo.tools import SQL

_logger = logging.getLogger(__name__)
# Each time another request has come first and is done; so many are never in one line.
_RUNS = 20
_MODES = {True: SQL("FOR SHARE"), False: SQL("FOR NO KEY UPDATE")}


def lock(records, shared=False):
    """Wait until nobody else writes these records, and let nobody until the end.

    Who changed one meanwhile makes Odoo run the request again. To find that out here
    costs little: an UPDATE finds it out only after all the work before it, and is
    written to the log, with the texts that it holds.
    """
    if not records:
        return
    records.env.cr.execute(
        SQL(
            "SELECT id FROM %s WHERE id IN %s ORDER BY id %s",
            SQL.identifier(records._table),
            tuple(sorted(records.ids)),
            _MODES[shared],
        ),
        log_exceptions=False,
    )


def run_again(request, run):
    """``run()``, from a new snapshot whenever somebody changed what it is to change.

    Odoo does the same around it, and sleeps up to sixteen seconds in between. No need:
    who finds a row changed has waited until the other one was done. What is given up
    on here, Odoo goes on with.
    """
    for _ in range(_RUNS):
        try:
            return run()
        except SerializationFailure:
            _logger.debug("somebody else was first; once more")
            request.env.cr.rollback()
            request.env.transaction.reset()
            request.registry.reset_changes()
    return run()
