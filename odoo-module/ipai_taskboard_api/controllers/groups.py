# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from .. import errors
from ..dispatcher import Answer, route
from ..services import boards, groups, mapping, requests


class GroupsController(http.Controller):
    @route("/boards/<board_id>/groups", "GET", query=requests.GROUPS_QUERY)
    def list_groups(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        if query["by"] is None:
            raise errors.refused(
                "by", f"by is required: {', '.join(requests.GROUPED_BY)}."
            )
        found = groups.count(project, query["by"], query)
        return Answer({"groups": [mapping.group(*group) for group in found]})
