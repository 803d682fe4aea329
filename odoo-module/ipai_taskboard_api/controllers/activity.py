# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import activity, cards, comments, mapping
from ..services.people import People


class ActivityController(http.Controller):
    @route("listActivity")
    def list_activity(self, card_id):
        task = cards.find(request.env, card_id)
        query = request.dispatcher.query
        events, total = activity.page(task, query)
        people = _people(events)
        return Answer(
            {
                "activities": [mapping.activity(event, people) for event in events],
                "total": total,
                "page": query["page"],
                "limit": query["limit"],
            }
        )

    @route("addComment")
    def create_comment(self, card_id):
        task = cards.find(request.env, card_id)
        comments.check_may_post(task)
        body = request.dispatcher.body()
        event = activity.of_message(comments.post(task, body))
        return Answer({"activity": mapping.activity(event, _people([event]))}, 201)


def _people(events):
    ids = set().union(*(event.partner_ids() for event in events))
    return People(request.env).load(ids)
