# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import tagged

from ..services import board_scope, cards
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

    @classmethod
    def _make_cards(cls, board):
        parent = cls._task("Plain", board)
        cls._task("Part", board, parent_id=parent.id)
        cls._task("Archived", board).active = False
        cls._task("Of another company", board).company_id = cls.company
        followed = cls._task("Followed", board)
        followed.message_subscribe(partner_ids=cls.users.partner_id.ids)
        cls._task("Assigned", board, user_ids=[(6, 0, cls.member.ids)])

    def assertSameSight(self):
        compared = 0
        for user in self.users:
            env = self.env(user=user.id, context={})
            # Those too that the user does not see: cards on them may be theirs.
            for project in self.boards.with_env(env):
                domain = cards.card_domain(env)
                wanted = env["project.task"].search(
                    [("project_id", "=", project.id), *domain]
                )
                found = board_scope.search(project, domain).get_result_ids()
                about = (user.login, project.sudo().name)
                self.assertEqual(set(found), set(wanted.ids), about)
                compared += len(wanted)
        self.assertGreater(compared, 50)

    def test_odoos_own_rules(self):
        self.assertSameSight()

    def test_rules_that_somebody_added(self):
        model = self.env["ir.model"]._get("project.task").id
        for domain in (
            "[('name', 'ilike', 'a')]",
            "['!', ('project_id.name', 'ilike', 'port')]",
            "['|', ('project_id.user_id', '=', user.id), ('user_ids', 'in', user.id)]",
            "['!', '|', ('project_id.tag_ids', '!=', False), ('priority', '=', '3')]",
            "[('project_id', 'not in', [%d])]" % self.boards[1].id,
            "[('project_id', 'any', [('privacy_visibility', '!=', 'portal')])]",
            "[('project_id.message_partner_ids', 'in', [user.partner_id.id])]",
            "[('child_ids', '=', False), ('project_id.company_id', '=', False)]",
            "[(1, '=', 1), '|', ('active', '=', True), ('active', '=', False)]",
        ):
            with self.subTest(domain):
                rule = self.env["ir.rule"].create(
                    {"name": "Added", "model_id": model, "domain_force": domain}
                )
                compared_all = self._compare()
                rule.unlink()
                self.assertTrue(compared_all)

    def _compare(self):
        try:
            self.assertSameSight()
        except AssertionError as error:
            # A rule may leave little to compare, but never something else.
            if "not greater than" not in str(error):
                raise
        return True

    def test_no_task_may_be_read_at_all(self):
        self._task("Hidden")
        model = self.env["ir.model"]._get("project.task").id
        self.env["ir.rule"].create(
            {"name": "None", "model_id": model, "domain_force": "[(0, '=', 1)]"}
        )
        project = self.board.with_user(self.member)
        self.assertFalse(board_scope.search(project, []).get_result_ids())
