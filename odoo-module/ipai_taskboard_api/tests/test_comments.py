# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from lxml import html

from odoo.tests.common import tagged

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestComments(TaskboardCase):
    def setUp(self):
        super().setUp()
        self.task = self._task("Discussed")

    def _comment(self, user=None, **body):
        path = f"/cards/task:{self.task.id}/comments"
        return self.api("POST", path, body, user=user or self.manager)

    def test_mentioned_follow_and_are_notified(self):
        partner = self.member.partner_id
        self.assertNotIn(partner, self.task.message_partner_ids)
        answer = self._comment(
            body_md="Please look, @The member", mentions=["MEMBER@taskboard.example"]
        )
        self.assertEqual(answer.status_code, 201, answer.text)
        self.assertIn(partner, self.task.message_partner_ids)
        number = int(answer.json()["activity"]["event_id"].split(":")[1])
        message = self.env["mail.message"].browse(number)
        self.assertEqual(message.message_type, "comment")
        self.assertEqual(message.subtype_id, self.env.ref("mail.mt_comment"))
        self.assertEqual(message.author_id, self.manager.partner_id)
        self.assertEqual(message.partner_ids, partner)
        self.assertIn(partner, message.notification_ids.res_partner_id)
        self.assertIn(f'data-oe-id="{partner.id}"', message.body)

    def test_each_mention_is_a_link_of_its_own(self):
        people = self.env["res.partner"].create(
            [
                {"name": name, "email": f"mentioned{number}@taskboard.example"}
                for number, name in enumerate(("Ann", "Ann Lee", "Jo O'Neil", 'A "B" *C*'))
            ]
        )
        self._comment(
            body_md="@Ann Lee and @Ann, @Anna, @Jo O'Neil, @A \"B\" *C*; `@Ann`"
            " [@Ann](https://a.example) ![@Ann](https://a.example/b.png) **@Ann**",
            mentions=people.mapped("email"),
        )
        body = html.fromstring(self.task.message_ids[0].body)
        links = body.xpath("//a[@data-oe-model='res.partner']")
        found = [(int(one.get("data-oe-id")), one.text_content()) for one in links]
        ann, lee, neil, marks = people
        self.assertEqual(
            found,
            [
                (lee.id, "@Ann Lee"),
                (ann.id, "@Ann"),
                (neil.id, "@Jo O'Neil"),
                (marks.id, '@A "B" *C*'),
                (ann.id, "@Ann"),
            ],
        )
        self.assertEqual(body.xpath("string(//code)"), "@Ann")
        self.assertEqual(body.xpath("//img/@alt"), ["@Ann"])

    def test_unknown_address_posts_nothing_and_makes_nobody(self):
        messages = len(self.task.message_ids)
        people = self.env["res.partner"].search_count([])
        answer = self._comment(body_md="Hi", mentions=["nobody@taskboard.example"])
        error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "mentions")
        self.assertEqual(error["details"]["unknown"], ["nobody@taskboard.example"])
        self.assertEqual(len(self.task.message_ids), messages)
        self.assertEqual(self.env["res.partner"].search_count([]), people)

    def test_markup_is_text(self):
        self._comment(body_md="<script>alert(1)</script> <b>not bold</b>")
        body = self.task.message_ids[0].body
        self.assertNotIn("<script", body)
        self.assertNotIn("<b>", body)
        self.assertIn("&lt;b&gt;", body)

    def test_internal_notes_stay_hidden_from_portal_users(self):
        board = self._board("Shared", "portal")
        partner = self.portal.partner_id
        board.message_subscribe(partner_ids=partner.ids)
        self.task = self._task("Shared card", board)
        self.task.message_subscribe(partner_ids=partner.ids)
        self.task.with_user(self.manager).message_post(
            body="between us", subtype_xmlid="mail.mt_note", message_type="comment"
        )
        self.assertEqual(
            self._comment(self.portal, body_md="From outside").status_code, 201
        )
        path = f"/cards/task:{self.task.id}"
        seen = self.api("GET", f"{path}/activity?type=comment", user=self.portal).json()
        self.assertEqual(
            [one["body_md"] for one in seen["activities"]], ["From outside"]
        )
        found = self.api(
            "GET", f"/boards/project:{board.id}/cards?q=between", user=self.portal
        ).json()
        self.assertEqual(found["total"], 0)
        inside = self.api(
            "GET", f"{path}/activity?type=comment", user=self.manager
        ).json()
        self.assertEqual(inside["total"], 2)
