# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, mapping, requests, stages


class StagesController(http.Controller):
    @route("/boards/<board_id>/stages", "POST")
    def create_stage(self, board_id):
        project = boards.find(request.env, board_id)
        stages.check_create(project)
        body = request.dispatcher.body(requests.STAGE_CREATE)
        return _stage_answer(stages.create(project, body), 201)

    @route("/stages/<stage_id>", "PATCH")
    def update_stage(self, stage_id):
        stage = stages.find(request.env, stage_id)
        stages.check_change(stage, "write")
        stages.update(stage, request.dispatcher.body(requests.STAGE_UPDATE))
        return _stage_answer(stage)

    @route("/stages/<stage_id>", "DELETE")
    def delete_stage(self, stage_id):
        stage = stages.find(request.env, stage_id)
        stages.check_change(stage, "unlink")
        stages.delete(stage)
        return Answer(status=204)


def _stage_answer(stage, status=200):
    return Answer({"stage": mapping.stage(stage, stages.shared_with(stage))}, status)
