# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import Command
from odoo.tests.common import tagged

from ..services import boards, changes, days, extra, versions
from .feed_case import FeedCase

# Of a GET whose answer is known, beside its sign-in: the board, its place in the log,
# and what the record rules take to be made.
KNOWN = 4


@tagged("post_install", "-at_install", "taskboard")
class TestVersions(FeedCase):
    """What a 304 is answered by; ``FeedCase.check`` holds them against every change."""

    def _versions(self, role="member", context=None):
        with self._as(role) as env:
            env = env(context={**env.context, **(context or {})})
            project = boards.find(env, self.board)
            cursor, exact = changes.place(project)
            return [
                versions.of_board(project, cursor, exact),
                versions.of_snapshot(project, cursor, exact, {"view": None}),
            ]

    def _make_rule(self, model, domain):
        with self.transaction() as env:
            rule = env["ir.rule"].create(
                {
                    "name": "Version rule",
                    "model_id": env["ir.model"]._get(model).id,
                    "domain_force": domain,
                    "groups": [Command.clear()],
                }
            )
            number = rule.id

        def remove():
            with self.transaction() as env:
                env["ir.rule"].browse(number).unlink()

        return remove

    def test_everybody_has_them_and_no_two_the_same(self):
        known = [
            version for role in self.roles for version, _answer in self._start(role)[3]
        ]
        self.assertNotIn(None, known)
        self.assertGreater(len(known), 10)
        self.assertEqual(len(known), len(set(known)))

    def test_it_stays_while_nothing_happens_on_the_board(self):
        before = self._versions()
        with self.transaction() as env:
            made = env["project.project"].create({"name": "Third board"})
            env["project.task"].create({"name": "There", "project_id": made.id})
        self.assertEqual(self._versions(), before)
        with self.transaction() as env:
            self.card(env).name = "Here"
        for version, now in zip(before, self._versions(), strict=True):
            self.assertNotEqual(version, now)

    def test_what_no_table_tells_makes_others(self):
        before = self._versions()
        tomorrow = datetime.utcnow() + timedelta(days=1)
        with patch.object(days, "now", lambda: tomorrow):
            self.assertNotEqual(self._versions()[0], before[0])
        for context in ({"lang": "en_US"}, {"tz": "Asia/Tokyo"}):
            self.assertNotEqual(self._versions(context=context)[0], before[0])
        with patch.object(versions, "site", lambda env: "https://other.example/"):
            self.assertNotEqual(self._versions()[0], before[0])
        with patch.object(versions, "_code", lambda: ["20.0"]):
            self.assertNotEqual(self._versions()[0], before[0])
        with self.transaction() as env:
            group = env["res.groups"].create({"name": "Feed group"})
            field = "group_ids" if "group_ids" in env.user._fields else "groups_id"
            member = env["res.users"].browse(self.users["member"])
            member.write({field: [Command.link(group.id)]})
        self.assertNotEqual(self._versions()[0], before[0])

    def test_none_where_something_decides_that_the_log_does_not_know(self):
        for model, domain in (
            ("project.task", "[('name', 'not ilike', 'secret')]"),
            ("project.task", "[('project_id.partner_id.is_company', '!=', True)]"),
            ("res.partner", "[('function', '=', False)]"),
            ("mail.message", "[('author_id.active', '=', True)]"),
        ):
            with self.subTest(model, domain=domain):
                remove = self._make_rule(model, domain)
                try:
                    self.assertEqual(self._versions(), [None, None])
                finally:
                    remove()
        remove = self._make_rule("project.tags", "[('color', '!=', 7)]")
        self.addCleanup(remove)
        before = self._versions()
        self.assertNotIn(None, before)
        with self.transaction() as env:
            env["project.tags"].create({"name": "Feed tag, more", "color": 3})
        for version, now in zip(before, self._versions(), strict=True):
            self.assertNotEqual(version, now, "more tags are seen")

    def test_none_for_what_the_own_transaction_writes(self):
        with self.transaction() as env:
            self.card(env).name = "Not yet committed"
            env.flush_all()
            project = self.project(env)
            cursor, exact = changes.place(project)
            self.assertFalse(exact)
            self.assertIsNone(versions.of_board(project, cursor, exact))

    def test_none_for_values_that_nobody_follows(self):
        before = self._versions()
        with self.transaction() as env:
            tasks = env["project.task"]
        with patch.object(type(tasks), "_taskboard_extra", lambda tasks: {}):
            self.assertEqual(extra.unfollowed(tasks), [__name__])
            self.assertEqual(self._versions(), [before[0], None])
            with patch.object(
                type(tasks), "_taskboard_extra_depends", lambda tasks: ("name",)
            ):
                self.assertEqual(self._versions(), before)

    def test_it_costs_next_to_nothing(self):
        self._versions()
        with self._as("member") as env:
            before = env.cr.sql_log_count
            project = boards.find(env, self.board)
            cursor, exact = changes.place(project)
            self.assertTrue(versions.of_snapshot(project, cursor, exact, {}))
            self.assertLessEqual(env.cr.sql_log_count - before, KNOWN)
