# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, changes, mapping, versions
from ..services.loaded_cards import LoadedCards


class FeedsController(http.Controller):
    """A board at once, and what changes on it."""

    @route("getSnapshot")
    def get_snapshot(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        cursor, exact = changes.place(project)
        version = versions.of_snapshot(project, cursor, exact, query)

        def make():
            project.fetch(boards.FIELDS)
            board = boards.LoadedBoards(project)
            tasks = board.cards.first(board.stages(project), query["per_stage"])
            cards = LoadedCards(tasks, summary=bool(query["view"]), board=project)
            return Answer(
                {
                    "board": mapping.board_detail(project, board),
                    "cards": mapping.cards(cards),
                    "cursor": cursor,
                }
            )

        return request.dispatcher.unless_known(version, make)

    @route("listChanges")
    def list_changes(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        if query["since"] is None:
            return Answer(mapping.changes(changes.none(project), ()))
        found = changes.since(project, query["since"], query["limit"])
        cards = LoadedCards(found.tasks, summary=bool(query["view"]), board=project)
        return Answer(mapping.changes(found, cards))
