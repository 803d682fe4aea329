# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import logging

from odoo import api, fields, models
from odoo.tools import sql

from ..compat import LACKS_PRIORITIES
from ..services import extra
from .big_integer import BigInteger

_logger = logging.getLogger(__name__)


class ProjectTask(models.Model):
    _inherit = "project.task"

    taskboard_checklist_ids = fields.One2many(
        "ipai.taskboard.checklist.item", "task_id", string="Checklist", copy=True
    )
    # Odoo's own "last stage update" moves with the state, too. A trigger dates it
    # (see ``change_triggers.py``).
    taskboard_stage_since = fields.Datetime(
        string="In Stage Since",
        default=lambda task: task.env.cr.now(),
        readonly=True,
        copy=False,
        help="When the task came into its present stage.",
    )

    # Odoo writes it, and so the task, when something changes that other modules' values
    # on its card are made of.
    taskboard_extra_change = BigInteger(
        string="Last Change of Other Modules' Values",
        compute="_compute_taskboard_extra_change",
        store=True,
        copy=False,
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

    def _auto_init(self):
        column = "taskboard_stage_since"
        if not sql.column_exists(self.env.cr, self._table, column):
            sql.create_column(self.env.cr, self._table, column, "timestamp")
            self._taskboard_date_stages()
        column = "taskboard_extra_change"
        if not sql.column_exists(self.env.cr, self._table, column):
            # Or Odoo would write every task that there is.
            sql.create_column(self.env.cr, self._table, column, "int8")
        return super()._auto_init()

    def _taskboard_date_stages(self):
        """Date what is there already by its history; Odoo would date it today."""
        self.env.cr.execute(
            """
            UPDATE project_task SET taskboard_stage_since = moved.since
              FROM (
                    SELECT task.id,
                           COALESCE(MAX(value.create_date), task.create_date) AS since
                      FROM project_task task
                 LEFT JOIN mail_message message
                        ON message.model = 'project.task'
                       AND message.res_id = task.id
                 LEFT JOIN mail_tracking_value value
                        ON value.mail_message_id = message.id
                       AND value.field_id = (
                           SELECT id FROM ir_model_fields
                            WHERE model = 'project.task' AND name = 'stage_id'
                       )
                  GROUP BY task.id
                   ) moved
             WHERE project_task.id = moved.id
            """
        )

    def init(self):
        """An index in the order of a board's columns, for their first cards.

        With what the counts of a board ask for, so that they need no table.
        """
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS project_task_taskboard_column_index"
            " ON project_task (project_id, stage_id, priority DESC, sequence,"
            " date_deadline, id DESC)"
            " INCLUDE (active, display_in_project, company_id, state)"
        )

    def _taskboard_extra(self):
        """{task id: {key: value}} that other modules add to these tasks' cards.

        Called once for all cards of an answer, as the user who asks; values go out
        as JSON. The contract's own keys cannot be replaced, and a client ignores
        keys that it does not know: begin them with ``x_``.

        Whoever overrides it overrides ``_taskboard_extra_depends`` with it.
        """
        return {}

    def _taskboard_extra_depends(self):
        """What the values of ``_taskboard_extra`` are made of, as a tuple of paths such
        as ``api.depends`` takes them.

        The log of changes follows them as Odoo follows those of a stored field. What no
        path names changes unheard of until the task itself is written.
        """
        return ()

    @api.depends(lambda tasks: tasks._taskboard_extra_depends())
    def _compute_taskboard_extra_change(self):
        change = 0
        if self._taskboard_extra_depends():
            # Another one for each transaction, so that it is written.
            self.env.cr.execute("SELECT txid_current()")
            (change,) = self.env.cr.fetchone()
        self.taskboard_extra_change = change

    def _register_hook(self):
        super()._register_hook()
        for module in extra.unfollowed(self):
            _logger.warning(
                "%s overrides _taskboard_extra, and not _taskboard_extra_depends:"
                " clients may show old values.",
                module,
            )

    # A portal user with full access to a shared project ticks its checklists too;
    # Odoo 18 asks for the first property, Odoo 19 for the second.
    @property
    def SELF_WRITABLE_FIELDS(self):
        return super().SELF_WRITABLE_FIELDS | {"taskboard_checklist_ids"}

    @property
    def TASK_PORTAL_WRITABLE_FIELDS(self):
        return super().TASK_PORTAL_WRITABLE_FIELDS | {"taskboard_checklist_ids"}
