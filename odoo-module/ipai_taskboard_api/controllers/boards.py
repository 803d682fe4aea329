# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, mapping, requests


class BoardsController(http.Controller):
    @route("/boards", "GET", query=requests.BOARDS_QUERY)
    def list_boards(self):
        query = request.dispatcher.query
        projects, total = boards.page(request.env, query["page"], query["limit"])
        loaded = boards.LoadedBoards(projects)
        return Answer(
            {
                "boards": [mapping.board(project, loaded) for project in projects],
                "total": total,
                "page": query["page"],
                "limit": query["limit"],
            }
        )

    @route("/boards", "POST")
    def create_board(self):
        request.env["project.project"].check_access("create")
        body = request.dispatcher.body(requests.BOARD_CREATE)
        project = boards.create(request.env, body)
        loaded = boards.LoadedBoards(project)
        return Answer({"board": mapping.board(project, loaded)}, 201)

    @route("/boards/<board_id>", "GET")
    def get_board(self, board_id):
        project = boards.find(request.env, board_id, boards.FIELDS)
        loaded = boards.LoadedBoards(project)
        return Answer(mapping.board_detail(project, loaded))
