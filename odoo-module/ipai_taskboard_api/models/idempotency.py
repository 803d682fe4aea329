# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL


class Idempotency(models.Model):
    """Answers kept for clients that ask the same thing twice.

    Written and read by ``services/idempotency.py`` in plain SQL; the model
    gives it a table, a place in backups, and its cleaning.
    """

    _name = "ipai.taskboard.idempotency"
    _description = "Taskboard API Idempotency Key"
    _log_access = False
    _rec_name = "key"

    user_id = fields.Many2one("res.users", required=True, ondelete="cascade")
    key = fields.Char(required=True)
    fingerprint = fields.Char(required=True)
    status = fields.Integer()
    # What was answered may show boards that an administrator may not see.
    headers = fields.Char(groups=fields.NO_ACCESS)
    body = fields.Text(groups=fields.NO_ACCESS)
    create_date = fields.Datetime(required=True, index=True)

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS ipai_taskboard_idempotency_user_id_key"
            " ON ipai_taskboard_idempotency (user_id, key)"
        )

    @api.autovacuum
    def _gc_keys(self):
        """Forget keys after seven days."""
        self.env.cr.execute(
            SQL(
                "DELETE FROM %s"
                " WHERE create_date < now() AT TIME ZONE 'UTC' - interval '7 days'",
                SQL.identifier(self._table),
            )
        )
