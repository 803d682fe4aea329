# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ProjectCollaborator(models.Model):
    _inherit = "project.collaborator"

    @api.model_create_multi
    def create(self, vals_list):
        collaborators = super().create(vals_list)
        collaborators._taskboard_note()
        return collaborators

    def write(self, vals):
        self._taskboard_note()
        result = super().write(vals)
        self._taskboard_note()
        return result

    def unlink(self):
        self._taskboard_note()
        return super().unlink()

    def _taskboard_note(self):
        """Boards show them as members, and they may see all cards or only some."""
        boards = self.project_id.ids
        self.env["ipai.taskboard.change"]._note(boards=boards, all_cards=boards)
