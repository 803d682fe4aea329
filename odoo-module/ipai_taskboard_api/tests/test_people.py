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
        # Another customer is nobody's business.
        self.assertEqual(everybody, ["The manager", "The portal"])
        for asked in ("q=customer@", "q=CUSTOMER", "q=A"):
            self.assertNotIn("A Customer", self._names(asked, user=self.portal))
        # An address that the viewer may not read must not be found out by asking.
        self.assertEqual(self._names("q=manager@", user=self.portal), [])

    def test_from_outside_colleagues_are_seen(self):
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        colleague = self.customer.copy({"name": "A Colleague", "email": "c@t.example"})
        (colleague | self.portal.partner_id).parent_id = firm
        self.shared.message_subscribe(partner_ids=colleague.ids)
        self.assertEqual(self._names("q=c@t.ex", user=self.portal), ["A Colleague"])

    def test_other_customers_are_shown_nowhere(self):
        card = self._task("Theirs", self.shared, user_ids=[(6, 0, self.member.ids)])
        everybody = self.customer | self.portal.partner_id | self.manager.partner_id
        card.message_subscribe(partner_ids=everybody.ids)
        card.with_user(self.manager).message_post(
            body="Hello",
            subtype_xmlid="mail.mt_comment",
            partner_ids=everybody.ids,
            message_type="comment",
        )
        board, path = f"/boards/project:{self.shared.id}", f"/cards/task:{card.id}"
        asked = (
            "/boards",
            board,
            f"{board}/snapshot",
            f"{board}/cards",
            f"{board}/cards?q=Theirs",
            f"{board}/people",
            f"{board}/groups?by=owner",
            path,
            f"{path}/activity",
        )
        told = self.customer.name, f'"partner_id":{self.customer.id},'
        for where in asked:
            inside = self.api("GET", where, user=self.manager).text
            outside = self.api("GET", where, user=self.portal).text
            for one in told:
                self.assertNotIn(one, outside, where)
            if where not in ("/boards", f"{board}/groups?by=owner"):
                self.assertIn(told[1], inside.replace("}", ","), where)
        shown = self.api("GET", path, user=self.portal).json()
        watchers = [one["name"] for one in shown["watchers"]]
        self.assertCountEqual(watchers, ["The manager", "The portal"])
        # Whom Odoo's portal names: who is assigned, and who writes.
        self.assertEqual([one["name"] for one in shown["owners"]], ["The member"])
        [said] = self.api(
            "GET", f"{path}/activity?type=comment", user=self.portal
        ).json()["activities"]
        self.assertEqual(said["author"]["name"], "The manager")

    def test_an_owners_address_is_not_found_out_by_asking(self):
        card = self._task("Theirs", self.shared, user_ids=[(6, 0, self.member.ids)])
        card.message_subscribe(partner_ids=self.portal.partner_id.ids)
        where = f"/boards/project:{self.shared.id}/cards?owner="
        number = self.member.partner_id.id
        for user, owner, total in (
            (self.manager, self.member.email, 1),
            (self.portal, self.member.email, 0),
            (self.portal, number, 1),
        ):
            found = self.api("GET", f"{where}{owner}", user=user).json()
            self.assertEqual(found["total"], total, (user.login, owner))

    def test_who_follows_or_not_leaves_unseen_followers(self):
        self.shared.sudo().collaborator_ids = [
            (0, 0, {"partner_id": self.portal.partner_id.id})
        ]
        card = self._task("Theirs", self.shared)
        everybody = self.customer | self.portal.partner_id
        card.message_subscribe(partner_ids=everybody.ids)
        path = f"/cards/task:{card.id}"
        shown = self.api("GET", path, user=self.portal).json()["watchers"]
        numbers = [one["partner_id"] for one in shown]
        mine = self.portal.partner_id.id
        others = [number for number in numbers if number != mine]
        answer = self.api("PATCH", path, {"watchers": others}, user=self.portal)
        self.assertEqual(answer.status_code, 200, answer.text)
        self.assertIn(self.customer, card.message_partner_ids)
        self.assertNotIn(self.portal.partner_id, card.message_partner_ids)
        # Whether somebody follows is not found out by naming them.
        told = []
        for number in (self.customer.id, 2147483647):
            body = {"watchers": [*others, number]}
            answer = self.api("PATCH", path, body, user=self.portal)
            self.assertRefused(answer, 400, "VALIDATION_ERROR", "watchers")
            told.append(answer.text.replace(str(number), "…"))
        self.assertEqual(*told)

    def test_only_who_sees_the_board(self):
        secret = self._board("Secret", "followers")
        path = f"/boards/project:{secret.id}/people"
        answer = self.api("GET", path, user=self.member)
        self.assertRefused(answer, 404, "BOARD_NOT_FOUND")
