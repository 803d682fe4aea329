# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

COMMENT_TYPES = ("comment", "email", "email_outgoing")


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
