# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from unittest.mock import patch

from odoo.tests.common import tagged
from odoo.tools import mute_logger

from .feed_case import FeedCase


@tagged("post_install", "-at_install", "taskboard")
class TestFeedOfExtra(FeedCase):
    """What another module adds to cards, told as soon as what it is made of changes."""

    def setUp(self):
        super().setUp()

        def extra(tasks):
            # As the module's own code would: of what its user may not read, too.
            return {
                task.id: {
                    "x_customer": task.partner_id.name or "",
                    "x_city": task.partner_id.parent_id.city or "",
                    "x_hours": task.allocated_hours,
                    "x_parts": sorted(task.child_ids.mapped("allocated_hours")),
                    "x_owners": sorted(task.user_ids.mapped("login")),
                    "x_tags": sorted(task.tag_ids.mapped("color")),
                }
                for task in tasks.sudo()
            }

        def depends(tasks):
            return (
                "partner_id.name",
                "partner_id.parent_id.city",
                "allocated_hours",
                "child_ids.allocated_hours",
                "user_ids.login",
                "tag_ids.color",
            )

        with self.transaction() as env:
            model = type(env["project.task"])
        for name, method in (
            ("_taskboard_extra", extra),
            ("_taskboard_extra_depends", depends),
        ):
            self._patch(patch.object(model, name, method))
        self._set_up_models()
        # The patches go first, then Odoo looks again.
        self.addCleanup(self._set_up_models)
        for undo in self._undone:
            self.addCleanup(undo)

    def _patch(self, patcher):
        patcher.start()
        self._undone = [*getattr(self, "_undone", ()), patcher.stop]

    def _set_up_models(self):
        """Let Odoo read what its fields depend on once more."""
        with self.registry.cursor() as cr, mute_logger("odoo.registry"):
            if hasattr(self.registry, "_setup_models__"):
                self.registry._setup_models__(cr)
            else:
                self.registry.setup_models(cr)

    def test_what_it_is_made_of(self):
        with self.transaction() as env:
            firm = env["res.partner"].create({"name": "Firm", "is_company": True})
            other = env["res.partner"].create({"name": "Other firm"})
            self.contacts += [firm.id, other.id]
            self.card(env).partner_id = self.contacts[0]

        def contact(env, place=0):
            return env["res.partner"].browse(self.contacts[place])

        self.check(
            {
                "own column": lambda env: self.card(env).write({"allocated_hours": 3}),
                "another's": lambda env: contact(env).write({"name": "Renamed"}),
                "one step further": lambda env: contact(env).write(
                    {"parent_id": self.contacts[2]}
                ),
                "two steps away": lambda env: contact(env, 2).write({"city": "Ghent"}),
                "two steps away, again": lambda env: contact(env, 2).write(
                    {"city": "Bruges"}
                ),
                "another": lambda env: self.card(env).write(
                    {"partner_id": self.contacts[3]}
                ),
                "a part's": lambda env: self.relative(env, 0).write(
                    {"allocated_hours": 5}
                ),
                "part of none": lambda env: self.relative(env, 0).write(
                    {"parent_id": False}
                ),
                "an owner's": lambda env: env["res.users"]
                .browse(self.users["member"])
                .write({"login": "changes_renamed"}),
                "a tag's": lambda env: self.card(env).tag_ids.write({"color": 9}),
                "nobody's": lambda env: self.card(env).write({"partner_id": False}),
            }
        )
