# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Tags, which belong to no board: finding them, and making them once a name."""

from odoo.tools import SQL

from . import mapping, texts

FIELDS = ["name", "color"]


def find(env, text, limit):
    """The first ``limit`` tags whose name holds ``text``, by name."""
    tags = env["project.tags"]
    domain = [("name", "ilike", texts.literal(text))] if text else []
    found = tags._search(domain, limit=limit)
    # Names are translated: ordered by what the viewer reads.
    name = tags._field_to_sql(tags._table, "name", found)
    found.order = SQL(
        "%s, %s", texts.name_order(env, name), SQL.identifier(tags._table, "id")
    )
    return tags._fetch_query(found, tags._determine_fields_to_fetch(FIELDS))


def sees_all(env):
    """Whether no record rule hides tags from the viewer; Odoo ships none."""
    return _rule(env) in ([], [(1, "=", 1)])


def _rule(env):
    return list(env["ir.rule"]._compute_domain("project.tags", "read"))


def is_readable(env, column):
    """Condition on a column of tag numbers (SQL): those that the viewer may read."""
    if sees_all(env):
        return SQL("TRUE")
    # sudo: as Odoo reads what its rules look at.
    seen = env["project.tags"].sudo()._search(_rule(env))
    return SQL("%s IN %s", column, seen.subselect())


def make(env, name, color):
    """(Tag entity, whether it is new): the one of that name, in any case, or a new one.

    ``color`` is "#RRGGBB", or None for Odoo's own choice.
    """
    if known := _named(env, name):
        return known, False
    _wait_for_others(env)
    values = {"name": name}
    if color:
        values["color"] = mapping.nearest_color(color)
    tag = env["project.tags"].create(values)
    env.flush_all()
    return mapping.tag(tag), True


def _named(env, name):
    same = [("name", "=ilike", texts.literal(name))]
    tag = env["project.tags"].search_fetch(same, FIELDS, limit=1, order="id")
    return mapping.tag(tag) if tag else None


def _wait_for_others(env):
    """Let nobody else make a tag until this transaction ends.

    Odoo's unique name tells capitals apart, so two requests at once would make two
    tags. They meet in a row: what this transaction cannot see because the other one
    was quicker is a conflict there, and Odoo runs the request again.
    """
    env.cr.execute(
        SQL(
            "UPDATE ir_model SET info = info WHERE model = %s",
            env["project.tags"]._name,
        ),
        log_exceptions=False,
    )
