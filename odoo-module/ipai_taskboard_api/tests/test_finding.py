# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.tests.common import tagged

from ..services import days
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestFinding(TaskboardCase):
    def _titles(self, query, user=None, board=None):
        path = f"/boards/project:{(board or self.board).id}/cards?{query}"
        answer = self.api("GET", path, user=user or self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [card["title"] for card in answer.json()["cards"]]

    def _groups(self, query, user=None, board=None):
        """{key: (label, count)}, in the order of the answer."""
        path = f"/boards/project:{(board or self.board).id}/groups?{query}"
        answer = self.api("GET", path, user=user or self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        groups = answer.json()["groups"]
        found = {one["key"]: (one["label"], one["count"]) for one in groups}
        self.assertEqual(len(found), len(groups))
        return found

    def test_titles_are_in_a_persons_order(self):
        for name in ("banana", "Äpfel", "Zebra", "apple", "Cherry", "äpfel"):
            self._task(name)
        ordered = ["äpfel", "Äpfel", "apple", "banana", "Cherry", "Zebra"]
        self.assertEqual(self._titles("order=title"), ordered)

    def test_reversed_order_reverses_ties_too(self):
        for number in range(6):
            self._task(
                "Same" if number % 2 else f"Title {number}",
                priority="1" if number % 3 else "2",
                date_deadline=datetime(2031, 1, 1) if number % 2 else False,
                stage_id=(self.todo if number % 2 else self.done).id,
                description=f"<p>{number}</p>",
            )
        for name in ("position", "title", "priority", "due", "created", "updated"):
            ids = []
            for order in (name, f"-{name}"):
                path = f"/boards/project:{self.board.id}/cards?order={order}"
                answer = self.api("GET", path, user=self.manager)
                ids.append([card["card_id"] for card in answer.json()["cards"]])
            self.assertEqual(ids[0], ids[1][::-1], name)

    def test_pages_of_an_order_hold_each_card_once(self):
        for number in range(7):
            self._task(f"Card {number}")
        shown = []
        for page in range(3):
            shown += self._titles(f"order=priority&page={page}&limit=3")
        self.assertEqual(len(set(shown)), 7)

    def test_due_groups_change_at_the_viewers_midnight(self):
        self.manager.tz = "America/Los_Angeles"
        now = datetime(2031, 5, 10, 3, 0)  # still the ninth over there
        midnight = datetime(2031, 5, 10, 7, 0)
        tasks = {
            "overdue": datetime(2031, 5, 9, 6, 59),
            "today": midnight - timedelta(minutes=1),
            "week": midnight,
            "later": midnight + timedelta(days=7),
            "none": False,
        }
        for name, due in tasks.items():
            self._task(name, date_deadline=due)
        self._task("past", date_deadline=tasks["overdue"]).state = "1_done"
        with patch.object(days, "now", lambda: now):
            groups = self._groups("by=due")
            self.assertEqual(self._titles("due=overdue"), ["overdue"])
        order = ["overdue", "today", "week", "later", "past", "none"]
        self.assertEqual(list(groups), order)
        self.assertEqual({count for _label, count in groups.values()}, {1})

    def test_owner_groups_count_everybody_assigned(self):
        self.employee.active = False
        both = (self.member | self.employee).ids
        self._task("Two", user_ids=[(6, 0, both)])
        self._task("One", user_ids=[(6, 0, self.member.ids)])
        self._task("None", user_ids=False)
        groups = self._groups("by=owner")
        member, employee = (one.partner_id.id for one in (self.member, self.employee))
        self.assertEqual(
            groups,
            {
                str(employee): ("The employee", 1),
                str(member): ("The member", 2),
                "none": ("Nobody", 1),
            },
        )
        self.assertEqual(self._titles(f"owner={employee}"), ["Two"])
        self.assertEqual(self._titles("owner=none"), ["None"])

    def test_groups_and_filters_agree_for_everybody(self):
        board = self._board("Shared", "portal")
        board.message_subscribe(partner_ids=self.portal.partner_id.ids)
        tags = self.env["project.tags"].create([{"name": "one"}, {"name": "two"}])
        tasks = self._task("Tagged", board, tag_ids=[(6, 0, tags.ids)], priority="3")
        tasks |= self._task("Assigned", board, user_ids=[(6, 0, self.member.ids)])
        late = datetime(2020, 1, 1)
        tasks |= self._task("Late", board, date_deadline=late, priority=False)
        tasks.message_subscribe(partner_ids=self.portal.partner_id.ids)
        hidden = self._task("Not followed", board, user_ids=[(6, 0, self.member.ids)])
        hidden.message_unsubscribe(partner_ids=self.portal.partner_id.ids)
        for user, total in ((self.manager, 4), (self.employee, 4), (self.portal, 3)):
            by_priority = self._groups("by=priority", user, board)
            self.assertEqual(sum(count for _, count in by_priority.values()), total)
            for by, keys in (
                ("owner", self._groups("by=owner", user, board)),
                ("tag", self._groups("by=tag", user, board)),
                ("priority", by_priority),
                ("due", self._groups("by=due", user, board)),
            ):
                for key, (label, count) in keys.items():
                    self.assertTrue(label)
                    if (by, key) in {("tag", "none"), ("due", "later")}:
                        continue
                    found = self._titles(f"{by}={key}", user, board)
                    self.assertEqual(len(found), count, (user.name, by, key))
            self.assertEqual(by_priority["0"][1], total - 1)

    def test_closed_is_a_state_not_a_stage(self):
        self._task("Folded", stage_id=self.done.id)
        self._task("Done").state = "1_done"
        self._task("Cancelled").state = "1_canceled"
        self.done.fold = True
        self.assertEqual(self._titles("closed=false"), ["Folded"])
        self.assertEqual(set(self._titles("closed=true")), {"Done", "Cancelled"})
