# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The tables behind every key of ``mapping``'s Board and Card.

A table that is named here is one that the log of changes listens to; a key that is new
there is to be named here. Tests hold both.
"""

_PERSON = ("res_partner", "res_users")
_SEEN_CARDS = (
    *("project_task", "project_project", "project_collaborator", "mail_followers"),
    *("project_task_user_rel", "res_partner"),
)
_STAGES = ("project_task_type", "project_task_type_rel", "project_task")

BOARD = {
    "board_id": (),
    "name": ("project_project",),
    "owner": ("project_project", *_PERSON),
    "visibility": ("project_project",),
    "members": (
        *("project_project", "mail_followers", "project_collaborator", *_PERSON),
        *("res_groups_users_rel", "res_groups_implied_rel"),
    ),
    "stages": (*_STAGES, "project_project"),
    "tags": (
        *("project_tags", "project_project_project_tags_rel"),
        *("project_tags_project_task_rel", "project_task"),
    ),
    "description": ("project_project",),
    "description_lossy": ("project_project",),
    "created_at": ("project_project",),
    "updated_at": ("project_project",),
}
# Beside them in a BoardDetail: a client knows no card that stands in no stage.
DETAIL = {"without_stage": _SEEN_CARDS}
# What a client counts itself is no change of the board.
COUNTED = {"card_counts": ("project_task",)}
STAGE = {
    "stage_id": (),
    "name": ("project_task_type",),
    "order": ("project_task_type",),
    "wip_limit": ("project_task_type",),
    "fold": ("project_task_type",),
    "shared_with": ("project_task_type_rel", "project_project"),
    # Templates that are deleted leave the stage without one.
    "mails_on_entry": ("project_task_type", "project_project"),
}
COUNTED_OF_STAGE = {"overdue": ("project_task",), "by_state": ("project_task",)}
CARD = {
    "card_id": (),
    "board_id": ("project_task",),
    "stage_id": ("project_task",),
    "title": ("project_task",),
    "description_md": ("project_task",),
    "description_lossy": ("project_task",),
    "priority": ("project_task",),
    "due_date": ("project_task",),
    "created_at": ("project_task",),
    "updated_at": ("project_task",),
    "owners": ("project_task_user_rel", *_PERSON),
    # Outside one sees the board's manager there, whoever else follows.
    "watchers": ("mail_followers", "project_project", *_PERSON),
    "tags": ("project_tags_project_task_rel",),
    "checklist": ("ipai_taskboard_checklist_item",),
    "checklist_done": ("ipai_taskboard_checklist_item",),
    "checklist_total": ("ipai_taskboard_checklist_item",),
    "parent_id": _SEEN_CARDS,
    "subtask_ids": _SEEN_CARDS,
    "subtasks_done": _SEEN_CARDS,
    "dependencies": ("task_dependencies_rel", *_SEEN_CARDS),
    "sequence": ("project_task",),
    "state": ("project_task",),
    "closed": ("project_task",),
    "web_url": (),
    "comment_count": ("mail_message", "mail_message_subtype", "message_attachment_rel"),
    "milestone": ("project_task", "project_milestone", "project_project"),
    "stage_since": ("project_task",),
}
