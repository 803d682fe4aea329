# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Records that hold what the contract has no word for: each is shown as it can be."""

from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestOddRecords(TaskboardCase):
    def _sql(self, statement, *values):
        self.env.flush_all()
        self.env.cr.execute(statement, values)
        self.env.invalidate_all()

    def test_a_board_that_lost_its_manager_and_its_maker(self):
        self._sql(
            "UPDATE project_project SET user_id = NULL, create_uid = NULL,"
            " create_date = NULL, write_date = NULL WHERE id = %s",
            self.board.id,
        )
        answer = self.api("GET", "/boards?limit=500", user=self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        (board,) = (
            one
            for one in answer.json()["boards"]
            if one["board_id"] == f"project:{self.board.id}"
        )
        robot = self.env.ref("base.partner_root")
        self.assertEqual(board["owner"]["partner_id"], robot.id)
        self.assertEqual(board["created_at"], "1970-01-01T00:00:00.000Z")

    def test_a_card_with_values_of_other_modules_or_none(self):
        task = self._task("Odd")
        for priority, shown in (("4", "3"), ("-1", "0"), (None, "0")):
            self._sql(
                "UPDATE project_task SET priority = %s, sequence = NULL,"
                " create_date = NULL WHERE id = %s",
                priority,
                task.id,
            )
            path = f"/boards/project:{self.board.id}"
            for answer in (
                self.api("GET", f"/cards/task:{task.id}", user=self.manager),
                self.api("GET", f"{path}/cards", user=self.manager),
                self.api("GET", f"{path}/snapshot", user=self.manager),
            ):
                self.assertEqual(answer.status_code, 200, answer.text)
            (card,) = answer.json()["cards"]
            self.assertEqual(card["priority"], shown)
            self.assertEqual(card["created_at"], card["updated_at"])

    def test_a_stage_with_a_limit_below_none(self):
        self._sql(
            "UPDATE project_task_type SET taskboard_wip_limit = -3 WHERE id = %s",
            self.todo.id,
        )
        answer = self.api("GET", f"/boards/project:{self.board.id}", user=self.manager)
        self.assertIsNone(answer.json()["stages"][0]["wip_limit"])

    def test_cards_without_a_stage_are_counted(self):
        self._task("In a stage")
        hidden = self._task("Nobody's")
        for _each in range(2):
            self._sql(
                "UPDATE project_task SET stage_id = NULL WHERE id = %s",
                self._task("Lost").id,
            )
        self._sql(
            "UPDATE project_task SET stage_id = NULL, active = FALSE WHERE id = %s",
            hidden.id,
        )
        path = f"/boards/project:{self.board.id}"
        board = self.api("GET", path, user=self.manager).json()
        self.assertEqual(board["without_stage"], 2)
        self.assertEqual(sum(board["card_counts"].values()), 1)
        snapshot = self.api("GET", f"{path}/snapshot", user=self.manager).json()
        self.assertEqual(snapshot["board"]["without_stage"], 2)
