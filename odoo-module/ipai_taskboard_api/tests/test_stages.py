# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestStages(TaskboardCase):
    def _create(self, body, user=None, board=None):
        path = f"/boards/project:{(board or self.board).id}/stages"
        return self.api("POST", path, body, user=user or self.manager)

    def _change(self, method, stage, body=None, user=None):
        path = f"/stages/stage:{stage.id}"
        return self.api(method, path, body, user=user or self.manager)

    def test_new_stage_is_the_boards_own(self):
        stages = self.env["project.task.type"]
        before = stages.search([])
        answer = self._create({"name": "Review", "fold": True, "wip_limit": 2})
        self.assertEqual(answer.status_code, 201, answer.text)
        stage = stages.search([]) - before
        self.assertEqual(stage.project_ids, self.board)
        self.assertFalse(stage.user_id)
        self.assertEqual((stage.fold, stage.taskboard_wip_limit), (True, 2))
        self.assertEqual(self.board.type_ids.sorted()[-1], stage)

    def test_last_even_behind_the_largest_number(self):
        self.done.sequence = 2147483647
        answer = self._create({"name": "Review"})
        self.assertEqual(answer.status_code, 201, answer.text)
        path = f"/boards/project:{self.board.id}"
        stages = self.api("GET", path, user=self.manager).json()["stages"]
        self.assertEqual(stages[-1]["name"], "Review")

    def test_change_meets_every_board_and_says_so(self):
        other, archived = self._board("Other", "followers"), self._board(
            "Old", "portal"
        )
        (other | archived).write({"type_ids": [Command.link(self.todo.id)]})
        archived.active = False
        answer = self._change("PATCH", self.todo, {"name": "Next", "order": 7})
        self.assertEqual(answer.json()["stage"]["shared_with"], 1)
        self.assertEqual((self.todo.name, self.todo.sequence), ("Next", 7))
        for board in (self.board, other):
            path = f"/boards/project:{board.id}"
            stages = self.api("GET", path, user=self.manager).json()["stages"]
            shared = {one["name"]: one["shared_with"] for one in stages}
            self.assertEqual(shared["Next"], 1)
            self.assertEqual(set(shared.values()), {0, 1})

    def test_nothing_new_writes_nothing(self):
        self.todo.taskboard_wip_limit = 4
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.todo.read()
        body = {"name": "To Do", "order": self.todo.sequence, "fold": False}
        for same in ({}, body, {**body, "wip_limit": 4}):
            self.assertEqual(self._change("PATCH", self.todo, same).status_code, 200)
            self.assertEqual(self.todo.read(), before)

    def test_stage_with_cards_stays(self):
        task = self._task("Card", stage_id=self.done.id)
        self.assertRefused(self._change("DELETE", self.done), 409, "CONFLICT")
        task.active = False
        error = self.assertRefused(self._change("DELETE", self.done), 409, "CONFLICT")
        self.assertIn("archived", error["message"])
        self.assertTrue(self.done.exists() and task.exists())
        task.with_context(active_test=False).stage_id = self.todo
        self.assertEqual(self._change("DELETE", self.done).status_code, 204)
        self.assertFalse(self.done.exists())
        self.assertTrue(task.exists())

    def test_cards_that_nobody_sees_here_count_as_well(self):
        company = self.env["res.company"].create({"name": "Another"})
        other = self._board("Elsewhere", "employees")
        other.write({"type_ids": [Command.link(self.done.id)]})
        self._task("Theirs", other, stage_id=self.done.id)
        other.company_id = company
        self.assertRefused(self._change("DELETE", self.done), 409, "CONFLICT")

    @mute_logger("odoo.http")
    def test_stages_are_the_managers(self):
        stages = self.env["project.task.type"]
        before = stages.search([]).read()
        self.board.privacy_visibility = "portal"
        self.board.message_subscribe(partner_ids=self.portal.partner_id.ids)
        for user in (self.member, self.employee, self.portal):
            for answer in (
                self._create({"name": ""}, user),
                self._change("PATCH", self.todo, {"name": ""}, user),
                self._change("DELETE", self.done, user=user),
            ):
                self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.assertEqual(stages.search([]).read(), before)

    def test_personal_and_hidden_stages_are_not_there(self):
        own = self.env["project.task.type"].create(
            {"name": "Mine", "user_id": self.manager.id}
        )
        secret = self._board("Secret", "followers").type_ids[0]
        for user, stage in ((self.manager, own), (self.member, secret)):
            for method, body in (("PATCH", {"name": "x"}), ("DELETE", None)):
                answer = self._change(method, stage, body, user)
                self.assertRefused(answer, 404, "NOT_FOUND")
        self.assertTrue(own.exists() and secret.exists())

    def test_stage_of_cards_only_is_there(self):
        task = self._task("Left behind")
        self.board.type_ids -= self.todo
        answer = self._change("PATCH", self.todo, {"fold": True})
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertEqual(answer.json()["stage"]["shared_with"], 0)
        task.stage_id = self.done
        answer = self._change("PATCH", self.todo, {"fold": False})
        self.assertRefused(answer, 404, "NOT_FOUND")
