# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
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

    def test_four_priorities(self):
        options = self.env["project.task"]._fields["priority"].get_values(self.env)
        self.assertEqual(options, ["0", "1", "2", "3"])
