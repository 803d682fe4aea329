# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial

from odoo import api, fields, models


class ChecklistItem(models.Model):
    """A line of a task's checklist.

    Rights are the task's: who reads the task reads its items, who writes it
    writes them. No record rule can say that: a rule sees its records with all
    rights, and would have to repeat the rules of tasks, those too that somebody
    adds.
    """

    _name = "ipai.taskboard.checklist.item"
    _description = "Task Checklist Item"
    _order = "task_id, sequence, id"

    task_id = fields.Many2one(
        "project.task", required=True, ondelete="cascade", index=True
    )
    name = fields.Char(string="To check")
    done = fields.Boolean()
    sequence = fields.Integer(default=10)
    item_id = fields.Char(
        string="Identifier",
        help="Made by the client that created the line; unique in its task.",
        copy=False,
        readonly=True,
    )
    numbered = fields.Boolean(
        help="The client numbered this line itself and wants its number back.",
        copy=False,
    )

    def init(self):
        self.env.cr.execute(
            "CREATE UNIQUE INDEX IF NOT EXISTS"
            " ipai_taskboard_checklist_item_task_id_item_id_uniq"
            " ON ipai_taskboard_checklist_item (task_id, item_id)"
        )

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_task_id")
        self._taskboard_check_targets(
            vals.get("task_id", default) for vals in vals_list
        )
        items = super().create(vals_list)
        for item in items:
            if not item.item_id:
                # Lines made in Odoo's own form.
                item.item_id = f"odoo-{item.id}"
        return items

    def write(self, vals):
        if "task_id" in vals:
            # The right to a line where it was says nothing about where it comes.
            self._taskboard_check_targets([vals["task_id"]])
        result = super().write(vals)
        if "task_id" in vals:
            self.check_access("write")
        return result

    def _taskboard_check_targets(self, numbers):
        """Refuse lines for tasks that the user may not write, before the database says
        which of their identifiers are taken there."""
        tasks = self.env["project.task"].browse({one for one in numbers if one})
        tasks.check_access("write")

    def _check_access(self, operation):
        result = super()._check_access(operation)
        if result or self.env.su:
            return result
        needed = "read" if operation == "read" else "write"
        # sudo: only to find the tasks, whose own access is what is checked.
        tasks = self.sudo().task_id.with_env(self.env)
        allowed = tasks._filtered_access(needed)
        # sudo: as above.
        forbidden = self.filtered(lambda item: item.sudo().task_id not in allowed)
        if not forbidden:
            return None
        refused = (tasks - allowed)._check_access(needed)
        if refused:
            return forbidden, refused[1]
        # Lines of no task.
        rules = self.env["ir.rule"]
        return forbidden, partial(rules._make_access_error, operation, forbidden)

    @api.model
    def _search(self, domain, *args, **kwargs):
        if not self.env.su and not kwargs.get("bypass_access"):
            tasks = self.env["project.task"].with_context(active_test=False)
            domain = [*domain, ("task_id", "in", tasks._search([]))]
        return super()._search(domain, *args, **kwargs)
