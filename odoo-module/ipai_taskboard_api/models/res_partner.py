# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# What shows of a person, and whether it shows at all.
_SHOWN = {"active", "complete_name", "email", "email_normalized", "name"}


class ResPartner(models.Model):
    _inherit = "res.partner"

    def _write_multi(self, vals_list):
        if not _SHOWN.isdisjoint(set().union(*vals_list)):
            self.env["ipai.taskboard.change"]._note(people=self.ids)
        return super()._write_multi(vals_list)

    def unlink(self):
        self.env["ipai.taskboard.change"]._note_before(people=self.ids)
        return super().unlink()
