# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import mapping
from ..services.people import People


class MeController(http.Controller):
    @route("getMe")
    def me(self):
        user = request.env.user
        people = People(request.env).load([user.partner_id.id])
        return Answer(mapping.me(user, people))
