# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime
from unittest.mock import patch

from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestUpdates(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.task = self._task("Card", user_ids=[(6, 0, self.member.ids)])
        self.path = f"/cards/task:{self.task.id}"
        self.flush_tracking()

    def _patch(self, body, **options):
        return self.api("PATCH", self.path, body, user=self.manager, **options)

    def _writes(self, body):
        """The values of every write of a task that a PATCH makes."""
        tasks, writes = type(self.env["project.task"]), []
        write = tasks.write

        def spy(records, values):
            writes.append((records.ids, dict(values)))
            return write(records, values)

        with patch.object(tasks, "write", spy):
            answer = self._patch(body)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [values for ids, values in writes if self.task.id in ids]

    def test_nothing_new_leaves_no_trace(self):
        card = self.api("GET", self.path, user=self.manager).json()
        same = {
            key: card[key]
            for key in (
                "title",
                "stage_id",
                "priority",
                "description_md",
                "due_date",
                "tags",
                "checklist",
            )
        }
        same["owners"] = [one["partner_id"] for one in card["owners"]]
        messages = self.task.message_ids
        for body in ({}, same, {"description_md": None}, {"title": " Card "}):
            self.assertEqual(self._writes(body), [])
            after = self.api("GET", self.path, user=self.manager).json()
            self.assertEqual(after, card)
        self.assertEqual(self.task.message_ids, messages)

    def test_one_write_a_move(self):
        for number in range(3):
            task = self._task(f"There {number}", stage_id=self.done.id)
            task.sequence = 10 * number
        first = self.env["project.task"].search(
            [("stage_id", "=", self.done.id)], order="sequence", limit=1
        )
        writes = self._writes(
            {
                "stage_id": f"stage:{self.done.id}",
                "position": {"after": f"task:{first.id}"},
            }
        )
        self.assertEqual(len(writes), 1)
        self.assertEqual(set(writes[0]), {"stage_id", "sequence"})
        self.assertTrue(0 < self.task.sequence < 10)

    def test_description_is_left_alone(self):
        html = '<p style="color: red">Red <span class="x">text</span></p>'
        self.task.description = html
        before = self.task.description
        card = self.api("GET", self.path, user=self.manager).json()
        body = {"title": "Renamed", "description_md": card["description_md"]}
        self.assertEqual(list(self._writes(body)[0]), ["name"])
        self.assertEqual(self.task.description, before)

    def test_due_day_is_a_day_of_the_users_zone(self):
        for zone, hour in (("Pacific/Auckland", 10), ("America/Los_Angeles", 12)):
            self.manager.tz = zone
            answer = self._patch({"due_date": "2026-03-01"})
            self.assertEqual(answer.json()["card"]["due_date"], "2026-03-01")
            self.assertEqual(self.task.date_deadline.hour, hour)
            self.task.date_deadline = False
        # The same day keeps the hour that somebody chose in Odoo.
        chosen = datetime(2026, 3, 2, 1, 30)
        self.task.date_deadline = chosen
        self.assertEqual(self._writes({"due_date": "2026-03-01"}), [])
        self.assertEqual(self.task.date_deadline, chosen)

    def test_due_filter_counts_days_of_the_users_zone(self):
        self.manager.tz = "America/Los_Angeles"
        self.task.date_deadline = datetime(2026, 3, 2, 7, 59)
        base = f"/boards/project:{self.board.id}/cards"
        for query, total in (
            ("due_from=2026-03-01&due_to=2026-03-01", 1),
            ("due_from=2026-03-02", 0),
            ("due_to=2026-02-28", 0),
        ):
            answer = self.api("GET", f"{base}?{query}", user=self.manager)
            self.assertEqual(answer.json()["total"], total, query)

    def test_assignment_mail_is_queued_not_sent(self):
        with patch.object(type(self.env["mail.mail"]), "send") as send:
            self._patch({"owners": [self.employee.partner_id.id]})
        send.assert_not_called()
        self.assertEqual(self.task.user_ids, self.employee)

    def test_archive_keeps_the_card_and_its_subtasks(self):
        part = self._task("Part", parent_id=self.task.id)
        answer = self.api("DELETE", self.path, user=self.manager)
        self.assertEqual((answer.status_code, answer.content), (204, b""))
        self.assertTrue(self.task.exists())
        self.assertFalse(self.task.active)
        self.assertTrue(part.active)

    def test_stale_precondition_writes_nothing(self):
        answer = self._patch({"title": "Lost"}, headers={"If-Match": '"stale"'})
        error = self.assertRefused(answer, 412, "PRECONDITION_FAILED")
        self.assertEqual(error["details"]["card"]["title"], "Card")
        fresh = self.api("GET", self.path, user=self.manager)
        self.assertEqual(answer.headers["ETag"], fresh.headers["ETag"])
        self.assertEqual(self.task.name, "Card")

    def test_etag_outlives_a_drop_in_odoo(self):
        tag = self.api("GET", self.path, user=self.manager).headers["ETag"]
        self.task.sequence = 77
        again = self.api("GET", self.path, user=self.manager)
        self.assertEqual(again.headers["ETag"], tag)
        self.task.name = "Renamed in Odoo"
        again = self.api("GET", self.path, user=self.manager)
        self.assertNotEqual(again.headers["ETag"], tag)

    def test_caller_is_not_assigned(self):
        body = {
            "board_id": f"project:{self.board.id}",
            "stage_id": f"stage:{self.todo.id}",
            "title": "Nobody's",
        }
        answer = self.api("POST", "/cards", body, user=self.manager)
        self.assertEqual(answer.json()["card"]["owners"], [])
