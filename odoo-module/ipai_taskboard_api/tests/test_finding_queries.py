# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import timedelta

from werkzeug.datastructures import MultiDict

from odoo import fields
from odoo.tests.common import tagged

from ..contract import ENDPOINTS
from ..services import (
    boards,
    days,
    flow,
    groups,
    mapping,
    people_search,
    tags,
    validation,
)
from .common import TaskboardCase

# Without the sign-in, from cold records and warm registries.
GROUP_QUERIES = 8
PEOPLE_QUERIES = 8
FLOW_QUERIES = 14


@tagged("post_install", "-at_install", "taskboard")
class TestFindingQueries(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["project.tags"].create([{"name": f"taskboard {i}"} for i in range(3)])
        labels = cls.env["project.tags"].search([("name", "like", "taskboard")])
        users = cls.manager | cls.member
        tasks = cls.env["project.task"]
        for number in range(80):
            task = cls._task(
                f"Card {number}",
                user_ids=[fields.Command.set(users.ids)],
                tag_ids=[fields.Command.set(labels[: number % 4].ids)],
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

    def test_groups_cost_the_same_for_any_number(self):
        small = self._board("Small", "employees")
        tag = self.env["project.tags"].search([("name", "=", "taskboard 0")])
        owners, labels = ([fields.Command.set(one.ids)] for one in (self.member, tag))
        self._task(board=small, user_ids=owners, tag_ids=labels)
        env = self.env(user=self.member.id)
        by_owner = MultiDict({"by": "owner"})
        query = validation.query(ENDPOINTS["listGroups"], by_owner)

        def count(board, by):
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            self.assertTrue(groups.count(boards.find(env, board.id), by, query))
            return env.cr.sql_log_count - before

        for by in ("owner", "priority", "tag", "due"):
            count(small, by)
            self.assertEqual(count(small, by), count(self.board, by), by)
            self.assertLessEqual(count(self.board, by), GROUP_QUERIES, by)

    def test_people_and_tags_cost_the_same_for_any_number(self):
        small = self._board("Small", "employees")
        env = self.env(user=self.member.id)

        def count(find):
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            self.assertTrue(find())
            return env.cr.sql_log_count - before

        def people(board, limit):
            project = boards.find(env, board.id, ["user_id"])
            return people_search.find(project, "", limit)

        count(lambda: people(small, 1))
        few = count(lambda: people(small, 1))
        followers = self.env["res.partner"].create(
            [{"name": f"Follower {number}"} for number in range(20)]
        )
        self.board.message_subscribe(partner_ids=followers.ids)
        self.assertEqual(count(lambda: people(self.board, 100)), few)
        self.assertLessEqual(few, PEOPLE_QUERIES)

        def names(limit):
            return [mapping.tag(tag) for tag in tags.find(env, "", limit)]

        count(lambda: names(1))
        self.assertEqual(count(lambda: names(1)), count(lambda: names(100)))
        self.assertLessEqual(count(lambda: names(100)), 2)

    def test_flow_costs_the_same_for_any_number_of_cards_and_days(self):
        small = self._board("Small", "employees")
        self._task(board=small)
        env = self.env(user=self.member.id)
        today = days.today(days.user_zone(env))

        def count(board, length):
            env.flush_all()
            env.invalidate_all()
            before = env.cr.sql_log_count
            first = today - timedelta(days=length - 1)
            told = flow.of_board(boards.find(env, board.id), first, today)
            self.assertEqual(len(told), length)
            return env.cr.sql_log_count - before

        count(small, 1)
        self.assertEqual(count(small, 1), count(self.board, 400))
        self.assertLessEqual(count(self.board, 400), FLOW_QUERIES)
