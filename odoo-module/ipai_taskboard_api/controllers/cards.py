# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request
from odoo.tools import LazyTranslate

from .. import errors
from ..dispatcher import Answer, route
from ..services import boards, card_changes, cards, headers, mapping, my_cards, rows
from ..services.loaded_cards import LoadedCards

_lt = LazyTranslate(__name__)


class CardsController(http.Controller):
    @route("listCards")
    def list_cards(self, board_id):
        project = boards.find(request.env, board_id)
        query = request.dispatcher.query
        return _page_answer(query, *cards.page(project, query), board=project)

    @route("listMyCards")
    def list_my_cards(self):
        query = request.dispatcher.query
        return _page_answer(query, *my_cards.page(request.env, query))

    @route("createCard")
    def create_card(self):
        dispatcher = request.dispatcher
        # A board that is not there comes before anything else in the body.
        board_id = dispatcher.key("board_id")
        project = request.env["project.project"]
        if board_id:
            project = boards.find(request.env, board_id)
        cards.check_create(project)
        body = dispatcher.body()
        return _card_answer(card_changes.create(project, body), 201)

    @route("getCard")
    def get_card(self, card_id):
        return _card_answer(cards.find(request.env, card_id), wrapped=False)

    @route("updateCard")
    def update_card(self, card_id):
        dispatcher = request.dispatcher
        # An archived card is found only by who wants to bring it back.
        archived = bool(dispatcher.key("active"))
        task = cards.find(request.env, card_id, archived)
        cards.check_write(task)
        rows.lock(task)
        body = dispatcher.body()
        planned = card_changes.plan(task, body)
        _check_precondition(task)
        card_changes.apply(task, planned)
        return _card_answer(task)

    @route("archiveCard")
    def archive_card(self, card_id):
        task = cards.find(request.env, card_id)
        cards.check_write(task)
        rows.lock(task)
        request.dispatcher.check_query()
        _check_precondition(task)
        card_changes.archive(task)
        return Answer(status=204)


def _page_answer(query, tasks, total, board=None):
    loaded = LoadedCards(tasks, summary=bool(query["view"]), board=board)
    return Answer(
        {
            "cards": mapping.cards(loaded),
            "total": total,
            "page": query["page"],
            "limit": query["limit"],
        }
    )


def _card_answer(task, status=200, wrapped=True):
    loaded = LoadedCards(task)
    card = mapping.card(loaded.one(), loaded)
    tag = {"ETag": mapping.card_etag(loaded.one(), loaded)}
    return Answer({"card": card} if wrapped else card, status, tag)


def _check_precondition(task):
    """412 with the present card unless If-Match names its entity tag."""
    if not headers.has_precondition(request.httprequest):
        return
    loaded = LoadedCards(task)
    present = mapping.card_etag(loaded.one(), loaded)
    if not headers.matches(request.httprequest, present):
        raise errors.ApiError(
            412,
            "PRECONDITION_FAILED",
            _lt("The card was changed since it was read."),
            {"card": mapping.card(loaded.one(), loaded)},
            {"ETag": present},
        )
