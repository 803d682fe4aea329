# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestTags(TaskboardCase):
    def _make(self, body, user=None):
        return self.api("POST", "/tags", body, user=user or self.manager)

    def test_colour_becomes_the_nearest_of_odoos(self):
        for wanted, index, shown in (
            ("#EE2D2D", 1, "#EE2D2D"),
            ("#ff0000", 1, "#EE2D2D"),
            ("#61c36f", 10, "#61C36E"),
            ("#0000FF", 8, "#304BE0"),
        ):
            answer = self._make({"name": f"tag {wanted}", "color": wanted})
            self.assertEqual(answer.status_code, 201, answer.text)
            made = answer.json()["tag"]
            self.assertEqual(made["color"], shown)
            number = int(made["tag_id"].split(":")[1])
            self.assertEqual(self.env["project.tags"].browse(number).color, index)

    def test_one_of_that_name_is_left_as_it_is(self):
        tag = self.env["project.tags"].create({"name": "100% Ünique_", "color": 3})
        before = self.env["project.tags"].search_count([])
        for name in ("100% Ünique_", " 100% üNIQUE_ "):
            answer = self._make({"name": name, "color": "#EE2D2D"}, self.member)
            self.assertEqual(answer.status_code, 200)
            self.assertEqual(answer.json()["tag"]["tag_id"], f"tag:{tag.id}")
        self.assertEqual((tag.name, tag.color), ("100% Ünique_", 3))
        self.assertEqual(self._make({"name": "100x Ünique_"}).status_code, 201)
        self.assertEqual(self.env["project.tags"].search_count([]), before + 1)

    @mute_logger("odoo.http")
    def test_odoos_rights_decide_who_makes_one(self):
        for user in (self.manager, self.member, self.employee, self.portal):
            body = {"name": f"made by {user.name}"}
            may = self.env["project.tags"].with_user(user).has_access("create")
            answer = self._make(body, user)
            made = self.env["project.tags"].search([("name", "=", body["name"])])
            self.assertEqual(bool(made), may)
            if may:
                self.assertEqual(answer.status_code, 201)
            else:
                self.assertRefused(answer, 403, "PERMISSION_DENIED")
                answer = self._make({"name": ""}, user)
                self.assertRefused(answer, 403, "PERMISSION_DENIED")

    def test_names_are_in_a_persons_order(self):
        for name in ("t order", "T Apple", "t Äpfel", "t banana"):
            self.env["project.tags"].create({"name": name})
        answer = self.api("GET", "/tags?q=T%20&limit=3", user=self.portal)
        names = [tag["name"] for tag in answer.json()["tags"]]
        self.assertEqual(names, ["t Äpfel", "T Apple", "t banana"])
