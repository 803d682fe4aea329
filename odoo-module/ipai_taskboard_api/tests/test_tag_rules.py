# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
import os
from collections import Counter

import psycopg2

from odoo import Command
from odoo.exceptions import UserError
from odoo.tests.common import tagged
from odoo.tools import mute_logger

from ..services import boards, card_changes, cards, mapping
from ..services.loaded_cards import LoadedCards
from . import record_rules
from .common import TaskboardCase


@tagged("post_install", "-at_install", "taskboard")
class TestTagRules(TaskboardCase):
    """Cards and boards show the tags that Odoo itself shows to whoever asks."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = cls.manager | cls.member | cls.employee | cls.portal
        cls.board.sudo().privacy_visibility = "portal"
        cls.board.sudo().message_subscribe(partner_ids=cls.portal.partner_id.ids)
        cls.tags = cls.env["project.tags"].create(
            [
                {"name": name, "color": color}
                for name, color in (("Ann", 0), ("acme", 1), ("Area", 10), ("BE", 3))
            ]
        )
        ann, acme, area, be = cls.tags
        cls.tasks = cls._task("None")
        for number, found in enumerate((ann, acme | be, area, cls.tags)):
            cls.tasks |= cls._task(f"Card {number}", tag_ids=[Command.set(found.ids)])
        for task in cls.tasks:
            task.message_subscribe(partner_ids=cls.portal.partner_id.ids)
        cls.board.sudo().tag_ids = ann | area
        cls.rule = cls.env["ir.rule"].create(
            {
                "name": "Of tags",
                "model_id": cls.env["ir.model"]._get("project.tags").id,
                "domain_force": "[]",
            }
        )

    def compare(self):
        """How many tags Odoo shows to the users; what differs fails."""
        shown = 0
        for user in self.users:
            self.env.invalidate_all()
            env = self.env(user=user.id, context={})
            tasks = env["project.task"].search([("project_id", "=", self.board.id)])
            wanted = {task.id: set(task.tag_ids.ids) for task in tasks}
            loaded = LoadedCards(tasks)
            for card in loaded:
                found = set(loaded.tag_ids(card))
                self.assertEqual(found, wanted[card.id], (user.login, card.name))
            project = boards.find(env, self.board.id, boards.FIELDS)
            detail = mapping.board(project, boards.LoadedBoards(project))
            found = {int(one["tag_id"].partition(":")[2]) for one in detail["tags"]}
            everything = set().union(project.tag_ids.ids, *wanted.values())
            self.assertEqual(found, everything, user.login)
            shown += sum(map(len, wanted.values()))
        return shown

    def test_without_a_rule(self):
        self.assertGreater(self.compare(), 20)

    def test_rules_of_all_kinds(self):
        """More of them, and others, by TASKBOARD_RULES and TASKBOARD_RULES_SEED."""
        many = int(os.environ.get("TASKBOARD_RULES", "60"))
        seed = int(os.environ.get("TASKBOARD_RULES_SEED", "18"))
        rules = record_rules.RecordRules(seed, self.board)
        told, group = [], self.env.ref("base.group_user")
        for _ in range(many):
            domain, of_group = rules.next_of_tags()
            try:
                with self.env.cr.savepoint(), mute_logger("odoo.sql_db"):
                    self.rule.write(
                        {
                            "domain_force": domain,
                            "groups": [Command.set(group.ids if of_group else [])],
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
        self.assertGreater(len(set(told)), 3)

    def test_groups_count_what_is_seen(self):
        self.rule.domain_force = "[('color', '!=', 1)]"
        path = f"/boards/project:{self.board.id}/groups?by=tag"
        groups = self.api("GET", path, user=self.member).json()["groups"]
        found = Counter({group["label"]: group["count"] for group in groups})
        self.assertEqual(
            found, Counter({"Ann": 2, "Area": 2, "BE": 2, "No tag": 1}), groups
        )
        self.rule.domain_force = "[('name', '=', 'Ann')]"
        groups = self.api("GET", path, user=self.member).json()["groups"]
        self.assertEqual([group["count"] for group in groups], [2, 3])

    def test_who_sees_some_tags_keeps_the_others(self):
        self.rule.domain_force = "[('color', '!=', 1)]"
        ann, acme, area, be = self.tags
        task = self.tasks[-1]
        for wanted in (ann | be, area, self.env["project.tags"]):
            # As a request begins: what is in memory is there for everybody.
            self.env.invalidate_all()
            seen = cards.find(self.env(user=self.manager.id), task.id)
            planned = card_changes.plan(seen, {"tags": wanted.ids})
            card_changes.apply(seen, planned)
            self.env.invalidate_all()
            self.assertEqual(task.sudo().tag_ids, wanted | acme)
