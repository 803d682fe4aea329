# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import Command
from odoo.tests.common import tagged
from odoo.tools import html2plaintext

from ..models.mail_message import COMMENT_TYPES
from .feed_case import FeedCase


def _sql(statement, *values):
    return lambda env: env.cr.execute(statement, values)


@tagged("post_install", "-at_install", "taskboard")
class TestFeedOfCards(FeedCase):
    """All that a card shows of itself, changed in every way that Odoo has."""

    def test_own_values(self):
        first = self.cards[0]
        self.check(
            {
                "title": lambda env: self.card(env).write({"name": "Renamed"}),
                "title, in SQL": _sql(
                    "UPDATE project_task SET name = 'Raw' WHERE id = %s", first
                ),
                "description": lambda env: self.card(env).write(
                    {"description": "Text"}
                ),
                "priority": lambda env: self.card(env).write({"priority": "1"}),
                "due": lambda env: self.card(env).write(
                    {"date_deadline": "2030-05-05 12:00:00"}
                ),
                "place": lambda env: self.card(env).write({"sequence": 3}),
                "state": lambda env: self.card(env).write({"state": "03_approved"}),
                "closed": lambda env: self.card(env).write({"state": "1_done"}),
                "stage": lambda env: self.card(env).write({"stage_id": self.stages[1]}),
                "no stage": lambda env: self.card(env).write({"stage_id": False}),
                "archived without one": lambda env: self.card(env).action_archive(),
                "back without one": lambda env: self.card(env).action_unarchive(),
                "a stage again": lambda env: self.card(env).write(
                    {"stage_id": self.stages[0]}
                ),
                "archived": lambda env: self.card(env).action_archive(),
                "brought back": lambda env: self.card(env).action_unarchive(),
                "archived, in SQL": _sql(
                    "UPDATE project_task SET active = FALSE WHERE id = %s", first
                ),
                "brought back, in SQL": _sql(
                    "UPDATE project_task SET active = TRUE WHERE id = %s", first
                ),
                "made": lambda env: self.make_card(env, "New"),
                "copied": lambda env: self.card(env).copy(),
                "moved away": lambda env: self.card(env, 1).write(
                    {"project_id": self.other_board}
                ),
                "moved back": lambda env: self.card(env, 1).write(
                    {"project_id": self.board}
                ),
                "deleted": lambda env: self.card(env, 1).unlink(),
                "deleted, in SQL": _sql(
                    "DELETE FROM project_task WHERE id = %s", self.cards[2]
                ),
            }
        )

    def test_milestones(self):
        def milestone(env):
            return env["project.milestone"].search([("name", "ilike", "launch")])

        self.check(
            {
                "renamed": lambda env: milestone(env).write({"name": "Relaunch"}),
                "switched off": lambda env: self.project(env).write(
                    {"allow_milestones": False}
                ),
                "switched on": lambda env: self.project(env).write(
                    {"allow_milestones": True}
                ),
                "deleted": lambda env: milestone(env).unlink(),
            }
        )

    def test_checklists(self):
        def lines(env):
            return self.card(env).taskboard_checklist_ids

        self.check(
            {
                "line": lambda env: lines(env).create(
                    {"task_id": self.cards[0], "name": "third"}
                ),
                "text": lambda env: lines(env)[0].write({"name": "Text"}),
                "ticked": lambda env: lines(env)[0].write({"done": True}),
                "order": lambda env: lines(env)[0].write({"sequence": 99}),
                "text, in SQL": _sql(
                    "UPDATE ipai_taskboard_checklist_item SET name = 'raw'"
                    " WHERE task_id = %s",
                    self.cards[0],
                ),
                "to another card": lambda env: lines(env)[0].write(
                    {"task_id": self.cards[1]}
                ),
                "removed": lambda env: lines(env)[0].unlink(),
            }
        )

    def test_comments(self):
        def comments(env):
            return self.card(env).message_ids.filtered(
                lambda one: one.message_type in COMMENT_TYPES
                and html2plaintext(one.body).strip()
            )

        def said(env, body="A word more", **options):
            options = {"subtype_xmlid": "mail.mt_comment", **options}
            self.card(env).message_post(body=body, message_type="comment", **options)

        def emptied(env):
            self.card(env)._message_update_content(comments(env)[0], body="", **STRICT)

        def subtype(env):
            return env.ref("mail.mt_comment")

        def own_subtype(env):
            made = env["mail.message.subtype"].create({"name": "Feed subtype"})
            self.subtype = made.id
            env.flush_all()
            said(env, subtype_id=made.id, subtype_xmlid=None)

        STRICT = {"strict": False}
        self.check(
            {
                "said": said,
                "said by mail": lambda env: self.card(env).message_post(
                    body="By mail",
                    message_type="email",
                    subtype_xmlid="mail.mt_comment",
                ),
                "emptied": emptied,
                "made a note": lambda env: comments(env)[0].write(
                    {"is_internal": True}
                ),
                "all made notes": lambda env: subtype(env).write({"internal": True}),
                "no notes any more": lambda env: subtype(env).write(
                    {"internal": False}
                ),
                "a file alone": lambda env: said(
                    env, "", attachments=[("file.txt", b"words")]
                ),
                "the file deleted": lambda env: env["ir.attachment"]
                .search([("name", "=", "file.txt")])
                .unlink(),
                "of a subtype": own_subtype,
                "subtype deleted": lambda env: env["mail.message.subtype"]
                .browse(self.subtype)
                .unlink(),
                "emptied, in SQL": lambda env: env.cr.execute(
                    "UPDATE mail_message SET body = '' WHERE id = %s",
                    [comments(env)[0].id],
                ),
                "to another card": lambda env: comments(env)[:1].write(
                    {"res_id": self.cards[1]}
                ),
                "deleted": lambda env: comments(env)[:1].unlink(),
            }
        )

    def test_tags_on_cards(self):
        def tag(env):
            return env["project.tags"].search([("name", "ilike", "feed tag")], limit=1)

        def merged(env):
            # As whatever merges records does it.
            other = env["project.tags"].create({"name": "Feed tag, other"})
            env.flush_all()
            env.cr.execute(
                "UPDATE project_tags_project_task_rel SET project_tags_id = %s"
                " WHERE project_task_id = %s",
                [other.id, self.cards[0]],
            )

        self.check(
            {
                "renamed": lambda env: tag(env).write({"name": "Feed tag, renamed"}),
                "renamed, in SQL": lambda env: env.cr.execute(
                    "UPDATE project_tags SET name = %s WHERE id = %s",
                    ['{"en_US": "Feed tag, raw"}', tag(env).id],
                ),
                "translated": lambda env: tag(env).update_field_translations(
                    "name", {"en_US": "Feed tag, translated"}
                ),
                "coloured": lambda env: tag(env).write(
                    {"color": tag(env).color % 11 + 1}
                ),
                "on another card": lambda env: tag(env).write(
                    {"task_ids": [Command.link(self.cards[1])]}
                )
                if "task_ids" in tag(env)._fields
                else self.card(env, 1).write({"tag_ids": [Command.link(tag(env).id)]}),
                "of the board": lambda env: self.project(env).write(
                    {"tag_ids": [Command.create({"name": "Feed tag of boards"})]}
                ),
                "no longer of the board": lambda env: tag(env)
                .browse(self.project(env).tag_ids.ids)
                .write({"project_ids": [Command.clear()]}),
                "merged": merged,
                "taken off, in SQL": _sql(
                    "DELETE FROM project_tags_project_task_rel"
                    " WHERE project_task_id = %s",
                    self.cards[0],
                ),
                "deleted": lambda env: self.card(env, 1).tag_ids.unlink(),
            }
        )

    def test_relatives(self):
        """They show each other on whatever board, to whoever sees both."""
        self.check(
            {
                "part closed": lambda env: self.relative(env, 0).write(
                    {"state": "1_done"}
                ),
                "part archived": lambda env: self.relative(env, 0).action_archive(),
                "part back": lambda env: self.relative(env, 0).action_unarchive(),
                "part of another": lambda env: self.relative(env, 0).write(
                    {"parent_id": self.cards[1]}
                ),
                "part of none": lambda env: self.relative(env, 0).write(
                    {"parent_id": False}
                ),
                "blocker archived": lambda env: self.relative(env, 1).action_archive(),
                "blocker back": lambda env: self.relative(env, 1).action_unarchive(),
                "blocker moved": lambda env: self.relative(env, 1).write(
                    {"project_id": self.board}
                ),
                "blocker moved back": lambda env: self.relative(env, 1).write(
                    {"project_id": self.other_board}
                ),
                "blocks another": lambda env: self.relative(env, 1).write(
                    {"dependent_ids": [Command.link(self.cards[0])]}
                ),
                "link cut, in SQL": _sql(
                    "DELETE FROM task_dependencies_rel WHERE task_id = %s",
                    self.cards[0],
                ),
                "blocks": lambda env: self.card(env).write(
                    {"dependent_ids": [Command.link(self.relatives[1])]}
                ),
                "their board archived": lambda env: self.closed(env).write(
                    {"active": False}
                ),
                "their board back": lambda env: self.closed(env).write(
                    {"active": True}
                ),
                "whole deleted": lambda env: self.relative(env, 2).unlink(),
                "blocker deleted": lambda env: self.relative(env, 1).unlink(),
            }
        )

    def test_templates(self):
        with self.transaction() as env:
            if "is_template" not in env["project.task"]._fields:
                self.skipTest("Odoo 18 has no templates of tasks.")
            part = self.make_card(env, "Part here", parent_id=self.cards[1])
            part.display_in_project = True
            below = self.make_card(env, "Below", parent_id=part.id)
            below.display_in_project = True
        self.check(
            {
                "made a template": lambda env: self.card(env, 1).write(
                    {"is_template": True}
                ),
                "no template": lambda env: self.card(env, 1).write(
                    {"is_template": False}
                ),
                "part made a template": lambda env: self.relative(env, 0).write(
                    {"is_template": True}
                ),
            }
        )
