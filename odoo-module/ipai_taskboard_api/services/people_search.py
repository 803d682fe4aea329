# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who may be assigned or mentioned on a board."""

from odoo.tools import SQL

from . import texts
from .members import Members
from .people import People


def find(project, text, limit):
    """Partner entities whose name or e-mail holds ``text``, by name.

    Internal users may be assigned and the board's members be mentioned. Who is
    from outside gets members only, and of those whom ``People.seen`` tells of.
    """
    env = project.env
    staff = _staff(env, text, limit) if env.user._is_internal() else []
    members = Members(project)
    people = People(env).load({*staff, *members.ids(project)})
    found = {number: people.partner(number) for number in staff}
    for number in people.seen(members.ids(project), [members.manager_id(project)]):
        person = people.partner(number)
        # What the viewer may not read is not looked at either.
        if any(text.lower() in person[key].lower() for key in ("name", "email")):
            found[number] = person
    ordered = sorted(
        found.values(),
        key=lambda person: (texts.sort_key(person["name"]), person["partner_id"]),
    )
    return ordered[:limit]


def _staff(env, text, limit):
    """The first ``limit`` partners with an active internal user, by name."""
    partners = env["res.partner"]
    domain = [("user_ids", "any", [("share", "=", False), ("active", "=", True)])]
    if text:
        part = texts.literal(text)
        domain += ["|", ("name", "ilike", part), ("email", "ilike", part)]
    found = partners._search(domain, limit=limit)
    name = SQL.identifier(partners._table, "name")
    found.order = SQL("%s, %s", texts.name_order(env, name), _id(partners))
    return list(found)


def _id(records):
    return SQL.identifier(records._table, "id")
