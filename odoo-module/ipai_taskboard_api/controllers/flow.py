# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, flow, mapping


class FlowController(http.Controller):
    @route("getFlow")
    def get_flow(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        days = flow.of_board(project, query["from"], query["to"])
        return Answer({"days": [mapping.flow_day(*day) for day in days]})
