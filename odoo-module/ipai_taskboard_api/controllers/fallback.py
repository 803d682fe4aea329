# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import BASE, TaskboardDispatcher, method_or_route_error


class FallbackController(http.Controller):
    """Everything below the base path that is no endpoint: 404, or 405."""

    @http.route(
        [BASE, f"{BASE}/<path:rest>"],
        type=TaskboardDispatcher.routing_type,
        auth="none",
        csrf=False,
        save_session=False,
        readonly=True,
        fallback=True,
    )
    def fallback(self, rest=None):
        raise method_or_route_error(request.httprequest.path)
