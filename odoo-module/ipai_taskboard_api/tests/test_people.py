# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestPeople(TaskboardCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.shared = cls._board("Shared", "portal")
        cls.customer = cls.env["res.partner"].create(
            {"name": "A Customer", "email": "customer@taskboard.example"}
        )
        members = cls.customer | cls.portal.partner_id
        cls.shared.message_subscribe(partner_ids=members.ids)

    def _names(self, query, user=None, board=None):
        path = f"/boards/project:{(board or self.shared).id}/people?{query}"
        answer = self.api("GET", path, user=user or self.manager)
        self.assertEqual(answer.status_code, 200, answer.text)
        return [one["name"] for one in answer.json()["people"]]

    def test_internal_users_and_members_by_name(self):
        found = self._names("q=taskboard.example")
        staff = ["The employee", "The manager", "The member"]
        self.assertEqual(found, ["A Customer", *staff, "The portal"])
        found = self._names("q=taskboard.example", board=self.board)
        self.assertEqual(found, staff)

    def test_the_first_by_name(self):
        self.assertEqual(self._names("q=The&limit=2"), ["The employee", "The manager"])
        self.assertEqual(
            self._names("q=taskboard.example&limit=1", user=self.member), ["A Customer"]
        )

    def test_who_left_is_not_offered(self):
        self.employee.active = False
        self.assertNotIn("The employee", self._names("limit=100"))

    def test_from_outside_only_members_are_seen(self):
        everybody = self._names("limit=100", user=self.portal)
        self.assertEqual(everybody, ["A Customer", "The manager", "The portal"])
        # An address that the viewer may not read must not be found out by asking.
        self.assertEqual(self._names("q=customer@", user=self.portal), [])
        self.assertEqual(self._names("q=CUSTOMER", user=self.portal), ["A Customer"])

    def test_only_who_sees_the_board(self):
        secret = self._board("Secret", "followers")
        path = f"/boards/project:{secret.id}/people"
        answer = self.api("GET", path, user=self.member)
        self.assertRefused(answer, 404, "BOARD_NOT_FOUND")
