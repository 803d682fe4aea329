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

    def test_a_comment_of_nothing_but_a_file_is_one(self):
        message = self.task.message_post(
            attachments=[("a_b [1].txt", b"x")],
            message_type="comment",
            subtype_xmlid="mail.mt_comment",
        )
        path = f"/cards/task:{self.task.id}"
        seen = self.api("GET", f"{path}/activity?type=comment", user=self.manager)
        (comment,) = seen.json()["activities"]
        file = message.attachment_ids
        link = rf"[a\_b \[1\].txt](/web/content/{file.id})"
        self.assertEqual(comment["body_md"], link)
        self.assertEqual(self._count(path), 1)
        self.task._message_update_content(message.sudo(), body="", attachment_ids=[])
        self.assertEqual(self._count(path), 0)
        seen = self.api("GET", f"{path}/activity?type=comment", user=self.manager)
        self.assertEqual(seen.json()["total"], 0)

    def _count(self, path):
        return self.api("GET", path, user=self.manager).json()["comment_count"]

    def test_each_mention_is_a_link_of_its_own(self):
        people = self.env["res.partner"].create(
            [
                {"name": name, "email": f"mentioned{number}@taskboard.example"}
                for number, name in enumerate(
                    ("Ann", "Ann Lee", "Jo O'Neil", 'A "B" *C*')
                )
            ]
        )
        self._comment(
            body_md='@Ann Lee and @Ann, @Anna, @Jo O\'Neil, @A "B" *C*; `@Ann`'
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

    def test_who_may_comment_may_mention(self):
        self.assertFalse(self.task.with_user(self.employee).has_access("write"))
        partner = self.member.partner_id
        answer = self._comment(
            self.employee, body_md="@The member, look", mentions=[partner.email]
        )
        self.assertEqual(answer.status_code, 201, answer.text)
        message = self.task.message_ids[0]
        self.assertEqual(message.author_id, self.employee.partner_id)
        self.assertEqual(message.email_from, self.employee.email_formatted)
        self.assertIn(partner, message.notification_ids.res_partner_id)
        self.assertIn(partner, self.task.message_partner_ids)

    def test_a_mention_gives_no_sight_that_is_not_the_writers_to_give(self):
        self.task = self._task("Hidden", self._board("Secret", "followers"))
        self.task.message_subscribe(partner_ids=self.employee.partner_id.ids)
        partner = self.member.partner_id
        body = {"body_md": "@The member, look", "mentions": [partner.email]}
        self.assertEqual(self._notified(self._comment(self.employee, **body)), partner)
        self.assertNotIn(partner, self.task.message_partner_ids)
        self.assertEqual(self._notified(self._comment(self.manager, **body)), partner)
        self.assertIn(partner, self.task.message_partner_ids)

    def test_from_outside_only_who_is_there_is_mentioned(self):
        board = self._board("Shared", "portal")
        firm = self.env["res.partner"].create({"name": "Firm", "is_company": True})
        names = ("Follower", "Colleague")
        follower, colleague = self.env["res.partner"].create(
            [
                {"name": name, "email": f"{name}@t.example", "parent_id": firm.id}
                for name in names
            ]
        )
        self.portal.partner_id.parent_id = firm
        self.task = self._task("Shared card", board)
        there = self.portal.partner_id | follower
        for record in (board, self.task):
            record.message_subscribe(partner_ids=there.ids)
        answer = self._comment(self.portal, body_md="x", mentions=[follower.email])
        self.assertEqual(answer.status_code, 201, answer.text)
        told = []
        for address in (colleague.email, "nobody@t.example"):
            answer = self._comment(self.portal, body_md="x", mentions=[address])
            self.assertRefused(answer, 400, "VALIDATION_ERROR", "mentions")
            told.append(answer.text.replace(address, "…"))
        self.assertEqual(*told)
        self.assertNotIn(colleague, self.task.message_partner_ids)

    def _notified(self, answer):
        self.assertEqual(answer.status_code, 201, answer.text)
        number = int(answer.json()["activity"]["event_id"].split(":")[1])
        return self.env["mail.message"].browse(number).partner_ids

    def test_of_two_with_one_address_the_one_named_is_told(self):
        first, second = self.member, self.employee
        first.partner_id.name, second.partner_id.name = "Ann", "Ann Lee-B"
        (first | second).partner_id.email = "desk@taskboard.example"
        address = ["Desk@taskboard.example"]
        for text, told in (
            ("@Ann Lee-B, look", second),
            ("Look, @Ann: here", first),
            ("@Ann and @Ann Lee-B", first | second),
            (r"@Ann Lee\-B", second),
        ):
            found = self._notified(self._comment(body_md=text, mentions=address))
            self.assertEqual(found, told.partner_id, text)
        before = len(self.task.message_ids)
        for text in ("Look here", "@Anna", "mail ann@x.example", "@ann"):
            answer = self._comment(body_md=text, mentions=address)
            error = self.assertRefused(answer, 400, "VALIDATION_ERROR", "mentions")
            self.assertEqual(error["details"]["ambiguous"], address)
            self.assertIn("Ann, Ann Lee-B", error["message"])
        second.partner_id.name = "Ann"
        answer = self._comment(body_md="@Ann", mentions=address)
        self.assertRefused(answer, 400, "VALIDATION_ERROR", "mentions")
        self.assertEqual(len(self.task.message_ids), before)

    def test_a_contact_that_is_there_twice(self):
        values = {"name": "Zoe", "email": "zoe@taskboard.example"}
        once, twice = self.env["res.partner"].create([values, values])
        found = self._notified(self._comment(body_md="@Zoe", mentions=[once.email]))
        self.assertEqual(found, once, "one mailbox")
        user = self._user("zoe", "base.group_user")
        user.partner_id.write(values)
        found = self._notified(self._comment(body_md="@Zoe", mentions=[once.email]))
        self.assertEqual(found, user.partner_id)
        twice.name = "Zoe at home"
        found = self._notified(
            self._comment(body_md="@Zoe at home", mentions=[twice.email])
        )
        self.assertEqual(found, twice)

    def test_an_address_that_was_given_out_is_taken(self):
        for address in (
            "JOS\u00c9@T.Example",
            "o'neil+x@taskboard.example",
            '"quoted local"@taskboard.example',
            " Spaced@taskboard.example ",
            "Ann B <ann.b@taskboard.example>",
        ):
            self.member.partner_id.email = address
            path = f"/boards/project:{self.board.id}/people?q=The member"
            [person] = self.api("GET", path, user=self.manager).json()["people"]
            if person["email"]:
                answer = self._comment(body_md="x", mentions=[person["email"]])
                self.assertEqual(self._notified(answer), self.member.partner_id)

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
