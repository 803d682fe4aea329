# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, groups, mapping


class GroupsController(http.Controller):
    @route("listGroups")
    def list_groups(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        found = groups.count(project, query["by"], query)
        return Answer({"groups": [mapping.group(*group) for group in found]})
