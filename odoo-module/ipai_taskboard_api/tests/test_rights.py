# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestRights(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.secret = self._board("Secret", "followers")
        self.hidden = self._task("Hidden", self.secret)
        self.card = self._task("Open")

    def _new(self, board):
        return {
            "board_id": f"project:{board.id}",
            "stage_id": f"stage:{board.type_ids[0].id}",
            "title": "New",
        }

    def test_what_may_not_be_seen_is_not_there(self):
        gone = self._task("Gone")
        gone.active = False
        for user in (self.member, self.employee, self.portal):
            token = self._token(user)
            answers = {
                self.api("GET", f"/cards/task:{number}", token=token).text
                for number in (self.hidden.id, gone.id, 2147483647)
            }
            self.assertEqual(len(answers), 1)
            for method, path, body in (
                ("GET", f"/cards/task:{self.hidden.id}/activity", None),
                ("PATCH", f"/cards/task:{self.hidden.id}", {"title": "x"}),
                ("DELETE", f"/cards/task:{self.hidden.id}", None),
                ("POST", f"/cards/task:{self.hidden.id}/comments", {"body_md": "x"}),
            ):
                answer = self.api(method, path, body, token=token)
                self.assertRefused(answer, 404, "CARD_NOT_FOUND")
            for method, path, body in (
                ("GET", f"/boards/project:{self.secret.id}", None),
                ("GET", f"/boards/project:{self.secret.id}/cards", None),
                ("GET", f"/boards/project:{self.secret.id}/snapshot", None),
                ("GET", f"/boards/project:{self.secret.id}/changes", None),
                ("POST", "/cards", self._new(self.secret)),
            ):
                answer = self.api(method, path, body, token=token)
                self.assertRefused(answer, 404, "BOARD_NOT_FOUND")
            shown = self.api("GET", "/boards?limit=500", token=token).json()["boards"]
            self.assertNotIn(
                f"project:{self.secret.id}", [one["board_id"] for one in shown]
            )
        self.assertTrue(self.hidden.active)
        self.assertEqual(self.hidden.name, "Hidden")

    def test_references_do_not_tell_what_is_hidden(self):
        path = f"/cards/task:{self.card.id}"
        token = self._token(self.member)
        body = {**self._new(self.board), "parent_id": f"task:{self.hidden.id}"}
        answer = self.api("POST", "/cards", body, token=token)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "parent_id")
        stage = {"stage_id": f"stage:{self.secret.type_ids[0].id}"}
        answer = self.api("PATCH", path, stage, token=token)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "stage_id")
        after = {"position": {"after": f"task:{self.hidden.id}"}}
        answer = self.api("PATCH", path, after, token=token)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "position")

    def test_relations_show_only_what_may_be_seen(self):
        self.card.depend_on_ids = self.hidden
        self._task("Part", parent_id=self.hidden.id)
        child = self._task("Child of hidden", parent_id=self.hidden.id)
        token = self._token(self.member)
        shown = self.api("GET", f"/cards/task:{self.card.id}", token=token).json()
        self.assertEqual(shown["dependencies"], [])
        shown = self.api("GET", f"/cards/task:{child.id}", token=token).json()
        self.assertIsNone(shown["parent_id"])
        shown = self.api("GET", f"/cards/task:{self.card.id}", user=self.manager).json()
        wanted = [{"type": "blocked_by", "task_id": f"task:{self.hidden.id}"}]
        self.assertEqual(shown["dependencies"], wanted)

    @mute_logger("odoo.http")
    def test_reader_changes_nothing(self):
        token = self._token(self.employee)
        path = f"/cards/task:{self.card.id}"
        self.assertEqual(self.api("GET", path, token=token).status_code, 200)
        for method, body in (("PATCH", {"title": ""}), ("DELETE", None)):
            answer = self.api(method, path, body, token=token)
            self.assertRefused(answer, 403, "PERMISSION_DENIED")
        answer = self.api("POST", "/cards", self._new(self.board), token=token)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.assertEqual((self.card.name, self.card.active), ("Open", True))

    @mute_logger("odoo.http")
    def test_boards_are_made_by_managers(self):
        before = self.env["project.project"].search_count([])
        answer = self.api("POST", "/boards", {"name": ""}, user=self.member)
        self.assertRefused(answer, 403, "PERMISSION_DENIED")
        self.assertEqual(self.env["project.project"].search_count([]), before)

    def test_other_company(self):
        company = self.env["res.company"].create({"name": "Another"})
        self.board.company_id = self.env.company
        stranger = self._user("stranger", "project.group_project_manager")
        stranger.write({"company_ids": [(6, 0, company.ids)], "company_id": company.id})
        answer = self.api("GET", f"/boards/project:{self.board.id}", user=stranger)
        self.assertRefused(answer, 404, "BOARD_NOT_FOUND")
        answer = self.api("GET", f"/cards/task:{self.card.id}", user=stranger)
        self.assertRefused(answer, 404, "CARD_NOT_FOUND")

    def test_roles_of_members(self):
        board = self._board("Members", "portal")
        admin = self._user("admin", "project.group_project_manager")
        people = self.member | self.portal | admin
        board.message_subscribe(partner_ids=people.partner_id.ids)
        path = f"/boards/project:{board.id}"
        members = self.api("GET", path, user=self.manager).json()["members"]
        roles = {one["email"].split("@")[0]: one["role"] for one in members}
        wanted = {
            "manager": "manager",
            "member": "contributor",
            "portal": "viewer",
            "admin": "admin",
        }
        self.assertEqual(roles, wanted)
        board.sudo().collaborator_ids = [
            (0, 0, {"partner_id": self.portal.partner_id.id})
        ]
        members = self.api("GET", path, user=self.manager).json()["members"]
        roles = {one["email"].split("@")[0]: one["role"] for one in members}
        self.assertEqual(roles["portal"], "contributor")

    def test_portal_user_sees_names_but_not_addresses(self):
        board = self._board("Shared", "portal")
        board.message_subscribe(partner_ids=self.portal.partner_id.ids)
        shown = self.api("GET", f"/boards/project:{board.id}", user=self.portal).json()
        self.assertEqual(shown["owner"]["name"], "The manager")
        self.assertEqual(shown["owner"]["email"], "")
        self.assertNotIn("avatar_url", shown["owner"])
