# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command, api
from odoo.tests.common import tagged

from ..errors import ApiError
from .committed import SUPERUSER, CommittedCase


@tagged("post_install", "-at_install", "taskboard")
class TestChanges(CommittedCase):
    def _after(self, change, user="manager", board=None):
        """What is told of ``change(env, first card)``, and that it is told once."""
        cursor = self.cursor(user, board)
        with self.transaction() as env:
            change(env, env["project.task"].browse(self.cards[0]))
        found = self.since(cursor, user, board)
        self.assertEqual(
            self.told(found.cursor, user=user, board=board), ([], [], False)
        )
        return found.tasks.ids, found.removed, found.board_changed

    def test_nothing_new(self):
        cursor = self.cursor()
        found = self.since(cursor)
        self.assertEqual(self.told(cursor), ([], [], False))
        self.assertEqual(found.cursor, cursor, "it stays while nothing happens")
        with self.transaction() as env:
            env["res.partner"].create({"name": "None of the board's business"})
            self.make_card(env, "Elsewhere", project_id=self.other_board)
        self.assertEqual(self.since(cursor).cursor, cursor)

    def test_whatever_a_card_shows(self):
        first = self.cards[:1]

        def comment(env, card):
            card.message_post(body="A word", message_type="comment")

        def uncomment(env, card):
            card._message_update_content(card.message_ids[0], body="", strict=False)

        for name, change in {
            "name": lambda env, card: card.write({"name": "Renamed"}),
            "stage": lambda env, card: card.write({"stage_id": self.stages[1]}),
            "state": lambda env, card: card.write({"state": "1_done"}),
            "assigned": lambda env, card: card.write(
                {"user_ids": [Command.link(self.users["member"])]}
            ),
            "comment": comment,
            "comment taken back": uncomment,
            "followed": lambda env, card: card.message_subscribe(
                env["res.users"].browse(self.users["portal"]).partner_id.ids
            ),
            "follows no more": lambda env, card: card.message_unsubscribe(
                env["res.users"].browse(self.users["portal"]).partner_id.ids
            ),
            "checklist": lambda env, card: card.write(
                {"taskboard_checklist_ids": [Command.create({"name": "Line"})]}
            ),
            "line ticked": lambda env, card: card.taskboard_checklist_ids.write(
                {"done": True}
            ),
            "line removed": lambda env, card: card.taskboard_checklist_ids.unlink(),
        }.items():
            with self.subTest(name):
                self.assertEqual(self._after(change), (first, [], False))

    def test_log_notes_are_no_change(self):
        told = self._after(lambda env, card: card.message_notify(body="Seen by nobody"))
        self.assertEqual(told, ([], [], False))

    def test_card_that_comes_goes_and_comes_back(self):
        first, second = self.cards[:2]
        made = []
        told = self._after(lambda env, card: made.append(self.make_card(env, "New").id))
        self.assertEqual(told, (made, [], False))
        told = self._after(lambda env, card: card.action_archive())
        self.assertEqual(told, ([], [first], False))
        told = self._after(lambda env, card: card.action_unarchive())
        self.assertEqual(told, ([first], [], False))
        told = self._after(
            lambda env, card: env["project.task"].browse(second).unlink()
        )
        self.assertEqual(told, ([], [second], False))

    def test_card_moved_to_another_board(self):
        here, there = self.cursor(), self.cursor(board=self.other_board)
        with self.transaction() as env:
            card = env["project.task"].browse(self.cards[0])
            part = self.make_card(env, "Part", parent_id=card.id)
            part.display_in_project = False
        here = self.since(here).cursor
        with self.transaction() as env:
            env["project.task"].browse(self.cards[0]).project_id = self.other_board
        self.assertEqual(self.told(here), ([], self.cards[:1], False))
        told = self.told(there, board=self.other_board)
        self.assertEqual(told[:2], (self.cards[:1], []))

    def test_relatives_show_each_other(self):
        first, second, third = self.cards

        def dependency(env, card):
            card.project_id.allow_task_dependencies = True
            card.depend_on_ids = [Command.link(second)]

        self.assertEqual(self._after(dependency)[0][:2], [first, second])
        told = self._after(lambda env, card: card.write({"parent_id": third}))
        self.assertIn(third, told[0])
        # The subtask itself is hidden by Odoo 19, and is not by Odoo 18.
        told = self._after(lambda env, card: card.write({"state": "1_done"}))
        self.assertEqual(set(told[0]) - {first}, {third}, "it counts what is done")
        told = self._after(lambda env, card: card.action_archive())
        self.assertEqual(told[0], [second, third])
        told = self._after(lambda env, card: card.unlink())
        self.assertEqual(told[0], [second, third])

    def test_waiting_ends_with_the_blocker(self):
        first, second = self.cards[:2]
        with self.transaction() as env:
            card = env["project.task"].browse(second)
            card.project_id.allow_task_dependencies = True
            card.depend_on_ids = [Command.link(first)]
        told = self._after(lambda env, card: card.write({"state": "1_done"}))
        self.assertEqual(told[0], [first, second])

    def test_board_changes(self):
        def stage(env):
            return env["project.task.type"].browse(self.stages[0])

        def board(env):
            return env["project.project"].browse(self.board)

        def tag(env):
            return env["project.tags"].search([("name", "=", "Changes")])

        def add_tag(env, card):
            card.tag_ids = [Command.create({"name": "Changes"})]

        def member(env):
            return env["res.users"].browse(self.users["member"]).partner_id

        for name, change, cards in (
            ("name", lambda env, card: board(env).write({"name": "Renamed"}), []),
            ("stage renamed", lambda env, card: stage(env).write({"name": "Now"}), []),
            ("stage folded", lambda env, card: stage(env).write({"fold": True}), []),
            ("tag on a card", add_tag, self.cards[:1]),
            ("tag coloured", lambda env, card: tag(env).write({"color": 3}), []),
            ("tag removed", lambda env, card: tag(env).unlink(), self.cards[:1]),
            (
                "new member",
                lambda env, card: board(env).message_subscribe(member(env).ids),
                [],
            ),
            ("member renamed", lambda env, card: member(env).write({"name": "M"}), []),
            (
                "role",
                lambda env, card: env.ref("project.group_project_manager").write(
                    {
                        "users"
                        if "users" in env["res.groups"]._fields
                        else "user_ids": [Command.link(self.users["member"])]
                    }
                ),
                [],
            ),
        ):
            with self.subTest(name):
                self.assertEqual(self._after(change), (cards, [], True))

    def test_stage_leaves_the_board(self):
        told = self._after(
            lambda env, card: env["project.task.type"]
            .browse(self.stages[1])
            .write({"project_ids": [Command.unlink(self.board)]})
        )
        self.assertTrue(told[2])
        # As long as a card stands in a stage that is not its board's, it is shown.
        told = self._after(lambda env, card: card.write({"stage_id": self.stages[1]}))
        self.assertEqual(told, (self.cards[:1], [], True))
        told = self._after(lambda env, card: card.write({"stage_id": self.stages[0]}))
        self.assertEqual(told, (self.cards[:1], [], True))

    def test_person_renamed(self):
        with self.transaction() as env:
            card = env["project.task"].browse(self.cards[0])
            card.user_ids = [Command.set([self.users["member"]])]

        def rename(env, card):
            card.user_ids.partner_id.name = "Renamed"

        self.assertEqual(self._after(rename)[0], self.cards[:1])

    def test_sight_lost_and_gained(self):
        first, second, third = self.cards

        def partner(env):
            return env["res.users"].browse(self.users["portal"]).partner_id.ids

        def share(env, card):
            card.project_id.collaborator_ids = [
                Command.create({"partner_id": partner(env)[0], "limited_access": False})
            ]

        with self.transaction() as env:
            card = env["project.task"].browse(first)
            card.project_id.message_subscribe(partner(env))
            for one in env["project.task"].browse(self.cards):
                one.message_unsubscribe(partner(env))
        told = self._after(
            lambda env, card: card.message_subscribe(partner(env)), "portal"
        )
        self.assertEqual(told[:2], ([first], []))
        told = self._after(
            lambda env, card: card.message_unsubscribe(partner(env)), "portal"
        )
        self.assertEqual(told[:2], ([], [first]))
        told = self._after(lambda env, card: card.write({"name": "Unseen"}), "portal")
        self.assertEqual(told, ([], [], False), "no word of what was never seen")
        told = self._after(share, "portal")
        self.assertEqual(told, (self.cards, [], True))
        told = self._after(
            lambda env, card: card.project_id.collaborator_ids.unlink(), "portal"
        )
        self.assertEqual(told, ([], self.cards, True))
        cursor = self.cursor("portal")
        with self.transaction() as env:
            env["project.project"].browse(self.board).privacy_visibility = "employees"
        with self.assertRaises(ApiError) as caught:
            self.since(cursor, "portal")
        self.assertEqual(caught.exception.error, "BOARD_NOT_FOUND")
        # Those who see it still see all of it.
        told = self.told(self.cursor())
        self.assertEqual(told, ([], [], False))

    def test_board_lost_for_who_follows_no_more(self):
        with self.transaction() as env:
            board = env["project.project"].browse(self.board)
            board.privacy_visibility = "followers"
            partners = env["res.users"].browse(self.users["member"]).partner_id.ids
            board.message_subscribe(partners)
        cursor = self.cursor("member")
        with self.transaction() as env:
            env["project.project"].browse(self.board).message_unsubscribe(partners)
        with self.assertRaises(ApiError) as caught:
            self.since(cursor, "member")
        self.assertEqual(caught.exception.code, 404)

    def test_assignees_concern_who_may_see(self):
        """A log row says so; whom it concerns depends on the database's rules."""
        with self.transaction() as env:
            card = env["project.task"].browse(self.cards[0])
            card.user_ids = [Command.set([self.users["member"]])]
        with self.transaction() as env:
            env["project.task"].browse(self.cards[0]).user_ids = [Command.clear()]
        with self.transaction() as env:
            rows = env["ipai.taskboard.change"].search(
                [("task_id", "=", self.cards[0])]
            )
            last = rows.filtered(lambda row: row.txid == max(rows.mapped("txid")))
            self.assertEqual(set(last.mapped("project_id")), {self.board})
            self.assertIn(True, last.mapped("sight"))

    def test_what_is_taken_back_is_no_change(self):
        cursor = self.cursor()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER, {})
            env["project.task"].browse(self.cards).write({"name": "Never"})
            env.flush_all()
            cr.rollback()
        with self.transaction() as env:
            try:
                with env.cr.savepoint():
                    env["project.task"].browse(self.cards).write({"name": "Never"})
                    env.flush_all()
                    raise InterruptedError
            except InterruptedError:
                pass
        self.assertEqual(self.told(cursor), ([], [], False))

    def test_one_statement_for_many_cards(self):
        with self.transaction() as env:
            cards = env["project.task"].browse(self.cards)
            cards.with_context(tracking_disable=True).write({"name": "Same"})
            before = env.cr.sql_log_count
            env.cr.flush()
            one = env.cr.sql_log_count - before
            env.cr.execute("SELECT txid_current()")
            (txid,) = env.cr.fetchone()
            rows = env["ipai.taskboard.change"].search([("txid", "=", txid)])
            self.assertEqual(set(rows.mapped("task_id")), set(self.cards))
        self.assertLessEqual(one, 2, "the write itself, and the log")
