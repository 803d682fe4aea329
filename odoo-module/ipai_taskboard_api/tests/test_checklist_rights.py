# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.exceptions import AccessError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase

_ITEMS = "ipai.taskboard.checklist.item"


@tagged("post_install", "-at_install", "taskboard")
class TestChecklistRights(TaskboardCase):
    """Rights are those of the task: of the one before a write and the one after it."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.open = cls._task("Open")
        cls.hidden = cls._task("Hidden", cls._board("Secret", "followers"))
        cls.shared = cls._board("Shared", "portal")
        cls.shared.message_subscribe(partner_ids=cls.portal.partner_id.ids)
        cls.shared.sudo().collaborator_ids = [
            Command.create({"partner_id": cls.portal.partner_id.id})
        ]
        cls.theirs = cls._task("Theirs", cls.shared)
        cls.lines = {}
        for task in (cls.open, cls.hidden, cls.theirs):
            values = {"task_id": task.id, "name": task.name, "item_id": "a"}
            cls.lines[task] = cls.env[_ITEMS].create(values)
        cls.env.flush_all()

    def _ways(self, task, user):
        """{how: call} of all ways from ``task``, which the user may write, to the
        hidden one."""
        own, foreign = self.lines[task], self.lines[self.hidden]
        mine, hidden = own.with_user(user), self.hidden.id
        card, items = task.with_user(user), self.env[_ITEMS].with_user(user)
        there = items.with_context(default_task_id=hidden)
        number = foreign.id

        def commands(*some):
            return lambda: card.write({"taskboard_checklist_ids": list(some)})

        return {
            "move away": lambda: mine.write({"task_id": hidden}),
            "move here": lambda: items.browse(number).write({"task_id": task.id}),
            "move both": lambda: (mine | items.browse(number)).write({"done": True}),
            "create": lambda: items.create({"task_id": hidden, "name": "x"}),
            "create anew": lambda: items.create({"task_id": hidden, "item_id": "a"}),
            "create by default": lambda: there.create({"name": "x"}),
            "copy": lambda: mine.copy({"task_id": hidden}),
            "copy theirs": lambda: items.browse(number).copy({"task_id": task.id}),
            "remove": lambda: items.browse(number).unlink(),
            "read": lambda: items.browse(number).read(["name"]),
            "import": lambda: self._import(items, number, task.id),
            "import away": lambda: self._import(items, own.id, hidden),
            "link": commands(Command.link(number)),
            "set": commands(Command.set([own.id, number])),
            "update": commands(Command.update(number, {"done": True})),
            "update away": commands(Command.update(own.id, {"task_id": hidden})),
            "delete": commands(Command.delete(number)),
            "unlink": commands(Command.unlink(number)),
        }

    def _import(self, items, number, task):
        told = items.load([".id", "task_id/.id"], [[str(number), str(task)]])
        if told["messages"]:
            raise AccessError(told["messages"][0]["message"])

    def _state(self):
        self.env.invalidate_all()
        lines = self.env[_ITEMS].sudo().search([], order="id")
        return lines.read(["task_id", "name", "done", "item_id"])

    @mute_logger("odoo.addons.base.models.ir_rule", "odoo.models", "odoo.sql_db")
    def test_no_way_into_a_task_that_the_writer_may_not_write(self):
        before = self._state()
        for task, user in ((self.open, self.member), (self.theirs, self.portal)):
            for how, call in self._ways(task, user).items():
                with self.subTest(how, user=user.login):
                    with self.assertRaises(AccessError), self.env.cr.savepoint():
                        call()
                        self.env.flush_all()
                    self.assertEqual(self._state(), before)

    def test_who_may_write_both_moves_a_line(self):
        line = self.lines[self.open].with_user(self.manager)
        line.task_id = self._task("Another")
        self.assertEqual(line.task_id.name, "Another")
        line.task_id = self.hidden
        self.assertEqual(line.task_id, self.hidden)

    def test_reading_a_card_does_not_let_write_its_lines(self):
        line = self.lines[self.open].with_user(self.employee)
        self.assertEqual(line.read(["name"])[0]["name"], "Open")
        with self.assertRaises(AccessError):
            line.write({"task_id": self.hidden.id})

    def test_our_other_models_are_nobodys(self):
        """All that this addon makes, so that a new model must be thought of here."""
        ours = {
            name
            for name, model in self.registry.items()
            if model._original_module == "ipai_taskboard_api" and not model._abstract
        }
        self.assertIn(_ITEMS, ours)
        for name in ours - {_ITEMS}:
            for user in (self.manager, self.member, self.employee, self.portal):
                for operation in ("read", "write", "create", "unlink"):
                    may = self.env[name].with_user(user).has_access(operation)
                    self.assertFalse(may, (name, user.login, operation))

    def test_kept_answers_are_not_even_the_administrators(self):
        admin = self._user("system", "base.group_system")
        kept = self.env["ipai.taskboard.idempotency"].with_user(admin)
        kept.search([]).read(["key", "status"])
        with self.assertRaises(AccessError):
            kept.search([]).read(["body"])
        with self.assertRaises(AccessError):
            kept.search([("body", "ilike", "secret")])
