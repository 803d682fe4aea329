# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the record rules of tasks make sight depend on.

The log says who may gain or lose sight of a card by what Odoo's own rules ask for
(``models/change_sources.py``). A rule that somebody else made may ask for anything.
"""

from odoo.tools import SQL

from . import board_scope, cards, sight_mark

_BOARD = (
    "id",
    "active",
    "company_id",
    "privacy_visibility",
    "message_partner_ids",
    "collaborator_ids",
    "collaborator_ids.partner_id",
    "collaborator_ids.limited_access",
)
_LOGGED = {
    *("id", "active", "company_id", "display_in_project", "is_template"),
    *("message_partner_ids", "parent_id", "project_id", "user_ids"),
    *(f"project_id.{path}" for path in _BOARD),
}


def depends_on_columns(env):
    """Whether any change of a card may take it out of sight."""
    return not sight_mark.paths(env) <= _LOGGED


def depends_on_others(env):
    """Whether changes of other records, which the log knows nothing of, may do so."""
    return any("." in path for path in sight_mark.paths(env) - _LOGGED)


def shown(project):
    """A digest of the numbers of all cards that the viewer sees on the board."""
    query = board_scope.search(project, cards.board_domain(project.env))
    numbers = SQL(
        "md5(string_agg(%(table)s.id::text, ',' ORDER BY %(table)s.id))",
        table=SQL.identifier("project_task"),
    )
    ((digest,),) = project.env.execute_query(query.select(numbers))
    return digest
