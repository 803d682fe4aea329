# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestMyCards(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.mine = [(6, 0, self.member.ids)]

    def _titles(self, query=""):
        answer = self.api("GET", f"/cards?owner=me{query}", user=self.member)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [card["title"] for card in answer.json()["cards"]]

    def test_by_day_and_then_by_priority(self):
        for title, due, priority in (
            ("late in the day", datetime(2031, 3, 1, 20), "3"),
            ("early in the day", datetime(2031, 3, 1, 6), "0"),
            ("never", False, "3"),
            ("the day before", datetime(2031, 2, 28, 12), "0"),
            # In Brussels that is the second of March.
            ("after midnight", datetime(2031, 3, 1, 23, 30), "3"),
        ):
            self._task(title, date_deadline=due, priority=priority, user_ids=self.mine)
        self._task("not mine")
        wanted = ["the day before", "late in the day", "early in the day"]
        wanted += ["after midnight", "never"]
        self.assertEqual(self._titles(), wanted)
        self.assertEqual(
            self._titles("&due_from=2031-03-02&due_to=2031-03-02"), wanted[3:4]
        )

    def test_open_and_closed(self):
        self._task("done", state="1_done", user_ids=self.mine)
        self._task("cancelled", state="1_canceled", user_ids=self.mine)
        self._task("open", user_ids=self.mine)
        self.assertEqual(self._titles("&closed=false"), ["open"])
        self.assertEqual(self._titles("&closed=true"), ["cancelled", "done"])
        self.assertEqual(len(self._titles()), 3)
        answer = self.api("GET", "/cards?closed=maybe", user=self.member)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "closed")
        answer = self.api("GET", "/cards?owner=you", user=self.member)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "owner")

    def test_same_as_those_that_can_be_opened(self):
        secret = self._board("Secret", "followers")
        self._task("on a board not seen", secret, user_ids=self.mine)
        self._task("archived", user_ids=self.mine).active = False
        old = self._board("Old", "employees")
        task = self._task("on an archived board", old, user_ids=self.mine)
        old.active = False
        task.active = True
        self.env["project.task"].with_user(self.member).create({"name": "private"})
        self.assertEqual(self._titles(), ["on a board not seen"])
