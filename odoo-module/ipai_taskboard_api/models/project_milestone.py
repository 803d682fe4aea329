# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models


class ProjectMilestone(models.Model):
    _inherit = "project.milestone"

    def write(self, vals):
        if "name" in vals:
            self.env["ipai.taskboard.change"]._note(milestones=self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["ipai.taskboard.change"]._note_before(milestones=self.ids)
        return super().unlink()
