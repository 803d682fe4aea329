# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import board_changes, boards, changes, mapping, rows, versions


class BoardsController(http.Controller):
    @route("listBoards")
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

    @route("createBoard")
    def create_board(self):
        request.env["project.project"].check_access("create")
        body = request.dispatcher.body()
        return _board_answer(board_changes.create(request.env, body), 201)

    @route("getBoard")
    def get_board(self, board_id):
        project = boards.find(request.env, board_id)
        version = versions.of_board(project, *changes.place(project))

        def make():
            project.fetch(boards.FIELDS)
            loaded = boards.LoadedBoards(project)
            return Answer(mapping.board_detail(project, loaded))

        return request.dispatcher.unless_known(version, make)

    @route("updateBoard")
    def update_board(self, board_id):
        project = _writable(board_id)
        board_changes.update(project, request.dispatcher.body())
        return _board_answer(project)

    @route("addMember")
    def add_member(self, board_id):
        project = _writable(board_id)
        board_changes.give_role(project, request.dispatcher.body())
        return _board_answer(project, 201)

    @route("removeMember")
    def remove_member(self, board_id, partner_id):
        project = _writable(board_id)
        request.dispatcher.check_query()
        board_changes.remove_member(project, partner_id)
        return Answer(status=204)


def _writable(board_id):
    project = boards.find(request.env, board_id, boards.FIELDS)
    project.check_access("write")
    rows.lock(project)
    return project


def _board_answer(project, status=200):
    loaded = boards.LoadedBoards(project)
    return Answer({"board": mapping.board(project, loaded)}, status)
