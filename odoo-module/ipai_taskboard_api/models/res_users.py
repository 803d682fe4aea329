# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models
from odoo.tools import SQL

from ..services import rows
from ..services.api_keys import SCOPE


class ResUsers(models.Model):
    _inherit = "res.users"

    # No Odoo client has any business with it. Tokens are removed, too; but one that was
    # being given out at the same moment is seen by nobody who removes them.
    taskboard_tokens_since = fields.Datetime(
        string="Taskboard API Tokens Since",
        groups=fields.NO_ACCESS,
        copy=False,
        readonly=True,
        help="Tokens that were given out before are no longer good.",
    )

    def write(self, vals):
        result = super().write(vals)
        if "password" in vals or not vals.get("active", True):
            self._taskboard_end_tokens()
        return result

    def _taskboard_end_tokens(self):
        """End the tokens that a password, or a key in its place, was exchanged for.

        As Odoo ends its sessions. Keys that the users made themselves stay.
        """
        if not self:
            return
        # Who is about to give a token out has locked the row.
        rows.lock(self)
        self.env.cr.execute(
            SQL(
                "UPDATE res_users SET taskboard_tokens_since ="
                " clock_timestamp() AT TIME ZONE 'UTC' WHERE id IN %s",
                tuple(self.ids),
            )
        )
        self.invalidate_recordset(["taskboard_tokens_since"])
        # sudo: who may change the user may not read their keys.
        keys = self.env["res.users.apikeys"].sudo()
        keys.search([("user_id", "in", self.ids), ("scope", "=", SCOPE)]).unlink()
