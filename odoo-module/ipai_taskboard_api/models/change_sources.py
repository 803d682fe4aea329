# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What a row that changes means for the answers about boards and cards.

``tables`` names every table that an answer shows something of, or that decides who
sees it. ``KINDS`` has the statements behind: each takes numbers (``{ids}``, an array
as SQL) and gives (board, card, whether somebody may gain or lose sight of it). A
card that the board does not show is nobody's concern, unless it has just come or
gone.
"""

from dataclasses import dataclass, field

from odoo.addons.project.models.project_task import CLOSED_STATES

# In place of a card: the board itself.
BOARD = 0

_SHOWN = "{0}.active AND {0}.display_in_project AND {0}.stage_id IS NOT NULL"

_CARDS = (
    "SELECT card.project_id, card.id, FALSE FROM project_task card"
    " WHERE card.id = ANY({ids}) AND " + _SHOWN.format("card")
)
_SEEN_CARDS = _CARDS.replace("FALSE", "TRUE")
_PARENTS = (
    "SELECT other.project_id, other.id, FALSE FROM project_task card"
    " JOIN project_task other ON other.id = card.parent_id"
    " WHERE card.id = ANY({ids}) AND " + _SHOWN.format("other")
)
_SUBTASKS = (
    "SELECT other.project_id, other.id, FALSE FROM project_task other"
    " WHERE other.parent_id = ANY({ids}) AND " + _SHOWN.format("other")
)
_BLOCKERS = (
    "SELECT other.project_id, other.id, FALSE FROM task_dependencies_rel link"
    " JOIN project_task other ON other.id = link.depends_on_id"
    " WHERE link.task_id = ANY({ids}) AND " + _SHOWN.format("other")
)
_BLOCKED = (
    "SELECT other.project_id, other.id, FALSE FROM task_dependencies_rel link"
    " JOIN project_task other ON other.id = link.task_id"
    " WHERE link.depends_on_id = ANY({ids}) AND " + _SHOWN.format("other")
)
# Whatever board they are on, and however open that is: they show the card, or not.
_RELATIVES = (_PARENTS, _SUBTASKS, _BLOCKERS, _BLOCKED)
_HAS_TAGS = (
    "EXISTS (SELECT 1 FROM project_tags_project_task_rel link"
    " WHERE link.project_task_id = {0}.id)"
)
# In a stage that is not the board's own.
_STRAYED = (
    "NOT EXISTS (SELECT 1 FROM project_task_type_rel link"
    " JOIN project_task_type stage ON stage.id = link.type_id AND stage.active"
    " WHERE link.project_id = {0}.project_id AND link.type_id = {0}.stage_id)"
)
# A board shows the tags of the cards that one sees there, and stages that only these
# keep there, and counts those that stand in none.
_BOARDS_WITH = (
    f"SELECT DISTINCT card.project_id, {BOARD}, FALSE FROM project_task card"
    " WHERE card.id = ANY({ids}) AND card.active"
    f" AND ({_HAS_TAGS.format('card')} OR {_STRAYED.format('card')})"
)
# Cards of which somebody may gain or lose sight, and what shows them.
_AUDIENCE = (_SEEN_CARDS, _BOARDS_WITH, *_RELATIVES)


def _audience_of(found):
    """The same for the cards that a SELECT of their numbers finds."""
    cards = f"ARRAY({found})"
    return tuple(part.replace("{ids}", cards) for part in _AUDIENCE)


_BOARDS = f"SELECT board, {BOARD}, FALSE FROM UNNEST({{ids}}) AS board"
_BOARDS_OF_CARDS = (
    f"SELECT DISTINCT card.project_id, {BOARD}, FALSE FROM project_task card"
    " WHERE card.id = ANY({ids})"
)
_CARDS_OF_CLOSED_BOARDS = (
    "SELECT card.id FROM project_task card"
    " JOIN project_project project ON project.id = card.project_id"
    " WHERE project.privacy_visibility NOT IN ('employees', 'portal')"
)
_BOARDS_WITH_STAGES = (
    f"SELECT link.project_id, {BOARD}, FALSE FROM project_task_type_rel link"
    " WHERE link.type_id = ANY({ids})",
    f"SELECT DISTINCT card.project_id, {BOARD}, FALSE FROM project_task card"
    " WHERE card.stage_id = ANY({ids})",
)
_MEMBERS = (
    f"SELECT follower.res_id, {BOARD}, FALSE FROM mail_followers follower"
    " WHERE follower.res_model = 'project.project'"
    " AND follower.partner_id = ANY({ids})",
    f"SELECT collaborator.project_id, {BOARD}, FALSE FROM project_collaborator"
    " collaborator WHERE collaborator.partner_id = ANY({ids})",
    f"SELECT project.id, {BOARD}, FALSE FROM project_project project"
    " JOIN res_users usr ON usr.id IN (project.user_id, project.create_uid)"
    " WHERE usr.partner_id = ANY({ids})",
)

KINDS = {
    # Tasks.
    "cards": (_CARDS,),
    "relatives": _RELATIVES,
    "audience": _AUDIENCE,
    "boards_of_cards": (_BOARDS_OF_CARDS,),
    "descendants": (
        "WITH RECURSIVE below(id) AS (SELECT UNNEST({ids}) UNION"
        " SELECT task.id FROM project_task task"
        " JOIN below ON task.parent_id = below.id)"
        " SELECT card.project_id, card.id, TRUE FROM project_task card"
        " JOIN below ON below.id = card.id WHERE " + _SHOWN.format("card"),
    ),
    # Projects: themselves, all of their cards, and these only where colleagues have to
    # follow the project to see them.
    "boards": (_BOARDS,),
    "all_cards": _audience_of(
        "SELECT card.id FROM project_task card WHERE card.project_id = ANY({ids})"
    ),
    # Who is from outside sees the manager among those who follow a card.
    "managed_cards": (
        "SELECT card.project_id, card.id, FALSE FROM project_task card"
        " WHERE card.project_id = ANY({ids}) AND " + _SHOWN.format("card"),
    ),
    "managers": (
        "SELECT card.project_id, card.id, FALSE FROM project_project project"
        " JOIN project_task card ON card.project_id = project.id"
        " WHERE project.user_id = ANY({ids}) AND " + _SHOWN.format("card"),
    ),
    "closed_cards": _audience_of(
        _CARDS_OF_CLOSED_BOARDS + " AND project.id = ANY({ids})"
    ),
    "boards_beside": tuple(
        part.replace(
            "{ids}",
            "ARRAY(SELECT own.type_id FROM project_task_type_rel own"
            " WHERE own.project_id = ANY({ids}))",
        )
        for part in _BOARDS_WITH_STAGES
    ),
    "stages": _BOARDS_WITH_STAGES,
    "tags": (
        f"SELECT link.project_project_id, {BOARD}, FALSE"
        " FROM project_project_project_tags_rel link"
        " WHERE link.project_tags_id = ANY({ids})",
        f"SELECT DISTINCT card.project_id, {BOARD}, FALSE"
        " FROM project_tags_project_task_rel link"
        " JOIN project_task card ON card.id = link.project_task_id"
        " WHERE link.project_tags_id = ANY({ids})",
    ),
    "milestones": (
        "SELECT card.project_id, card.id, FALSE FROM project_task card"
        " WHERE card.milestone_id = ANY({ids}) AND " + _SHOWN.format("card"),
    ),
    # Messages: those that have files count as comments.
    "messages": (
        "SELECT card.project_id, card.id, FALSE FROM mail_message message"
        " JOIN project_task card ON card.id = message.res_id"
        " WHERE message.model = 'project.task' AND message.id = ANY({ids})"
        " AND " + _SHOWN.format("card"),
    ),
    # Cards whose comments are of a type that is no longer, or now, a note.
    "subtypes": (
        "SELECT DISTINCT card.project_id, card.id, FALSE FROM mail_message message"
        " JOIN project_task card ON card.id = message.res_id"
        " WHERE message.model = 'project.task' AND message.subtype_id = ANY({ids})"
        " AND message.message_type IN ('comment', 'email', 'email_outgoing')"
        " AND " + _SHOWN.format("card"),
    ),
    # Partners: as members only, wherever they are shown, and where others see
    # something because they follow it.
    "members": _MEMBERS,
    "people": (
        *_MEMBERS,
        "SELECT card.project_id, card.id, FALSE FROM res_users usr"
        " JOIN project_task_user_rel link ON link.user_id = usr.id"
        " JOIN project_task card ON card.id = link.task_id"
        " WHERE usr.partner_id = ANY({ids}) AND " + _SHOWN.format("card"),
        "SELECT card.project_id, card.id, FALSE FROM mail_followers follower"
        " JOIN project_task card ON card.id = follower.res_id"
        " WHERE follower.res_model = 'project.task'"
        " AND follower.partner_id = ANY({ids}) AND " + _SHOWN.format("card"),
    ),
    "following": (
        *_audience_of(
            "SELECT follower.res_id FROM mail_followers follower"
            " WHERE follower.res_model = 'project.task'"
            " AND follower.partner_id = ANY({ids})"
        ),
        *_audience_of(
            _CARDS_OF_CLOSED_BOARDS
            + " AND project.id IN (SELECT follower.res_id FROM mail_followers follower"
            " WHERE follower.res_model = 'project.project'"
            " AND follower.partner_id = ANY({ids}))"
        ),
    ),
    # Users: what they are shows through their partners.
    "users": tuple(
        part.replace(
            "{ids}",
            "ARRAY(SELECT usr.partner_id FROM res_users usr WHERE usr.id = ANY({ids}))",
        )
        for part in _MEMBERS
    ),
    # Groups: the roles that they give show on every board.
    "groups": (
        f"SELECT project.id, {BOARD}, FALSE FROM project_project project"
        " WHERE project.active AND cardinality({ids}) > 0",
    ),
}


@dataclass(frozen=True)
class Table:
    """A table whose changes are noted.

    ``noted``: {kind: number of a changed row}, with a condition after FILTER where not
    every row counts. A row that is updated counts as it was and as it is; nothing is
    noted if all of ``compared`` stayed the same (empty: any update counts).
    ``flags`` are expressions (``{0}`` is the row): {name: those of which one changed};
    all are true of rows that come or go. ``rows`` are the changed rows themselves, as
    (board, card, sight). ``key`` is None for a table of links alone.
    """

    columns: tuple
    noted: dict
    compared: tuple = ()
    flags: dict = field(default_factory=dict)
    rows: str = ""
    key: str | None = "id"


def _when(condition, number="id"):
    return f"{number} FILTER (WHERE {condition})"


_CLOSED = "{{0}}.state IN ({})".format(", ".join(f"'{one}'" for one in CLOSED_STATES))
_COMMENT_OF_CARD = (
    "model = 'project.task'"
    " AND message_type IN ('comment', 'email', 'email_outgoing')"
)
# What puts a task on a board, or takes it away; a template hides what is below, and one
# of Odoo's rules asks for the parent.
_PLACE = ("active", "company_id", "display_in_project", "project_id")
_TEMPLATE = "is_template"
_SEEN_PARTNER = ("commercial_partner_id", "company_id", "parent_id", "partner_share")


def tables(has_templates):
    """{name: Table}; ``has_templates``: whether tasks and projects can be some."""
    template = (_TEMPLATE,) if has_templates else ()
    return {
        "project_task": Table(
            columns=(
                *("id", "project_id", "stage_id", "parent_id"),
                *("active", "display_in_project", "state"),
            ),
            # What a module's own new column is filled with is no change.
            compared=(
                *("write_date", "create_date", "name", "description", "priority"),
                *("date_deadline", "sequence", "state", "stage_id", "milestone_id"),
                *("parent_id", "taskboard_stage_since", *_PLACE, *template),
            ),
            flags={
                "placed": (
                    *(f"{{0}}.{name}" for name in (*_PLACE, *template)),
                    "{0}.stage_id IS NULL",
                ),
                "staged": ("{0}.stage_id",),
                "counted": ("{0}.parent_id", _CLOSED),
                "below": ("{0}.parent_id", *(f"{{0}}.{name}" for name in template)),
            },
            rows="SELECT project_id, id, placed OR below FROM changed WHERE "
            + _SHOWN.format("changed"),
            noted={
                "cards": _when("placed OR counted", "parent_id"),
                "relatives": _when("placed"),
                "boards": _when(
                    f"placed AND {_HAS_TAGS.format('changed')}"
                    f" OR (placed OR staged) AND {_STRAYED.format('changed')}",
                    "project_id",
                ),
                **({"descendants": _when("below")} if has_templates else {}),
            },
        ),
        "project_task_user_rel": Table(
            columns=("task_id", "user_id"),
            compared=("task_id", "user_id"),
            noted={"audience": "task_id"},
        ),
        "task_dependencies_rel": Table(
            columns=("task_id", "depends_on_id"),
            key=None,
            noted={"cards": ("task_id", "depends_on_id")},
        ),
        "project_tags_project_task_rel": Table(
            columns=("project_task_id",),
            key=None,
            noted={"cards": "project_task_id", "boards_of_cards": "project_task_id"},
        ),
        "ipai_taskboard_checklist_item": Table(
            columns=("task_id",), noted={"cards": "task_id"}
        ),
        "project_milestone": Table(columns=("id",), noted={"milestones": "id"}),
        "mail_message": Table(
            columns=("model", "res_id", "message_type"),
            compared=(
                *("body", "is_internal", "message_type"),
                *("model", "res_id", "subtype_id"),
            ),
            noted={"cards": _when(_COMMENT_OF_CARD, "res_id")},
        ),
        "message_attachment_rel": Table(
            columns=("message_id",), key=None, noted={"messages": "message_id"}
        ),
        "mail_message_subtype": Table(
            columns=("id",), compared=("internal",), noted={"subtypes": "id"}
        ),
        "mail_followers": Table(
            columns=("res_model", "res_id"),
            compared=("res_model", "res_id", "partner_id"),
            noted={
                "audience": _when("res_model = 'project.task'", "res_id"),
                "boards": _when("res_model = 'project.project'", "res_id"),
                "closed_cards": _when("res_model = 'project.project'", "res_id"),
            },
        ),
        "project_project": Table(
            columns=("id",),
            flags={
                "managed": ("{0}.user_id",),
                "listed": tuple(f"{{0}}.{name}" for name in ("active", *template)),
                "opened": tuple(
                    f"{{0}}.{name}"
                    for name in (
                        *("allow_milestones", "company_id", "privacy_visibility"),
                        *template,
                    )
                ),
            },
            noted={
                "boards": "id",
                "managed_cards": _when("managed"),
                "boards_beside": _when("listed"),
                "all_cards": _when("opened"),
            },
        ),
        "project_task_type": Table(columns=("id",), noted={"stages": "id"}),
        "project_task_type_rel": Table(
            columns=("project_id", "type_id"),
            key=None,
            noted={"boards": "project_id", "stages": "type_id"},
        ),
        "project_tags": Table(columns=("id",), noted={"tags": "id"}),
        "project_project_project_tags_rel": Table(
            columns=("project_project_id",),
            key=None,
            noted={"boards": "project_project_id"},
        ),
        "project_collaborator": Table(
            columns=("project_id",),
            noted={"boards": "project_id", "all_cards": "project_id"},
        ),
        "res_partner": Table(
            columns=("id",),
            compared=(
                *("active", "complete_name", "email", "email_normalized", "name"),
                *_SEEN_PARTNER,
            ),
            flags={"seen": tuple(f"{{0}}.{name}" for name in _SEEN_PARTNER)},
            noted={"people": "id", "following": _when("seen")},
        ),
        "res_users": Table(
            columns=("id", "partner_id"),
            compared=("active", "partner_id", "share"),
            flags={"other": ("{0}.partner_id",)},
            noted={"people": "partner_id", "managers": _when("other")},
        ),
        "res_groups_users_rel": Table(
            columns=("uid",), key=None, noted={"users": "uid"}
        ),
        "res_groups_implied_rel": Table(
            columns=("gid",), key=None, noted={"groups": "gid"}
        ),
    }
