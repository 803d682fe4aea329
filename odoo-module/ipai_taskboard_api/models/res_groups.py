# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# Who is in a group; each version has its own name for the users.
_MEMBERS = {"implied_by_ids", "implied_ids", "user_ids", "users"}


class ResGroups(models.Model):
    _inherit = "res.groups"

    def write(self, vals):
        if not _MEMBERS.isdisjoint(vals):
            self.env["ipai.taskboard.change"]._note(groups=self.ids)
        return super().write(vals)
