# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, people_search


class PeopleController(http.Controller):
    @route("listPeople")
    def list_people(self, board_id):
        project = boards.find(request.env, board_id, ["user_id"])
        query = request.dispatcher.query
        found = people_search.find(project, query["q"] or "", query["limit"])
        return Answer({"people": found})
