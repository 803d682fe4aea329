# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# What all cards of a project show, or what decides who sees them.
_CARDS = {"allow_milestones", "company_id", "privacy_visibility"}


class ProjectProject(models.Model):
    _inherit = "project.project"

    def _write_multi(self, vals_list):
        changes = self.env["ipai.taskboard.change"]
        changes._note(boards=self.ids)
        if not _CARDS.isdisjoint(set().union(*vals_list)):
            changes._note(all_cards=self.ids)
        return super()._write_multi(vals_list)
