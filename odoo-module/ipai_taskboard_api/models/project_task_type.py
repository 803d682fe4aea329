# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError

# What boards show of a stage, and which boards those are.
_SHOWN = {
    "active",
    "fold",
    "mail_template_id",
    "name",
    "project_ids",
    "rating_active",
    "rating_status",
    "rating_template_id",
    "sequence",
    "taskboard_wip_limit",
}


class ProjectTaskType(models.Model):
    _inherit = "project.task.type"

    taskboard_wip_limit = fields.Integer(
        string="WIP Limit",
        help="How many cards this stage should hold at most; 0 for no limit. "
        "It warns and never blocks, and counts for every project that "
        "shares the stage.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        stages = super().create(vals_list)
        self.env["ipai.taskboard.change"]._note(stages=stages.ids)
        return stages

    def write(self, vals):
        changes = self.env["ipai.taskboard.change"]
        if "project_ids" in vals:
            changes._note_before(stages=self.ids)
        if not _SHOWN.isdisjoint(vals):
            changes._note(stages=self.ids)
        return super().write(vals)

    def unlink(self):
        self.env["ipai.taskboard.change"]._note_before(stages=self.ids)
        return super().unlink()

    @api.constrains("taskboard_wip_limit")
    def _check_taskboard_wip_limit(self):
        if any(stage.taskboard_wip_limit < 0 for stage in self):
            raise ValidationError(self.env._("A WIP limit cannot be negative."))
