# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import tagged

from .feed_case import FeedCase


@tagged("post_install", "-at_install", "taskboard")
class TestFeedOfSight(FeedCase):
    """What somebody sees, changed by what is no card and no board."""

    def _partner(self, env, name):
        return self.partner(env, name)

    def _ruled(self, model, domain):
        """A change that makes a record rule for everybody."""

        def made(env):
            env["ir.rule"].create(
                {
                    "name": "Feed rule",
                    "model_id": env["ir.model"]._get(model).id,
                    "domain_force": domain,
                }
            )

        return made

    def _remove_rules(self, env):
        rules = env["ir.rule"].with_context(active_test=False)
        rules.search([("name", "=", "Feed rule")]).unlink()

    def test_rules_of_what_stands_on_cards(self):
        """Whose sight of it becomes another starts again, and misses nothing."""

        def tag(env):
            return env["project.tags"].search([("name", "=", "Feed tag")])

        def removed(env):
            self._remove_rules(env)

        self.addCleanup(self._in_transaction, self._remove_rules)
        with self.transaction() as env:
            tag(env).color = 4
            tag(env).write({"task_ids": [Command.link(self.cards[1])]}) if (
                "task_ids" in tag(env)._fields
            ) else self.card(env, 1).write({"tag_ids": [Command.link(tag(env).id)]})
        cases = {
            "a rule of tags": self._ruled("project.tags", "[('color', '!=', 4)]"),
            "a tag is seen": lambda env: tag(env).write({"color": 5}),
            "a tag is not seen": lambda env: tag(env).write({"color": 4}),
            "no rule of tags": removed,
            "a rule of stages": self._ruled(
                "project.task.type", "[('project_ids.description', '!=', False)]"
            ),
            "stages of a board that is described": lambda env: (
                self.project(env) | self.closed(env)
            ).write({"description": "<p>Words</p>"}),
            "stages of a board that is not": lambda env: (
                self.project(env) | self.closed(env)
            ).write({"description": False}),
            "no rule of stages": removed,
            "a rule of messages": self._ruled("mail.message", "[(0, '=', 1)]"),
            "no rule of messages": removed,
            "a rule of contacts": self._ruled("res.partner", "[('id', '=', 0)]"),
            "no rule of contacts": removed,
            "a rule of cards": self._ruled(
                "project.task", "[('stage_id.name', '!=', 'To Do')]"
            ),
            "the stage renamed": lambda env: self.stage(env).write({"name": "Now"}),
            "no rule of cards": lambda env: (
                removed(env),
                self.stage(env).write({"name": "To Do"}),
            ),
            "a rule of what has no parts": self._ruled(
                "project.task", "[('child_ids', '=', False)]"
            ),
            "no part any more": lambda env: self.relative(env, 0).write(
                {"parent_id": False}
            ),
            "no rule of parts": removed,
        }
        self.check(cases, anew=cases)

    def _in_transaction(self, change):
        with self.transaction() as env:
            change(env)

    def test_rights(self):
        def access(env, value):
            rights = env["ir.model.access"].search(
                [
                    ("model_id.model", "=", "project.task"),
                    ("group_id", "=", env.ref("base.group_portal").id),
                ]
            )
            rights.write({"perm_read": value})

        def archived(value):
            return lambda env: self.project(env).write({"active": value})

        self.addCleanup(self._in_transaction, lambda env: access(env, True))
        cases = {
            "customers may read no cards": lambda env: access(env, False),
            "customers may read cards": lambda env: access(env, True),
            "the board archived": archived(False),
            "the board back": archived(True),
        }
        self.check(cases, anew=cases)

    def test_people_that_odoo_merges(self):
        """Contacts of customers who see the board, and who are assigned."""

        def merged(source, into):
            def change(env):
                one = env["res.partner"].browse(self.contacts[source])
                wizard = env["base.partner.merge.automatic.wizard"].create({})
                wizard._merge(
                    [one.id, self._partner(env, into).id],
                    one.browse(self._partner(env, into).id),
                )

            return change

        def alone(env):
            """Deleted by PostgreSQL itself, with what points at it."""
            collaborator = env["project.collaborator"].search(
                [("project_id", "=", self.board)], limit=1
            )
            env.cr.execute(
                "DELETE FROM project_collaborator WHERE id = %s", [collaborator.id]
            )

        self.check(
            {
                "a follower becomes a customer": merged(0, "portal"),
                "a follower becomes a colleague": merged(1, "member"),
                "customer renamed": lambda env: self._partner(env, "portal").write(
                    {"name": "Somebody else"}
                ),
                "a collaborator's row": alone,
            }
        )

    def test_personal_and_lost_stages(self):
        self.check(
            {
                "made somebody's own": lambda env: env.cr.execute(
                    "UPDATE project_task_type SET user_id = %s WHERE id = %s",
                    [self.users["member"], self.stages[1]],
                ),
                "nobody's own": lambda env: env.cr.execute(
                    "UPDATE project_task_type SET user_id = NULL WHERE id = %s",
                    [self.stages[1]],
                ),
                "taken from the board, in SQL": lambda env: env.cr.execute(
                    "DELETE FROM project_task_type_rel WHERE type_id = %s",
                    [self.stages[1]],
                ),
                "all cards stray, in SQL": lambda env: env.cr.execute(
                    "DELETE FROM project_task_type_rel WHERE type_id = %s",
                    [self.stages[0]],
                ),
                "milestone deleted, in SQL": lambda env: env.cr.execute(
                    "DELETE FROM project_milestone WHERE project_id = %s", [self.board]
                ),
            }
        )
