# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a change of one record means for the answers about boards and cards.

Each kind has statements that take a list of ids and give (board, card, whether
somebody may gain or lose sight of it). A card that the board does not show is
nobody's concern, unless it has just come or gone.
"""

# In place of a card: the board itself.
BOARD = 0

_SHOWN = "{0}.active AND {0}.display_in_project AND {0}.stage_id IS NOT NULL"

_CARDS = (
    "SELECT card.project_id, card.id, FALSE FROM project_task card"
    " WHERE card.id = ANY(%s) AND " + _SHOWN.format("card")
)
_PARENTS = (
    "SELECT other.project_id, other.id, FALSE FROM project_task card"
    " JOIN project_task other ON other.id = card.parent_id"
    " WHERE card.id = ANY(%s) AND " + _SHOWN.format("other")
)
_SUBTASKS = (
    "SELECT other.project_id, other.id, FALSE FROM project_task other"
    " WHERE other.parent_id = ANY(%s) AND " + _SHOWN.format("other")
)
_BLOCKERS = (
    "SELECT other.project_id, other.id, FALSE FROM task_dependencies_rel link"
    " JOIN project_task other ON other.id = link.depends_on_id"
    " WHERE link.task_id = ANY(%s) AND " + _SHOWN.format("other")
)
_BLOCKED = (
    "SELECT other.project_id, other.id, FALSE FROM task_dependencies_rel link"
    " JOIN project_task other ON other.id = link.task_id"
    " WHERE link.depends_on_id = ANY(%s) AND " + _SHOWN.format("other")
)
_RELATIVES = (_PARENTS, _SUBTASKS, _BLOCKERS, _BLOCKED)
# Where not everybody who sees the board sees all of its cards.
_CLOSED_BOARDS = (
    " AND other.project_id IN (SELECT project.id FROM project_project project"
    " WHERE project.privacy_visibility <> 'employees')"
)
_BOARDS = "SELECT board, 0, FALSE FROM UNNEST(%s) AS board"
# A board also shows the tags of its cards, and stages that only cards keep there.
_BOARDS_OF_TAGGED = (
    "SELECT card.project_id, 0, FALSE FROM project_task card"
    " WHERE card.id = ANY(%s) AND EXISTS (SELECT 1 FROM"
    " project_tags_project_task_rel link WHERE link.project_task_id = card.id)"
)
_BOARDS_OF_STRAYED = (
    "SELECT card.project_id, 0, FALSE FROM project_task card"
    " WHERE card.id = ANY(%s) AND NOT EXISTS (SELECT 1 FROM project_task_type_rel link"
    " JOIN project_task_type stage ON stage.id = link.type_id AND stage.active"
    " WHERE link.project_id = card.project_id AND link.type_id = card.stage_id)"
)
_BOARDS_OF_CARDS = (
    "SELECT card.project_id, 0, FALSE FROM project_task card WHERE card.id = ANY(%s)"
)
_MEMBERS = (
    "SELECT follower.res_id, 0, FALSE FROM mail_followers follower"
    " WHERE follower.res_model = 'project.project' AND follower.partner_id = ANY(%s)",
    "SELECT collaborator.project_id, 0, FALSE FROM project_collaborator collaborator"
    " WHERE collaborator.partner_id = ANY(%s)",
    "SELECT project.id, 0, FALSE FROM project_project project JOIN res_users usr"
    " ON usr.id IN (project.user_id, project.create_uid)"
    " WHERE usr.partner_id = ANY(%s)",
)

SOURCES = {
    # Tasks: that changed; and that came, went or moved to another board.
    "cards": (_CARDS,),
    "placed": (_CARDS, *_RELATIVES, _BOARDS_OF_TAGGED, _BOARDS_OF_STRAYED),
    # Tasks whose followers or assignees changed.
    "audience": (
        "SELECT card.project_id, card.id, TRUE FROM project_task card"
        " WHERE card.id = ANY(%s) AND " + _SHOWN.format("card"),
        *(source + _CLOSED_BOARDS for source in _RELATIVES),
    ),
    # Tasks whose parents show them differently.
    "subtasks": (_PARENTS,),
    "moved": (_BOARDS_OF_STRAYED,),
    "tagged": (_BOARDS_OF_CARDS,),
    # Projects.
    "boards": (_BOARDS,),
    "all_cards": (
        "SELECT card.project_id, card.id, TRUE FROM project_task card"
        " WHERE card.project_id = ANY(%s) AND " + _SHOWN.format("card"),
    ),
    # Stages: boards that have one, and boards whose cards stand in one.
    "stages": (
        "SELECT link.project_id, 0, FALSE FROM project_task_type_rel link"
        " WHERE link.type_id = ANY(%s)",
        "SELECT DISTINCT card.project_id, 0, FALSE FROM project_task card"
        " WHERE card.stage_id = ANY(%s)",
    ),
    "tags": (
        "SELECT link.project_project_id, 0, FALSE"
        " FROM project_project_project_tags_rel link"
        " WHERE link.project_tags_id = ANY(%s)",
        "SELECT DISTINCT card.project_id, 0, FALSE"
        " FROM project_tags_project_task_rel link"
        " JOIN project_task card ON card.id = link.project_task_id"
        " WHERE link.project_tags_id = ANY(%s)",
    ),
    "cards_with_tag": (
        "SELECT card.project_id, card.id, FALSE FROM project_tags_project_task_rel link"
        " JOIN project_task card ON card.id = link.project_task_id"
        " WHERE link.project_tags_id = ANY(%s) AND " + _SHOWN.format("card"),
    ),
    "milestones": (
        "SELECT card.project_id, card.id, FALSE FROM project_task card"
        " WHERE card.milestone_id = ANY(%s) AND " + _SHOWN.format("card"),
    ),
    # Partners: as members only, and wherever they are shown.
    "members": _MEMBERS,
    "people": (
        *_MEMBERS,
        "SELECT card.project_id, card.id, FALSE FROM res_users usr"
        " JOIN project_task_user_rel link ON link.user_id = usr.id"
        " JOIN project_task card ON card.id = link.task_id"
        " WHERE usr.partner_id = ANY(%s) AND " + _SHOWN.format("card"),
        "SELECT card.project_id, card.id, FALSE FROM mail_followers follower"
        " JOIN project_task card ON card.id = follower.res_id"
        " WHERE follower.res_model = 'project.task'"
        " AND follower.partner_id = ANY(%s) AND " + _SHOWN.format("card"),
    ),
    # Groups: the roles that they give show on every board.
    "groups": (
        "SELECT project.id, 0, FALSE FROM project_project project"
        " WHERE project.active AND cardinality(%s::int[]) > 0",
    ),
}
