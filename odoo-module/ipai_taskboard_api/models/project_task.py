# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, fields, models
from odoo.tools import SQL, sql

from odoo.addons.project.models.project_task import CLOSED_STATES

from ..compat import LACKS_PRIORITIES

_DEPENDENCIES = {"depend_on_ids", "dependent_ids"}
# Columns that put a task on a board, or take it away.
_SIGHT = {"active", "company_id", "display_in_project", "is_template", "project_id"}
# Columns that others than the task itself show.
_PLACE = {*_SIGHT, "parent_id", "stage_id", "state"}


class ProjectTask(models.Model):
    _inherit = "project.task"

    taskboard_checklist_ids = fields.One2many(
        "ipai.taskboard.checklist.item", "task_id", string="Checklist", copy=True
    )
    # Odoo's own "last stage update" moves with the state, too.
    taskboard_stage_since = fields.Datetime(
        string="In Stage Since",
        compute="_compute_taskboard_stage_since",
        store=True,
        help="When the task came into its present stage.",
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
        """
        return {}

    @api.depends("stage_id")
    def _compute_taskboard_stage_since(self):
        self.taskboard_stage_since = self.env.cr.now()

    @api.model_create_multi
    def create(self, vals_list):
        tasks = super().create(vals_list)
        self.env["ipai.taskboard.change"]._note(placed=tasks.ids)
        return tasks

    def write(self, vals):
        changes = self.env["ipai.taskboard.change"]
        # Odoo changes the dictionary.
        names = set(vals)
        if dependencies := names & _DEPENDENCIES:
            changes._note(cards=self._taskboard_linked(dependencies))
        result = super().write(vals)
        if dependencies:
            changes._note(cards=self._taskboard_linked(dependencies))
        if "user_ids" in names:
            changes._note(audience=self.ids)
        if "tag_ids" in names:
            changes._note(tagged=self.ids)
        return result

    def _write_multi(self, vals_list):
        """All columns pass here, whoever changes them: users, imports, recomputations.

        What is written here is what differs from the table.
        """
        self.env["ipai.taskboard.change"]._note(cards=self.ids)
        if not _PLACE.isdisjoint(set().union(*vals_list)):
            self._taskboard_note_places(dict(zip(self.ids, vals_list, strict=True)))
        return super()._write_multi(vals_list)

    def unlink(self):
        self._taskboard_note_places(dict.fromkeys(self.ids, {"active": False}))
        self.env["ipai.taskboard.change"]._note_before(placed=self.ids)
        return super().unlink()

    def _taskboard_linked(self, names):
        """Ids of the tasks that the dependencies in these fields lead to.

        All of them, seen or not; past the cache, where they would stay for the user.
        """
        found = set()
        for field in map(self._fields.get, names):
            rows = self.env.execute_query(
                SQL(
                    "SELECT %s FROM %s WHERE %s = ANY(%s)",
                    SQL.identifier(field.column2),
                    SQL.identifier(field.relation),
                    SQL.identifier(field.column1),
                    self.ids,
                )
            )
            found.update(number for (number,) in rows)
        return found

    def _taskboard_note_places(self, changed):
        """Note what {task: changed columns} means beyond the tasks themselves.

        To be called while the table still holds what they were before.
        """
        changes = self.env["ipai.taskboard.change"]
        for row in self.env.execute_query_dict(
            SQL(
                "SELECT card.id, card.project_id, card.parent_id, card.state,"
                " card.active AND card.display_in_project AS shown,"
                " NOT EXISTS (SELECT 1 FROM project_task_type_rel link"
                " JOIN project_task_type stage"
                " ON stage.id = link.type_id AND stage.active"
                " WHERE link.project_id = card.project_id"
                " AND link.type_id = card.stage_id) AS strayed"
                " FROM project_task card WHERE card.id = ANY(%s)",
                list(changed),
            )
        ):
            card, board, vals = row["id"], row["project_id"], changed[row["id"]]
            placed = not _SIGHT.isdisjoint(vals)
            if placed:
                changes._note(placed=[card])
            if placed and row["shown"]:
                changes._note(rows=[(board, card, True)])
            if board and row["strayed"] and (placed or "stage_id" in vals):
                changes._note(boards=[board])
            if "stage_id" in vals:
                changes._note(moved=[card])
            if "parent_id" in vals:
                changes._note(subtasks=[card])
            if "parent_id" in vals and row["parent_id"]:
                changes._note(cards=[row["parent_id"]])
            closed = row["state"] in CLOSED_STATES
            if "state" in vals and closed != (vals["state"] in CLOSED_STATES):
                changes._note(subtasks=[card])

    # A portal user with full access to a shared project ticks its checklists too;
    # Odoo 18 asks for the first property, Odoo 19 for the second.
    @property
    def SELF_WRITABLE_FIELDS(self):
        return super().SELF_WRITABLE_FIELDS | {"taskboard_checklist_ids"}

    @property
    def TASK_PORTAL_WRITABLE_FIELDS(self):
        return super().TASK_PORTAL_WRITABLE_FIELDS | {"taskboard_checklist_ids"}
