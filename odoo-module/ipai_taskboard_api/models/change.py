# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL

from . import change_triggers
from .big_integer import BigInteger
from .change_sources import BOARD, tables

KEPT_DAYS = 7


class Change(models.Model):
    """The log that ``GET /boards/{board_id}/changes`` is answered from.

    Triggers write it (``change_triggers.py``), in the transaction that changes
    something: Odoo's own SQL passes them, too. A row says that a card, or the board,
    may look different. Who sees what is found out when the log is read.
    ``services/changes.py`` says how readers keep their place.

    Boards and cards are plain numbers: rows outlive them, and a foreign key would
    lock the board at every write.
    """

    _name = "ipai.taskboard.change"
    _description = "Taskboard API Change"
    _log_access = False
    _rec_name = "id"

    project_id = fields.Integer(required=True)
    task_id = fields.Integer(required=True, help="0: the board itself")
    sight = fields.Boolean(
        required=True, help="Who sees the card, or its place, may have changed."
    )
    floor = fields.Boolean(
        required=True, help="The board's rows up to this one were removed."
    )
    txid = BigInteger(string="Transaction", required=True)
    cluster = fields.Char(
        required=True,
        help="The PostgreSQL server and database that the transaction belongs to.",
    )
    create_date = fields.Datetime(required=True, index=True)

    def init(self):
        # Beside the way of reading it: what one transaction says twice is kept once.
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ipai_taskboard_change_place_index"
            " ON ipai_taskboard_change"
            " (project_id, cluster, txid, task_id, sight, floor)"
        )
        # When all tables are there.
        self.pool.post_init(self._create_triggers)

    def _create_triggers(self):
        has_templates = "is_template" in self.env["project.task"]._fields
        change_triggers.create(self.env.cr, tables(has_templates))

    @api.autovacuum
    def _gc_changes(self):
        """Forget what is older than ``KEPT_DAYS``, and what another cluster wrote.

        For each board one row stays in place of all that went before it, as a
        floor: who has read less than that has to start again. Readers of another
        cluster have to anyway.
        """
        self.env.cr.execute(
            "DELETE FROM ipai_taskboard_change"
            " WHERE cluster <> (SELECT ipai_taskboard_cluster())"
        )
        self.env.cr.execute(
            SQL(
                "WITH old AS ("
                " SELECT project_id, max(txid) AS txid FROM ipai_taskboard_change"
                " WHERE create_date < now() AT TIME ZONE 'UTC' - %s * interval '1 day'"
                " GROUP BY project_id HAVING NOT bool_and(floor)"
                "), gone AS ("
                " DELETE FROM ipai_taskboard_change change USING old"
                " WHERE change.project_id = old.project_id AND change.txid <= old.txid"
                ")"
                " INSERT INTO ipai_taskboard_change"
                " (project_id, task_id, sight, floor, txid, cluster, create_date)"
                " SELECT old.project_id, %s, FALSE, TRUE, old.txid,"
                " ipai_taskboard_cluster(), now() AT TIME ZONE 'UTC' FROM old"
                " JOIN project_project project ON project.id = old.project_id",
                KEPT_DAYS,
                BOARD,
            )
        )
