# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models


class ProjectTags(models.Model):
    _inherit = "project.tags"

    @api.model_create_multi
    def create(self, vals_list):
        tags = super().create(vals_list)
        self.env["ipai.taskboard.change"]._note(tags=tags.ids, cards_with_tag=tags.ids)
        return tags

    def write(self, vals):
        changes = self.env["ipai.taskboard.change"]
        if not {"project_ids", "task_ids"}.isdisjoint(vals):
            changes._note_before(tags=self.ids, cards_with_tag=self.ids)
            changes._note(tags=self.ids, cards_with_tag=self.ids)
        elif not {"color", "name"}.isdisjoint(vals):
            changes._note(tags=self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["ipai.taskboard.change"]._note_before(
            tags=self.ids, cards_with_tag=self.ids
        )
        return super().unlink()
