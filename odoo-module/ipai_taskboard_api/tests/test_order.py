# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime

from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestOrder(TaskboardCase):
    """The server orders by what it carries, so that a client can do the same."""

    def setUp(self):
        super().setUp()
        self.manager.tz = "America/New_York"
        hours = (9, 17, 12, 3, None, 23)
        self.due = [
            self._task(
                f"Due {hour}",
                priority="1",
                sequence=10,
                date_deadline=hour is not None and datetime(2031, 5, 5, hour),
            )
            for hour in hours
        ]

    def _cards(self, query=""):
        path = f"/boards/project:{self.board.id}/cards{query}"
        return self.api("GET", path, user=self.manager).json()["cards"]

    def _snapshot(self, per_stage):
        path = f"/boards/project:{self.board.id}/snapshot?per_stage={per_stage}"
        return self.api("GET", path, user=self.manager).json()

    def _ordered(self, cards):
        """As a client does it, that has nothing but the cards."""
        return sorted(
            cards,
            key=lambda card: (
                -int(card["priority"]),
                card["sequence"],
                card["due_date"] or "9999",
                -int(card["card_id"].split(":")[1]),
            ),
        )

    def test_hours_of_one_day_do_not_count(self):
        cards = self._cards()
        # New York's 4 May holds three o'clock in UTC, its 5 May all the others.
        days = {card["title"]: card["due_date"] for card in cards}
        self.assertEqual(days["Due 3"], "2031-05-04")
        self.assertEqual(set(days.values()), {"2031-05-04", "2031-05-05", None})
        self.assertEqual(cards, self._ordered(cards))
        self.assertEqual(self._cards("?order=due"), cards)
        self.assertEqual(self._cards("?order=-due"), cards[::-1])
        self.assertEqual(self._cards("?order=position"), cards)

    def test_pages_and_columns_end_in_the_middle_of_a_day(self):
        whole = self._cards()
        pages = [
            card
            for page in range(len(whole))
            for card in self._cards(f"?limit=1&page={page}")
        ]
        self.assertEqual(pages, whole)
        titles = [card["title"] for card in whole]
        for most in range(1, len(whole) + 1):
            shown = [card["title"] for card in self._snapshot(most)["cards"]]
            self.assertEqual(shown, titles[:most])

    def test_a_card_lands_between_others_of_its_day(self):
        for place in range(len(self.due) - 1):
            titles = [card["title"] for card in self._cards()]
            moved, *rest = titles
            ids = {card["title"]: card["card_id"] for card in self._cards()}
            body = {"position": {"after": ids[rest[place]]}}
            answer = self.api("PATCH", f"/cards/{ids[moved]}", body, user=self.manager)
            self.assertEqual(answer.status_code, 200, answer.text)
            rest.insert(place + 1, moved)
            cards = self._cards()
            self.assertEqual([card["title"] for card in cards], rest)
            self.assertEqual(cards, self._ordered(cards))

    def test_stages_and_cards_have_one_order(self):
        """Whatever order a custom module gives to Odoo's stages."""
        self.todo.sequence, self.done.sequence = 1, 2
        self._task("In the last", stage_id=self.done.id)
        self.patch(type(self.env["project.task.type"]), "_order", "name, id")
        for query in ("", "?order=position"):
            cards = self._cards(query)
            self.assertEqual(cards[-1]["title"], "In the last")
        snapshot = self._snapshot(2)
        stages = snapshot["board"]["stages"]
        self.assertEqual([one["name"] for one in stages], ["To Do", "Done"])
        self.assertEqual(stages, sorted(stages, key=lambda one: one["order"]))
        self.assertEqual(snapshot["cards"][-1]["title"], "In the last")
