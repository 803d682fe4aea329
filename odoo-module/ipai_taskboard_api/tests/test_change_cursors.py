# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import random

from odoo import api
from odoo.tests.common import tagged

from ..errors import ApiError
from ..services import boards, changes
from .committed import SUPERUSER, CommittedCase


@tagged("post_install", "-at_install", "taskboard")
class TestCursors(CommittedCase):
    def _rename(self, env, number, name="Renamed"):
        env["project.task"].browse(self.cards[number]).name = name
        env.flush_all()

    def test_transactions_that_end_in_another_order(self):
        first, second, third = self.cards
        start = self.cursor()
        with self.transaction() as slow:
            self._rename(slow, 0)
            slow.cr.flush()
            with self.transaction() as quick:
                self._rename(quick, 1)
            found = self.since(start)
            self.assertEqual(found.tasks.ids, [second])
            with self.transaction() as later:
                self._rename(later, 2)
        self.assertEqual(self.told(found.cursor), ([first, third], [], False))
        self.assertEqual(self.told(start), ([first, second, third], [], False))
        self.assertEqual(self.told(self.cursor()), ([], [], False))

    def test_a_long_one_stands_in_cursors_until_it_ends(self):
        first, second = self.cards[:2]
        with self.transaction() as slow:
            self._rename(slow, 0)
            slow.cr.flush()
            cursor = self.cursor()
            for name in ("One", "Two", "Three"):
                with self.transaction() as quick:
                    self._rename(quick, 1, name)
                found = self.since(cursor)
                self.assertEqual(found.tasks.ids, [second])
                cursor = found.cursor
        self.assertEqual(self.told(cursor), ([first], [], False))

    def test_nothing_is_lost_in_any_order(self):
        """Transactions begin and end at random; the reader knows what it is told."""
        chance = random.Random(7)
        writers, made, known = [], set(), []
        cursor = self.cursor()

        def begin():
            cr = self.registry.cursor()
            self.addCleanup(cr.close)
            env = api.Environment(cr, SUPERUSER, {"tracking_disable": True})
            writers.append((env, self.make_card(env, "New").id))
            cr.flush()

        def end():
            env, card = writers.pop(chance.randrange(len(writers)))
            if chance.random() < 0.2:
                env.cr.rollback()
            else:
                env.cr.commit()
                made.add(card)

        for _step in range(80):
            if writers and (len(writers) > 4 or chance.random() < 0.5):
                end()
            else:
                begin()
            found = self.since(cursor, limit=2)
            known += found.tasks.ids
            cursor = found.cursor
        while writers:
            end()
        more = True
        while more:
            found = self.since(cursor, limit=2)
            known += found.tasks.ids
            cursor, more = found.cursor, found.more
        self.assertEqual(sorted(known), sorted(made), "all of them, and each once")

    def test_parts_go_on_where_they_stopped(self):
        first, second, third = self.cards
        start = self.cursor()
        with self.transaction() as env:
            env["project.task"].browse(self.cards).write({"name": "Renamed"})
            env["project.project"].browse(self.board).name = "Renamed"
        found = self.since(start, limit=1)
        self.assertEqual((found.tasks.ids, found.more), ([first], True))
        self.assertTrue(found.board_changed)
        with self.transaction() as env:
            # Told already, and told again afterwards; and one that is gone by now.
            self._rename(env, 0, "Again")
            env["project.task"].browse(second).active = False
        found = self.since(found.cursor, limit=1)
        self.assertEqual((found.tasks.ids, found.removed), ([], []))
        self.assertFalse(found.board_changed)
        found = self.since(found.cursor, limit=1)
        self.assertEqual((found.tasks.ids, found.more), ([third], False))
        self.assertEqual(self.told(found.cursor), ([first], [second], False))

    def test_cursor_of_another_board_or_reader_is_refused(self):
        self.assertRefused(self.cursor(board=self.other_board))
        self.assertRefused(self.cursor("member"))
        cursor = self.cursor()
        with self.transaction() as env:
            env["res.users"].browse(self.users["manager"]).tz = "Asia/Tokyo"
        with self.transaction(self.users["manager"]) as env:
            env = env(context={"tz": "Asia/Tokyo"})
            with self.assertRaises(ApiError):
                changes.since(boards.find(env, self.board), cursor, 1)

    def test_made_up_cursors_are_refused(self):
        cursor = self.cursor()
        mark, seen = cursor.split(".")
        top = int(seen)
        for made_up in (
            "",
            ".",
            mark,
            f"{mark}.0",
            f"{mark}.-1",
            f"{mark}.{top}_",
            f"{mark}.{top}_{top}",
            f"{mark}.{top}_2_2",
            f"{mark}.{top}_3_2",
            f"{mark}.{top}.{top}",
            f"{mark}.{top + 10**6}",
            f"{mark}.{'9' * 19}",
            f"{mark}.{'9' * 30}",
            f"{mark}.{top}.{top}.{'9' * 11}",
            f"{mark}.{top}\n",
            f"{'0' * 16}.{top}",
            f"{mark}.\u0661",
        ):
            with self.subTest(made_up):
                self.assertRefused(made_up)

    def _grow_old(self, days=8):
        with self.transaction() as env:
            env.cr.execute(
                "UPDATE ipai_taskboard_change"
                " SET create_date = create_date - %s * interval '1 day'"
                " WHERE project_id IN %s",
                (days, (self.board, self.other_board)),
            )

    def test_old_rows_are_cleaned_and_older_cursors_refused(self):
        old = self.cursor()
        with self.transaction() as env:
            self._rename(env, 0)
        quiet, kept = self.cursor(board=self.other_board), self.cursor()
        self._grow_old()
        with self.transaction() as env:
            self._rename(env, 1)
        with self.transaction() as env:
            env["ipai.taskboard.change"]._gc_changes()
        self.assertRefused(old)
        self.assertEqual(self.told(kept), ([self.cards[1]], [], False))
        # A board on which nothing happens for weeks does not make anybody start anew.
        for _week in range(2):
            self._grow_old()
            with self.transaction() as env:
                env["ipai.taskboard.change"]._gc_changes()
            told = self.told(quiet, board=self.other_board)
            self.assertEqual(told, ([], [], False))
            self.assertEqual(self.cursor(board=self.other_board), quiet)
        with self.transaction() as env:
            log = env["ipai.taskboard.change"]
            self.assertEqual(
                log.search_count([("project_id", "=", self.other_board)]), 1
            )

    def test_cursor_in_the_middle_grows_too_old_as_well(self):
        start = self.cursor()
        with self.transaction() as env:
            env["project.task"].browse(self.cards).write({"name": "Renamed"})
        middle = self.since(start, limit=1).cursor
        self._grow_old()
        with self.transaction() as env:
            env["ipai.taskboard.change"]._gc_changes()
        self.assertRefused(middle)
