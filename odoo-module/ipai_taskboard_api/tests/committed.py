# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from contextlib import contextmanager

from odoo import Command, api
from odoo.modules.registry import Registry
from odoo.tests.common import BaseCase, get_db_name, new_test_user

from ..errors import ApiError
from ..services import boards, changes

SUPERUSER = 1


class CommittedCase(BaseCase):
    """A board with three cards, in transactions that are really committed.

    What has changed is a matter between transactions. All is removed afterwards.
    """

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        with self.transaction() as env:
            self._make_world(env)
        self.addCleanup(self._remove_world)

    @contextmanager
    def transaction(self, user=SUPERUSER):
        """An environment of its own transaction, committed at the end."""
        with self.registry.cursor() as cr:
            yield api.Environment(cr, user, {"no_reset_password": True})

    def _make_world(self, env):
        groups = (
            ("manager", "project.group_project_manager"),
            ("member", "project.group_project_user"),
            ("portal", "base.group_portal"),
        )
        self.users = {
            name: new_test_user(env, f"changes_{name}", group, name=name.title()).id
            for name, group in groups
        }
        stages = env["project.task.type"].create(
            [{"name": name, "user_id": False} for name in ("To Do", "Done")]
        )
        self.stages = stages.ids
        self.board, self.other_board = (
            env["project.project"]
            .create(
                [
                    {
                        "name": name,
                        "privacy_visibility": "portal",
                        "user_id": self.users["manager"],
                        "type_ids": [Command.set(stages.ids)],
                    }
                    for name in ("Board", "Other board")
                ]
            )
            .ids
        )
        self.cards = [
            self.make_card(env, name).id for name in ("First", "Second", "Third")
        ]

    def make_card(self, env, name, **values):
        tasks = env["project.task"].with_context(default_project_id=self.board)
        values = {"name": name, "project_id": self.board, **values}
        return tasks.create({"stage_id": self.stages[0], **values})

    def _remove_world(self):
        with self.transaction() as env:
            projects = env["project.project"].with_context(active_test=False)
            projects = projects.search([("id", "in", [self.board, self.other_board])])
            tasks = env["project.task"].with_context(active_test=False)
            tasks.search([("project_id", "in", projects.ids)]).unlink()
            projects.unlink()
            env["project.task.type"].browse(self.stages).exists().unlink()
            users = env["res.users"].browse(self.users.values())
            partners = users.partner_id
            users.unlink()
            partners.unlink()

    def cursor(self, user="manager", board=None):
        with self.transaction(self.users[user]) as env:
            return changes.cursor(boards.find(env, board or self.board))

    def since(self, cursor, user="manager", board=None, limit=200):
        with self.transaction(self.users[user]) as env:
            return changes.since(boards.find(env, board or self.board), cursor, limit)

    def told(self, cursor, **options):
        """(cards, removed, whether the board changed) since a cursor."""
        found = self.since(cursor, **options)
        return found.tasks.ids, found.removed, found.board_changed

    def assertRefused(self, cursor, **options):
        with self.assertRaises(ApiError) as caught:
            self.since(cursor, **options)
        self.assertEqual(caught.exception.code, 400)
        self.assertEqual(caught.exception.details["field"], "since")
