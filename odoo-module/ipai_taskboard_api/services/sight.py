# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What the record rules of tasks make sight depend on.

The log says who may gain or lose sight of a card by what Odoo's own rules ask for
(``models/change_sources.py``). A rule that somebody else made may ask for anything.
"""

import hashlib
import json

from odoo.tools import SQL

from . import board_scope, cards, sight_mark, tags

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
# Not columns of a card, but noted for it as these are.
_LINKED = {"tag_ids", "depend_on_ids"}
# Of what stands on cards and boards beside tags and stages, of which ``shown_beside``
# tells. Odoo ships no rule of messages.
_LOGGED_BESIDE = {
    "res.partner": {
        *("id", "active", "commercial_partner_id", "company_id"),
        *("parent_id", "partner_share"),
    },
    "mail.message": set(),
}


def depends_on_columns(env):
    """Whether any change of a card may take it out of sight."""
    return not sight_mark.paths(env) <= _LOGGED


def depends_on_others(env):
    """Whether changes of other records, which the log knows nothing of, may do so."""
    tasks = env["project.task"]
    asked = sight_mark.paths(env) - _LOGGED - _LINKED
    return not all(_is_column(tasks, path) for path in asked)


def is_logged(env):
    """Whether nothing but what the log notes decides what the signed-in user sees.

    Odoo's own rules keep to that.
    """
    return sight_mark.paths(env) <= _LOGGED and all(
        sight_mark.paths(env, model) <= noted for model, noted in _LOGGED_BESIDE.items()
    )


def _is_column(records, path):
    field = records._fields.get(path)
    return bool(field and field.store and field.column_type)


def shown_beside(env):
    """A digest of the numbers of tags and of stages that the viewer sees, as far as no
    row of the log says when that changes; None if all of it does.

    Whoever sees other ones starts again. Of both there are few.
    """
    # A tag that is seen, or no longer, is noted for boards and not for its cards.
    hidden = [] if tags.sees_all(env) else ["project.tags"]
    stages = "project.task.type"
    if not all(_is_column(env[stages], path) for path in sight_mark.paths(env, stages)):
        hidden.append(stages)
    if not hidden:
        return None
    seen = [
        sorted(env[name].with_context(active_test=False)._search([]).get_result_ids())
        for name in hidden
    ]
    return hashlib.sha256(json.dumps(seen).encode()).hexdigest()


def shown(project):
    """A digest of the numbers of all cards that the viewer sees on the board."""
    query = board_scope.search(project, cards.board_domain(project.env))
    numbers = SQL(
        "md5(string_agg(%(table)s.id::text, ',' ORDER BY %(table)s.id))",
        table=SQL.identifier("project_task"),
    )
    ((digest,),) = project.env.execute_query(query.select(numbers))
    return digest
