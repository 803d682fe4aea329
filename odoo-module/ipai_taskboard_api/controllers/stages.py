# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from odoo import http
from odoo.http import request

from ..dispatcher import Answer, route
from ..services import boards, mapping, rows, stages


class StagesController(http.Controller):
    @route("createStage")
    def create_stage(self, board_id):
        project = boards.find(request.env, board_id)
        stages.check_create(project)
        body = request.dispatcher.body()
        return _stage_answer(stages.create(project, body), 201)

    @route("updateStage")
    def update_stage(self, stage_id):
        stage = stages.find(request.env, stage_id)
        stages.check_change(stage, "write")
        rows.lock(stage)
        stages.update(stage, request.dispatcher.body())
        return _stage_answer(stage)

    @route("deleteStage")
    def delete_stage(self, stage_id):
        stage = stages.find(request.env, stage_id)
        stages.check_change(stage, "unlink")
        rows.lock(stage)
        request.dispatcher.check_query()
        stages.delete(stage)
        return Answer(status=204)


def _stage_answer(stage, status=200):
    return Answer({"stage": mapping.stage(stage, stages.shared_with(stage))}, status)
