# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager
from unittest.mock import patch

from werkzeug.datastructures import MultiDict

from odoo import fields
from odoo.tests.common import tagged

from ..contract import ENDPOINTS
from ..services import (
    activity,
    boards,
    card_changes,
    cards,
    changes,
    mapping,
    validation,
)
from ..services.loaded_cards import LoadedCards
from .common import TaskboardCase

# The queries of an answer, without its sign-in (one more), from cold records and
# warm registries. Odoo 19 looks for template tasks before each search of tasks.
FULL_PAGE = 12
SUMMARY_PAGE = 11
BOARD = 19
SNAPSHOT = 26
NOTHING_NEW = 3
PLACE = 10
ACTIVITY = 20


@tagged("post_install", "-at_install", "taskboard")
class TestQueries(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        tags = cls.env["project.tags"].create(
            [{"name": f"taskboard {i}"} for i in range(3)]
        )
        users = cls.manager | cls.member
        cls.tasks = cls.env["project.task"].with_user(cls.manager)
        cls.tasks = cls.tasks.with_context(
            default_project_id=cls.board.id, tracking_disable=True
        ).create(
            [
                {
                    "name": f"Card {number}",
                    "stage_id": cls.board.type_ids[number % 2].id,
                    "user_ids": [fields.Command.set(users.ids)],
                    "tag_ids": [fields.Command.set(tags[: number % 4].ids)],
                    "description": f"<p>Text {number}</p>",
                    "taskboard_checklist_ids": [
                        fields.Command.create({"name": "line", "item_id": "a"})
                    ],
                }
                for number in range(500)
            ]
        )
        for number in range(0, 500, 10):
            cls.tasks[number].depend_on_ids = cls.tasks[number + 1]
            cls.tasks[number + 2].parent_id = cls.tasks[number]
            cls.tasks[number + 2].display_in_project = True
        cls.env.flush_all()

    def _env(self):
        """The member's environment, as it is after sign-in."""
        context = {"tz": self.member.tz, "lang": "en_US"}
        return self.env(user=self.member.id, context=context)

    @contextmanager
    def _counted(self, found):
        """An environment of the member's; its queries are appended to ``found``."""
        env = self._env()
        env.flush_all()
        env.invalidate_all()
        before = env.cr.sql_log_count
        yield env
        found.append(env.cr.sql_log_count - before)

    def assertConstant(self, answer, sizes, most):
        """``answer(env, size)`` costs the same for all sizes, and ``most`` at most."""
        found = []
        with self._counted([]) as env:
            answer(env, sizes[0])
        for size in sizes:
            with self._counted(found) as env:
                answer(env, size)
        self.assertEqual(len(set(found)), 1, found)
        self.assertLessEqual(found[0], most)

    def _page(self, view):
        def answer(env, limit):
            arguments = MultiDict({"limit": str(limit)})
            query = validation.query(ENDPOINTS["listCards"], arguments)
            project = boards.find(env, self.board.id)
            tasks, total = cards.page(project, query)
            loaded = LoadedCards(tasks, summary=bool(view), board=project)
            shown = mapping.cards(loaded)
            self.assertEqual((len(shown), total), (limit, 500))
            for card in shown:
                self.assertEqual(len(card["owners"]), 2)
                self.assertEqual("checklist" in card, not view)
                self.assertEqual("checklist_total" in card, bool(view))

        return answer

    def test_page_of_cards(self):
        self.assertConstant(self._page(None), (20, 80, 500), FULL_PAGE)

    def test_page_of_summaries(self):
        self.assertConstant(self._page("summary"), (20, 80, 500), SUMMARY_PAGE)

    def test_snapshot(self):
        def answer(env, per_stage):
            project = boards.find(env, self.board.id, boards.FIELDS)
            board = boards.LoadedBoards(project)
            stages = board.stages(project)
            tasks = board.cards.first(stages, per_stage)
            loaded = LoadedCards(tasks, summary=True, board=project)
            self.assertEqual(len(mapping.cards(loaded)), 2 * per_stage)
            mapping.board_detail(project, board)
            changes.cursor(project)

        self.assertConstant(answer, (10, 40, 200), SNAPSHOT)

    def test_board(self):
        def answer(env, _size):
            project = boards.find(env, self.board.id, boards.FIELDS)
            detail = mapping.board_detail(project, boards.LoadedBoards(project))
            self.assertEqual(sum(detail["card_counts"].values()), 500)

        self.assertConstant(answer, (1, 2), BOARD)

    def test_number_of_stages_does_not_matter(self):
        counts = []
        for wanted in (2, 8):
            missing = wanted - len(self.board.type_ids)
            self.env["project.task.type"].create(
                [
                    {
                        "name": f"More {number}",
                        "user_id": False,
                        "project_ids": [fields.Command.link(self.board.id)],
                    }
                    for number in range(missing)
                ]
            )
            for _warm in range(2):
                with self._counted(counts) as env:
                    project = boards.find(env, self.board.id, boards.FIELDS)
                    board = boards.LoadedBoards(project)
                    stages = board.stages(project)
                    self.assertEqual(len(stages), wanted)
                    board.cards.first(stages, 80)
                    mapping.board_detail(project, board)
        self.assertEqual(counts[1], counts[3])

    def test_poll_with_nothing_new(self):
        self.env.flush_all()
        # What this very transaction has written stays new to it.
        self.env.cr.execute("DELETE FROM ipai_taskboard_change")
        cursor = changes.cursor(boards.find(self._env(), self.board.id))

        def answer(env, limit):
            project = boards.find(env, self.board.id)
            found = changes.since(project, cursor, limit)
            loaded = LoadedCards(found.tasks, summary=True, board=project)
            self.assertEqual(mapping.changes(found, loaded)["cards"], [])

        self.assertConstant(answer, (1, 500), NOTHING_NEW)

    def test_place_in_a_column_costs_the_same_for_any_length(self):
        for number, task in enumerate(self.tasks):
            task.sequence = number * 10
        short = self.env["project.task.type"].create(
            {"name": "Short", "project_ids": [fields.Command.link(self.board.id)]}
        )
        few = [
            self._task(f"Few {number}", stage_id=short.id, sequence=number * 10)
            for number in range(4)
        ]
        card = self._task("Dropped", stage_id=self.board.type_ids[1].id)
        drops = {}
        for name, column in (("short", few), ("long", self.tasks[0:500:2])):
            above, below = column[1:3]
            ends = (above.sequence, below.sequence)
            drops[name] = (above.stage_id.id, above.id, ends)

        def answer(env, column):
            stage, anchor, (above, below) = drops[column]
            task = cards.find(env, card.id)
            body = {"stage_id": stage, "position": {"after": anchor}}
            planned = card_changes.plan(task, body)
            self.assertFalse(planned.sequences)
            self.assertTrue(above < planned.values["sequence"] < below)

        self.assertConstant(answer, ("short", "long"), PLACE)

    def test_page_of_activity_costs_the_same_however_much_was_said(self):
        query = {"type": [], "page": 0, "limit": 10}
        cards_said = []
        for many in (12, 120):
            task = self._task(f"Said {many}")
            for number in range(many):
                task.message_post(body=f"Word {number}", message_type="comment")
            cards_said.append((task.id, many))
        self.flush_tracking()

        def answer(env, said):
            number, many = said
            task = cards.find(env, number)
            with patch.object(activity, "_event", wraps=activity._event) as event:
                events, total = activity.page(task, query)
            self.assertEqual((len(events), total), (10, many + 1))
            self.assertEqual(event.call_count, 10, "no more than the page itself")

        self.assertConstant(answer, cards_said, ACTIVITY)

    def test_page_of_boards_costs_the_same_for_any_number(self):
        for number in range(6):
            self._task(board=self._board(f"Board {number}", "employees"))

        def answer(env, limit):
            projects, _total = boards.page(env, 0, limit)
            loaded = boards.LoadedBoards(projects)
            shown = [mapping.board(one, loaded) for one in projects]
            self.assertEqual(len(shown), limit)

        self.assertConstant(answer, (2, 6), 30)
