# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Stages, which Odoo shares between boards: making, changing and deleting them."""

from odoo import Command
from odoo.tools import LazyTranslate

from .. import errors
from . import boards, cards
from .readers import INT32

_lt = LazyTranslate(__name__)

FIELDS = ["name", "sequence", "fold", "taskboard_wip_limit", "user_id"]


def find(env, number):
    """The stage ``number`` of a board that the user sees; 404 otherwise.

    Odoo lets every employee read every stage; whoever sees none of its boards
    has no business with it. Personal stages belong to no board.
    """
    stages = env["project.task.type"].with_context(active_test=False)
    wanted = [("id", "=", number), ("user_id", "=", False)]
    stage = stages.search_fetch(wanted, FIELDS).with_env(env)
    if not stage or not (_boards(stage) or _is_used(stage)):
        raise errors.not_found("stage")
    return stage


def check_create(project):
    """403 unless the user may add stages to the board."""
    project.env["project.task.type"].check_access("create")
    project.check_access("write")


def check_change(stage, operation):
    """403 unless the user may ``write`` or ``unlink`` the stage.

    It is a part of its boards, so they must be the user's to change as well:
    other modules of Odoo (To-Do) open the stages alone to every employee.
    """
    stage.check_access(operation)
    _boards(stage).check_access("write")


def create(project, body):
    """Add a stage to the board and return it; the last one without ``order``."""
    env = project.env
    if "order" in body:
        order = body["order"]
    else:
        order = min(_last_order(project) + 1, INT32)
    stage = env["project.task.type"].create(
        {
            "name": body["name"],
            "sequence": order,
            "fold": body.get("fold", False),
            "taskboard_wip_limit": body.get("wip_limit", 0),
            "project_ids": [Command.link(project.id)],
            # Odoo makes it the caller's personal stage otherwise.
            "user_id": False,
        }
    )
    env.flush_all()
    return stage


def update(stage, body):
    """Write what ``body`` changes, for every board that has the stage."""
    wanted = {
        "name": body.get("name", stage.name),
        "sequence": body.get("order", stage.sequence),
        "fold": body.get("fold", stage.fold),
    }
    if "wip_limit" in body:
        wanted["taskboard_wip_limit"] = body["wip_limit"] or 0
    changes = {key: value for key, value in wanted.items() if stage[key] != value}
    if changes:
        stage.write(changes)
    stage.env.flush_all()


def delete(stage):
    """Delete a stage that holds no cards at all; 409 otherwise."""
    # sudo: cards that the user may not see must not be lost either; nothing of
    # them is told. Archived ones count, as in Odoo's own dialog.
    tasks = stage.env["project.task"].sudo().with_context(active_test=False)
    held = tasks.search_fetch(
        [("stage_id", "=", stage.id)], ["active"], order="active desc", limit=1
    )
    if held.active:
        raise errors.ApiError(
            409, "CONFLICT", _lt("The stage still holds cards: move them first.")
        )
    if held:
        raise errors.ApiError(
            409,
            "CONFLICT",
            _lt(
                "The stage still holds archived cards: bring them back and move"
                " them, or archive the stage in Odoo."
            ),
        )
    stage.unlink()
    stage.env.flush_all()


def shared_with(stage):
    """How many other boards the stage belongs to."""
    return max(0, boards.counts_of_stages(stage).get(stage.id, 0) - 1)


def _boards(stage):
    projects = stage.env["project.project"]
    return projects.search([("type_ids", "in", stage.ids), *boards.domain(stage.env)])


def _is_used(stage):
    """Whether a card that the user sees stands in it, though no board has it."""
    shown = [("stage_id", "=", stage.id), *cards.board_domain(stage.env)]
    shown.append(("project_id.active", "=", True))
    return bool(stage.env["project.task"].search(shown, limit=1))


def _last_order(project):
    stages = project.env["project.task.type"].with_context(active_test=False)
    present = [("id", "in", list(boards.stage_ids(project)))]
    return stages.search_fetch(
        present, ["sequence"], order="sequence desc", limit=1
    ).sequence
