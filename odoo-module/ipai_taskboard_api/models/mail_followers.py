# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class MailFollowers(models.Model):
    _inherit = "mail.followers"

    @api.model_create_multi
    def create(self, vals_list):
        followers = super().create(vals_list)
        followers._taskboard_note()
        return followers

    def write(self, vals):
        if vals.keys().isdisjoint(("partner_id", "res_id", "res_model")):
            return super().write(vals)
        self._taskboard_note()
        result = super().write(vals)
        self._taskboard_note()
        return result

    def unlink(self):
        self._taskboard_note()
        return super().unlink()

    def _taskboard_note(self):
        """Cards show who follows them, boards too; and who follows may see more."""
        changes = self.env["ipai.taskboard.change"]
        for follower in self:
            if follower.res_model == "project.task":
                changes._note(audience=[follower.res_id])
            elif follower.res_model == "project.project":
                changes._note(boards=[follower.res_id])
