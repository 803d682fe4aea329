# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

from ..services.api_keys import SCOPE


class ResUsersApikeys(models.Model):
    _inherit = "res.users.apikeys"

    def unlink(self):
        """Tokens end with the key that they may have been got with."""
        users = self.filtered(lambda key: key.scope != SCOPE).user_id
        result = super().unlink()
        users._taskboard_end_tokens()
        return result
