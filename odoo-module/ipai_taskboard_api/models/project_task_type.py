# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.exceptions import ValidationError


class ProjectTaskType(models.Model):
    _inherit = "project.task.type"

    taskboard_wip_limit = fields.Integer(
        string="WIP Limit",
        help="How many cards this stage should hold at most; 0 for no limit. "
        "It warns and never blocks, and counts for every project that "
        "shares the stage.",
    )

    @api.constrains("taskboard_wip_limit")
    def _check_taskboard_wip_limit(self):
        if any(stage.taskboard_wip_limit < 0 for stage in self):
            raise ValidationError(self.env._("A WIP limit cannot be negative."))
