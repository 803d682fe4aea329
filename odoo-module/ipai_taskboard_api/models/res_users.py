# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import models

# What decides the role of a member; the groups have a name for each version.
_ROLE = {"active", "group_ids", "groups_id", "partner_id"}


class ResUsers(models.Model):
    _inherit = "res.users"

    def write(self, vals):
        shows = not _ROLE.isdisjoint(vals)
        if shows:
            self._taskboard_note()
        result = super().write(vals)
        if shows:
            self._taskboard_note()
        return result

    def unlink(self):
        # sudo: whom the users stand for, whoever removes them.
        partners = self.sudo().partner_id
        self.env["ipai.taskboard.change"]._note_before(people=partners.ids)
        return super().unlink()

    def _taskboard_note(self):
        # sudo: as in ``unlink``.
        partners = self.sudo().partner_id
        self.env["ipai.taskboard.change"]._note(people=partners.ids)
