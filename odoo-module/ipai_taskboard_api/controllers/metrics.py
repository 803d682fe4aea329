# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import metrics


class MetricsController(http.Controller):
    @route("/metrics", "GET", sign_in=False, hidden=True)
    def metrics(self):
        metrics.check_access(request.env, request.httprequest.headers)
        headers = {"Content-Type": metrics.CONTENT_TYPE}
        return Answer(metrics.exposition(request.env), headers=headers)
