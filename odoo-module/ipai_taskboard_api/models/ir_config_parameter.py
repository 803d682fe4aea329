# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models
from odoo.exceptions import ValidationError

from ..services import parameters


class IrConfigParameter(models.Model):
    _inherit = "ir.config_parameter"

    @api.constrains("key", "value")
    def _check_taskboard_value(self):
        for parameter in self:
            problem = parameters.problem(self.env, parameter.key, parameter.value)
            if problem:
                raise ValidationError(problem)
