# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from collections import defaultdict

import psycopg2

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import board_scope, cards
from . import record_rules
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestBoardScope(TaskboardCase):
    """What is decided for the whole board beforehand changes nobody's sight."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.manager | cls.member | cls.employee | cls.portal
        cls.company = cls.env["res.company"].create({"name": "Another"})
        cls.boards = cls.board
        names = dict(cls.board._fields["privacy_visibility"].selection)
        for name in names:
            for followed in (False, True):
                board = cls._board(name, name)
                cls.boards |= board
                if followed:
                    board.message_subscribe(partner_ids=cls.users.partner_id.ids)
                cls._make_cards(board)
        shared = cls._board("Shared", "portal")
        cls.boards |= shared
        shared.sudo().collaborator_ids = [
            (0, 0, {"partner_id": cls.portal.partner_id.id, "limited_access": False})
        ]
        shared.message_subscribe(partner_ids=cls.portal.partner_id.ids)
        cls._make_cards(shared)
        cls._make_customers()
        cls.group = cls.env.ref("base.group_user")

    @classmethod
    def _make_customers(cls):
        """Boards with customers of several kinds, and some without."""
        country = cls.env.ref("base.be")
        company = cls.env["res.partner"].create(
            {"name": "Acme", "is_company": True, "country_id": country.id}
        )
        person, gone = cls.env["res.partner"].create(
            [
                {"name": "Ann", "parent_id": company.id},
                {"name": "Bob", "active": False, "is_company": True},
            ]
        )
        tag = cls.env["project.tags"].create({"name": "Area"})
        customers = (company, person, gone)
        for board, customer in zip(cls.boards.sudo()[1:], customers, strict=False):
            board.write({"partner_id": customer.id, "tag_ids": [(4, tag.id)]})
            # Odoo subscribes customers; followers decide enough already.
            board.message_unsubscribe(partner_ids=customer.ids)

    @classmethod
    def _make_cards(cls, board):
        parent = cls._task("Plain", board)
        cls._task("Part", board, parent_id=parent.id)
        cls._task("Archived", board).active = False
        cls._task("Of another company", board).company_id = cls.company
        followed = cls._task("Followed", board)
        followed.message_subscribe(partner_ids=cls.users.partner_id.ids)
        cls._task("Assigned", board, user_ids=[(6, 0, cls.member.ids)])

    def compare(self):
        """How many cards Odoo shows to the users on the boards; what differs fails."""
        compared = 0
        for user in self.users:
            env = self.env(user=user.id, context={})
            domain = cards.card_domain(env)
            wanted = defaultdict(set)
            for task in env["project.task"].search(
                [("project_id", "in", self.boards.ids), *domain]
            ):
                wanted[task.sudo().project_id.id].add(task.id)
            # Those too that the user does not see: cards on them may be theirs.
            for project in self.boards.with_env(env):
                found = board_scope.search(project, domain).get_result_ids()
                about = (user.login, project.sudo().name)
                self.assertEqual(set(found), wanted[project.id], about)
                compared += len(found)
        return compared

    def test_odoos_own_rules(self):
        self.assertGreater(self.compare(), 50)

    def test_what_odoo_itself_ships_is_decided_beforehand(self):
        """Or each query costs a scan of all that the user follows."""
        for user in self.users - self.portal:
            for project in self.boards.with_user(user):
                rules = board_scope._rules(project)
                if not self._needs_the_cards_followers(project):
                    self.assertIsNotNone(rules, (user.login, project.sudo().name))

    def _needs_the_cards_followers(self, project):
        user, board = project.env.user, project.sudo()
        return (
            board.privacy_visibility in ("followers", "invited_users")
            and user.partner_id not in board.message_partner_ids
            and not user.has_group("project.group_project_manager")
        )

    def test_rules_that_imitations_get_wrong(self):
        rule = self._rule()
        for domain in (
            "[('name', 'ilike', 'a')]",
            "['!', ('project_id.name', 'ilike', 'port')]",
            "['|', ('project_id.user_id', '=', user.id), ('user_ids', 'in', user.id)]",
            "['!', '|', ('project_id.tag_ids', '!=', False), ('priority', '=', '3')]",
            "[('project_id', 'not in', [%d])]" % self.boards[1].id,
            "[('project_id', 'any', [('privacy_visibility', '!=', 'portal')])]",
            "[('project_id.message_partner_ids', 'in', [user.partner_id.id])]",
            "[('project_id.message_partner_ids', 'not in', [user.partner_id.id])]",
            "['!', ('project_id.message_partner_ids', 'in', [user.partner_id.id])]",
            "[('child_ids', '=', False), ('project_id.company_id', '=', False)]",
            "[(1, '=', 1), '|', ('active', '=', True), ('active', '=', False)]",
            # Boards without a customer.
            "[('project_id.partner_id.is_company', '!=', True)]",
            "[('project_id.partner_id.country_id', '=', False)]",
            "[('project_id.partner_id.name', 'not ilike', 'a')]",
            "[('project_id.collaborator_ids.partner_id', '!=', user.partner_id.id)]",
            "[('project_id.collaborator_ids', 'not any', [('id', '!=', False)])]",
        ):
            with self.subTest(domain):
                rule.domain_force = domain
                self.compare()

    def test_rules_of_all_kinds(self):
        """More of them, and others, by TASKBOARD_RULES and TASKBOARD_RULES_SEED."""
        many = int(os.environ.get("TASKBOARD_RULES", "60"))
        seed = int(os.environ.get("TASKBOARD_RULES_SEED", "18"))
        rules = record_rules.RecordRules(seed, self.boards)
        rule, told = self._rule(), []
        for _ in range(many):
            domain, of_group = rules.next()
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    rule.write(
                        {
                            "domain_force": domain,
                            "groups": [Command.set(self.group.ids if of_group else [])],
                        }
                    )
                    shown = self.compare()
            except (UserError, ValueError, psycopg2.Error, TypeError):
                # Odoo itself cannot make sense of it.
                continue
            except AssertionError as error:
                raise AssertionError(f"{domain} (group: {of_group})") from error
            told.append(shown)
        # Most of them mean something, and differ in whom they show what.
        self.assertGreater(len(told), many * 0.7)
        self.assertGreater(len(set(told)), many * 0.1)

    def _rule(self):
        return self.env["ir.rule"].create(
            {
                "name": "Added",
                "model_id": self.env["ir.model"]._get("project.task").id,
                "domain_force": "[]",
            }
        )

    def test_no_task_may_be_read_at_all(self):
        self._task("Hidden")
        self._rule().domain_force = "[(0, '=', 1)]"
        project = self.board.with_user(self.member)
        self.assertFalse(board_scope.search(project, []).get_result_ids())
