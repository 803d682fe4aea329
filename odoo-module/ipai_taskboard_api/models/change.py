# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, ormcache

from .change_sources import BOARD, SOURCES

KEPT_DAYS = 7
_KEY = "ipai_taskboard_changes"


class BigInteger(fields.Integer):
    """PostgreSQL's transaction numbers outgrow Odoo's integers."""

    _column_type = ("int8", "int8")


class Change(models.Model):
    """The log that ``GET /boards/{board_id}/changes`` is answered from.

    Models note what they change; when the transaction is about to be committed
    all of it becomes rows, with one INSERT and in that same transaction. A row says
    that a card, or the board, may look different. Who sees what is found out when
    the log is read. ``services/changes.py`` says how readers keep their place.

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
    create_date = fields.Datetime(required=True, index=True)

    def init(self):
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS ipai_taskboard_change_project_id_txid_index"
            " ON ipai_taskboard_change (project_id, txid)"
        )

    @api.model
    @ormcache()
    def _database(self):
        """Numbers of this database and of the log in it; a restored one has others."""
        self.env.cr.execute(
            "SELECT oid::bigint, 'ipai_taskboard_change'::regclass::oid::bigint"
            " FROM pg_database WHERE datname = current_database()"
        )
        return self.env.cr.fetchone()

    @api.model
    def _note(self, **ids):
        """Remember what changes in this transaction: ids for each kind of ``SOURCES``.

        The kind ``rows`` takes (board, card, sight) as they will be logged.
        """
        noted = self._noted()
        for kind, numbers in ids.items():
            noted.setdefault(kind, set()).update(numbers)

    @api.model
    def _note_before(self, **ids):
        """As ``_note``, for what will not be there any more: looked up at once."""
        rows = self.env.execute_query(_lookup(ids))
        self._noted().setdefault("rows", set()).update(rows)

    def _noted(self):
        precommit = self.env.cr.precommit
        if _KEY not in precommit.data:
            precommit.data[_KEY] = {}
            precommit.add(self._write_noted)
        return precommit.data[_KEY]

    def _write_noted(self):
        noted = self.env.cr.precommit.data.pop(_KEY, {})
        rows = noted.pop("rows", ())
        boards, cards, sights = zip(*rows, strict=True) if rows else ((), (), ())
        self.env.cr.execute(
            SQL(
                "INSERT INTO ipai_taskboard_change"
                " (project_id, task_id, sight, floor, txid, create_date)"
                " SELECT board, card, bool_or(sight), FALSE, txid_current(),"
                " now() AT TIME ZONE 'UTC' FROM (%s UNION ALL"
                " SELECT * FROM UNNEST(%s::int[], %s::int[], %s::bool[])"
                ") AS changed (board, card, sight)"
                " WHERE board IS NOT NULL GROUP BY board, card",
                _lookup(noted),
                list(boards),
                list(cards),
                list(sights),
            )
        )

    @api.autovacuum
    def _gc_changes(self):
        """Forget what is older than ``KEPT_DAYS``.

        For each board one row stays in place of all that went before it, as a
        floor: who has read less than that has to start again.
        """
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
                " (project_id, task_id, sight, floor, txid, create_date)"
                " SELECT old.project_id, %s, FALSE, TRUE, old.txid,"
                " now() AT TIME ZONE 'UTC' FROM old"
                " JOIN project_project project ON project.id = old.project_id",
                KEPT_DAYS,
                BOARD,
            )
        )


def _lookup(noted):
    """SELECT of (board, card, sight) for {kind: ids}."""
    parts = [
        SQL(source, list(numbers))
        for kind, numbers in noted.items()
        if numbers
        for source in SOURCES[kind]
    ]
    nothing = SQL("SELECT NULL::int, NULL::int, NULL::bool WHERE FALSE")
    return SQL(" UNION ALL ").join([nothing, *parts])
