# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import fields
from odoo.tests.common import tagged

from ..services import boards, cards, mapping, requests
from ..services.loaded_cards import LoadedCards
from .common import TaskboardCase

# The user's own rows counted: 15 on Odoo 18, and 18 on Odoo 19, which looks for
# template tasks three times.
PAGE_QUERIES = 18


@tagged("post_install", "-at_install", "taskboard")
class TestQueries(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["project.tags"].create([{"name": f"taskboard {i}"} for i in range(3)])
        tags = cls.env["project.tags"].search([("name", "like", "taskboard")])
        users = cls.manager | cls.member
        tasks = cls.env["project.task"]
        for number in range(80):
            task = cls._task(
                f"Card {number}",
                user_ids=[fields.Command.set(users.ids)],
                tag_ids=[fields.Command.set(tags[: number % 4].ids)],
                depend_on_ids=[fields.Command.set(tasks[-1:].ids)],
                description=f"<p>Text {number}</p>",
                taskboard_checklist_ids=[
                    fields.Command.create({"name": "line", "item_id": "a"})
                ],
            )
            tasks |= task
            if number % 4 == 0:
                cls._task("Part", parent_id=task.id)
        cls.env.flush_all()

    def _page(self, limit):
        """Queries for one page of cards, from cold caches of records."""
        env = self.env(user=self.member.id)
        table = requests.CARDS_QUERY
        query = {name: param.default for name, param in table.items()}
        query.update(stage=[], tag=[], q=None, limit=limit)
        env.invalidate_all()
        before = env.cr.sql_log_count
        project = boards.find(env, self.board.id)
        tasks, total = cards.page(project, query)
        loaded = LoadedCards(tasks, board=project)
        shown = mapping.cards(loaded)
        self.assertEqual((len(shown), total), (limit, 80))
        self.assertTrue(all(card["checklist"] and card["owners"] for card in shown))
        return env.cr.sql_log_count - before

    def test_page_of_cards_costs_the_same_for_any_number(self):
        self._page(5)
        few, many = self._page(20), self._page(80)
        self.assertEqual(few, many)
        self.assertLessEqual(many, PAGE_QUERIES)

    def test_page_of_boards_costs_the_same_for_any_number(self):
        for number in range(6):
            self._task(board=self._board(f"Board {number}", "employees"))
        env = self.env(user=self.member.id)

        def count(limit):
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            projects, _total = boards.page(env, 0, limit)
            loaded = boards.LoadedBoards(projects)
            self.assertEqual(
                len([mapping.board(one, loaded) for one in projects]), limit
            )
            return env.cr.sql_log_count - before

        count(1)
        self.assertEqual(count(2), count(6))
