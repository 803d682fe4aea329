# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import api, models

COMMENT_TYPES = ("comment", "email", "email_outgoing")
# What decides whether a message counts, and for whom.
_COUNTED = {
    "attachment_ids",
    "body",
    "is_internal",
    "message_type",
    "model",
    "res_id",
    "subtype_id",
}


class MailMessage(models.Model):
    _inherit = "mail.message"

    def init(self):
        """An index of the comments alone, a few among a task's many messages."""
        result = super().init()
        self.env.cr.execute(
            "CREATE INDEX IF NOT EXISTS mail_message_taskboard_comment_index"
            " ON mail_message (res_id) WHERE model = 'project.task'"
            " AND message_type IN ('comment', 'email', 'email_outgoing')"
        )
        return result

    @api.model_create_multi
    def create(self, vals_list):
        messages = super().create(vals_list)
        messages._taskboard_note()
        return messages

    def write(self, vals):
        if _COUNTED.isdisjoint(vals):
            return super().write(vals)
        self._taskboard_note()
        result = super().write(vals)
        self._taskboard_note()
        return result

    def unlink(self):
        self._taskboard_note()
        return super().unlink()

    def _taskboard_note(self):
        """Cards count their comments."""
        # sudo: who may write a message need not be able to read its type.
        cards = [
            message.res_id
            for message in self.sudo()
            if message.model == "project.task" and message.message_type in COMMENT_TYPES
        ]
        if cards:
            self.env["ipai.taskboard.change"]._note(cards=cards)
