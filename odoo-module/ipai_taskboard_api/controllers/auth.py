# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import sign_in


class AuthController(http.Controller):
    @route("createToken")
    def create_token(self):
        body = request.dispatcher.body()
        token, seconds = sign_in.issue_token(
            request.env, body["username"], body["password"]
        )
        return Answer({"token": token, "expires_in": seconds})

    @route("revokeToken")
    def revoke_token(self):
        sign_in.revoke_token(request)
        return Answer(status=204)
