# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..contract import Endpoint
from ..dispatcher import Answer, unlisted_route
from ..services import metrics

_METRICS = Endpoint("getMetrics", "GET", "/metrics", sign_in=False, query={}, body=None)


class MetricsController(http.Controller):
    @unlisted_route(_METRICS)
    def metrics(self):
        metrics.check_access(request.env, request.httprequest.headers)
        headers = {"Content-Type": metrics.CONTENT_TYPE}
        return Answer(metrics.exposition(request.env), headers=headers)
