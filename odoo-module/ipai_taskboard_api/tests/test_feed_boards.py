# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import tagged

from .feed_case import FeedCase


def _sql(statement, *values):
    return lambda env: env.cr.execute(statement, values)


@tagged("post_install", "-at_install", "taskboard")
class TestFeedOfBoards(FeedCase):
    """All that a board shows, changed in every way that Odoo has."""

    def test_board(self):
        self.check(
            {
                "renamed": lambda env: self.project(env).write({"name": "Renamed"}),
                "renamed, in SQL": _sql(
                    "UPDATE project_project SET name = %s WHERE id = %s",
                    '{"en_US": "Raw"}',
                    self.board,
                ),
                "translated": lambda env: self.project(env).update_field_translations(
                    "name", {"en_US": "Translated"}
                ),
                "description": lambda env: self.project(env).write(
                    {"description": "<p>Text</p>"}
                ),
                "manager": lambda env: self.project(env).write(
                    {"user_id": self.users["member"]}
                ),
                "no manager": lambda env: self.project(env).write({"user_id": False}),
                "another's": _sql(
                    "UPDATE project_project SET create_uid = %s WHERE id = %s",
                    self.users["manager"],
                    self.board,
                ),
                "collaborator": lambda env: self.project(env).write(
                    {
                        "collaborator_ids": [
                            Command.create(
                                {
                                    "partner_id": self.partner(env, "portal").id,
                                    "limited_access": False,
                                }
                            )
                        ]
                    }
                ),
                "collaborator, in SQL": _sql(
                    "DELETE FROM project_collaborator WHERE project_id = %s", self.board
                ),
                "for colleagues": lambda env: self.project(env).write(
                    {"privacy_visibility": "employees"}
                ),
            },
            # Who cannot see the board any more.
            anew=("for colleagues",),
        )

    def test_stages(self):
        def third(env):
            made = env["project.project"].create(
                {
                    "name": "Third board",
                    "type_ids": [Command.link(self.stages[0])],
                }
            )
            self.third = made.id

        def other(env):
            return env["project.project"].browse(self.third)

        def stray(env):
            self.card(env).stage_id = self.stages[1]
            self.project(env).type_ids = [Command.unlink(self.stages[1])]

        def added(env):
            made = env["project.task.type"].create(
                {"name": "More", "project_ids": [Command.link(self.board)]}
            )
            self.stages.append(made.id)

        self.check(
            {
                "renamed": lambda env: self.stage(env).write({"name": "Now"}),
                "renamed, in SQL": _sql(
                    "UPDATE project_task_type SET name = %s WHERE id = %s",
                    '{"en_US": "Raw"}',
                    self.stages[0],
                ),
                "translated": lambda env: self.stage(env).update_field_translations(
                    "name", {"en_US": "Translated"}
                ),
                "folded": lambda env: self.stage(env).write({"fold": True}),
                "limit": lambda env: self.stage(env).write({"taskboard_wip_limit": 3}),
                "order": lambda env: self.stage(env).write({"sequence": 77}),
                "shared": third,
                "the other board archived": lambda env: other(env).write(
                    {"active": False}
                ),
                "the other board back": lambda env: other(env).write({"active": True}),
                "the other board deleted": lambda env: other(env).unlink(),
                "unshared": lambda env: self.closed(env).write(
                    {"type_ids": [Command.unlink(self.stages[0])]}
                ),
                "only a card's": stray,
                "archived": lambda env: self.card(env).write(
                    {"stage_id": self.stages[0]}
                ),
                "added": added,
                "archived, in SQL": lambda env: env.cr.execute(
                    "UPDATE project_task_type SET active = FALSE WHERE id = %s",
                    [self.stages[2]],
                ),
                "brought back": lambda env: self.stage(env, 2).write({"active": True}),
                "deleted": lambda env: self.stage(env, 2).unlink(),
            }
        )

    def test_what_a_stage_mails(self):
        def template(model):
            return lambda env: env["mail.template"].create(
                {"name": "Feed template", "model_id": env.ref(model).id}
            )

        def mails(env):
            made = template("project.model_project_task")(env)
            self.template = made.id
            self.stage(env).mail_template_id = made

        def rates(env):
            made = template("project.model_project_task")(env)
            self.template = made.id
            self.stage(env).rating_template_id = made
            rated = self.stage(env)
            if "rating_active" not in rated._fields:
                rated = self.project(env)
            rated.write({"rating_active": True, "rating_status": "stage"})

        def rated_off(env):
            rated = self.stage(env)
            if "rating_active" not in rated._fields:
                rated = self.project(env)
            rated.write({"rating_active": False})

        def rated_on(env):
            rated = self.stage(env)
            if "rating_active" not in rated._fields:
                rated = self.project(env)
            rated.write({"rating_active": True})

        def deleted(env):
            env["mail.template"].browse(self.template).unlink()

        self.check(
            {
                "mails": mails,
                "the template deleted": deleted,
                "asks for a rating": rates,
                "rating off": rated_off,
                "rating on": rated_on,
                "the rating's template deleted": deleted,
            }
        )
