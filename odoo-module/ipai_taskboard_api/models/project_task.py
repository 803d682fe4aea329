# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields, models

from ..compat import LACKS_PRIORITIES


class ProjectTask(models.Model):
    _inherit = "project.task"

    taskboard_checklist_ids = fields.One2many(
        "ipai.taskboard.checklist.item", "task_id", string="Checklist", copy=True
    )

    if LACKS_PRIORITIES:
        # Odoo 19 has these four, with these names.
        priority = fields.Selection(
            selection_add=[
                ("0", "Low priority"),
                ("1", "Medium priority"),
                ("2", "High priority"),
                ("3", "Urgent"),
            ],
            ondelete={"2": "set 1", "3": "set 1"},
        )

    # A portal user with full access to a shared project ticks its checklists too;
    # Odoo 18 asks for the first property, Odoo 19 for the second.
    @property
    def SELF_WRITABLE_FIELDS(self):
        return super().SELF_WRITABLE_FIELDS | {"taskboard_checklist_ids"}

    @property
    def TASK_PORTAL_WRITABLE_FIELDS(self):
        return super().TASK_PORTAL_WRITABLE_FIELDS | {"taskboard_checklist_ids"}
