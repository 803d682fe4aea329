# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import mapping, tags


class TagsController(http.Controller):
    @route("listTags")
    def list_tags(self):
        query = request.dispatcher.query
        found = tags.find(request.env, query["q"], query["limit"])
        return Answer({"tags": [mapping.tag(tag) for tag in found]})

    @route("createTag")
    def create_tag(self):
        request.env["project.tags"].check_access("create")
        body = request.dispatcher.body()
        tag, new = tags.make(request.env, body["name"], body.get("color"))
        return Answer({"tag": tag}, 201 if new else 200)
