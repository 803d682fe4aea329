# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import Form
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestModels(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.secret = self._board("Secret", "followers")
        self.task = self._task("Hidden", self.secret)
        self.item = self.env["ipai.taskboard.checklist.item"].create(
            {"task_id": self.task.id, "name": "line", "item_id": "a"}
        )

    def test_items_are_as_visible_as_their_task(self):
        items = self.env["ipai.taskboard.checklist.item"]
        self.assertIn(self.item, items.with_user(self.manager).search([]))
        for stranger in (self.member, self.employee, self.portal):
            self.assertFalse(
                items.with_user(stranger).search([("id", "=", self.item.id)])
            )
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models"):
                self.item.with_user(stranger).read(["name"])

    def test_items_are_as_writable_as_their_task(self):
        card = self._task("Open")
        item = self.env["ipai.taskboard.checklist.item"].create(
            {"task_id": card.id, "name": "line"}
        )
        item.with_user(self.member).done = True
        item.with_user(self.employee).read(["done"])
        for change in (
            lambda items: items.write({"done": False}),
            lambda items: items.unlink(),
            lambda items: items.create({"task_id": card.id, "name": "more"}),
        ):
            with self.assertRaises(AccessError):
                change(item.with_user(self.employee))

    def test_task_form_edits_the_checklist(self):
        task = self.task.with_user(self.manager)
        with Form(task) as form:
            with form.taskboard_checklist_ids.new() as line:
                line.name = "from the form"
        made = task.taskboard_checklist_ids - self.item
        self.assertEqual(made.name, "from the form")
        self.assertEqual(made.item_id, f"odoo-{made.id}")
        path = f"/cards/task:{task.id}"
        shown = self.api("GET", path, user=self.manager).json()["checklist"]
        self.assertIn(
            {"id": made.item_id, "text": "from the form", "done": False}, shown
        )

    def test_collaborator_edits_the_checklist_of_a_shared_project(self):
        shared = self._board("Shared", "portal")
        partner = fields.Command.create({"partner_id": self.portal.partner_id.id})
        shared.collaborator_ids = [partner]
        task = self._task("With customers", shared)
        task.taskboard_checklist_ids = [fields.Command.create({"name": "line"})]
        self.env.flush_all()
        view = "project.project_sharing_project_task_view_form"
        with Form(task.with_user(self.portal), view=view) as form:
            with form.taskboard_checklist_ids.edit(0) as line:
                line.done = True
            with form.taskboard_checklist_ids.new() as line:
                line.name = "from outside"
        items = task.taskboard_checklist_ids
        self.assertEqual(
            [(item.name, item.done) for item in items],
            [("line", True), ("from outside", False)],
        )
        with self.assertRaises(AccessError), Form(self.task.with_user(self.portal)):
            pass

    def test_other_companies_keep_their_boards(self):
        company = self.env["res.company"].create({"name": "Other"})
        other = self._board("Other", "employees")
        task = self._task("Theirs", other)
        item = self.env["ipai.taskboard.checklist.item"].create(
            {"task_id": task.id, "name": "line"}
        )
        # The task follows its project.
        other.sudo().company_id = company
        self.assertEqual(task.sudo().company_id, company)
        items = self.env["ipai.taskboard.checklist.item"].with_user(self.member)
        board, card = f"/boards/project:{other.id}", f"/cards/task:{task.id}"
        self.assertFalse(items.search([("id", "=", item.id)]))
        self.assertEqual(self.api("GET", board, user=self.member).status_code, 404)
        self.assertEqual(self.api("GET", card, user=self.member).status_code, 404)
        self.member.company_ids |= company
        self.assertTrue(items.search([("id", "=", item.id)]))
        self.assertEqual(self.api("GET", board, user=self.member).status_code, 200)
        self.assertEqual(self.api("GET", card, user=self.member).status_code, 200)

    def test_copied_task_has_its_own_items(self):
        copy = self.task.copy()
        self.assertEqual(copy.taskboard_checklist_ids.mapped("name"), ["line"])
        self.assertEqual(self.task.taskboard_checklist_ids, self.item)

    def test_stage_form_has_the_wip_limit(self):
        with Form(self.todo) as form:
            form.taskboard_wip_limit = 3
        path = f"/boards/project:{self.board.id}"
        stages = self.api("GET", path, user=self.manager).json()["stages"]
        self.assertEqual([one["wip_limit"] for one in stages], [3, None])
        with self.assertRaises(ValidationError):
            self.todo.taskboard_wip_limit = -1
        views = self.env["project.task.type"].get_views([(False, "list")])
        self.assertIn('name="taskboard_wip_limit"', views["views"]["list"]["arch"])

    def test_four_priorities(self):
        options = self.env["project.task"]._fields["priority"].get_values(self.env)
        self.assertEqual(options, ["0", "1", "2", "3"])
