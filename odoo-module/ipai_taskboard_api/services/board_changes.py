# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Changes of boards and of their members."""

from odoo import Command
from odoo.tools import LazyTranslate

from .. import errors
from . import mapping
from .html_reader import to_plain_text
from .markdown import from_plain_text

_lt = LazyTranslate(__name__)
FIRST_STAGES = ("To Do", "In Progress", "Done")


def create(env, body):
    """Create a board with its first three stages."""
    stages = [
        Command.create({"name": name, "sequence": place, "user_id": False})
        for place, name in enumerate(FIRST_STAGES, start=1)
    ]
    project = env["project.project"].create(
        {
            "name": body["name"],
            "description": from_plain_text(body.get("description", "")),
            "privacy_visibility": mapping.PRIVACY[body.get("visibility", "team")],
            "type_ids": stages,
        }
    )
    env.flush_all()
    return project


def update(project, body):
    """Write what ``body`` changes; nothing when it changes nothing."""
    values = {}
    if "name" in body and body["name"] != project.name:
        values["name"] = body["name"]
    if "description" in body:
        text = body["description"] or ""
        if text.strip() != to_plain_text(project.description):
            values["description"] = from_plain_text(text) or False
    visibility = body.get("visibility")
    if visibility and visibility != mapping.visibility(project):
        values["privacy_visibility"] = mapping.PRIVACY[visibility]
    if values:
        project.write(values)
    project.env.flush_all()


def give_role(project, body):
    """Make a partner a member in a role, or give a member another one."""
    partner = _partner(project.env, body["partner_id"])
    role = body["role"]
    if role == "admin":
        raise errors.denied(
            _lt("Administrators of Odoo's projects are made in Odoo's settings.")
        )
    if role == "manager":
        _make_manager(project, partner)
    else:
        if project.user_id.partner_id == partner:
            project.user_id = False
        _follow(project, partner)
        _share(project, partner, full=role == "contributor")
    project.env.flush_all()


def remove_member(project, partner_id):
    """Remove a member; 404 when they are none, 409 while they manage the board."""
    if project.user_id.partner_id.id == partner_id:
        raise errors.ApiError(
            409,
            "CONFLICT",
            _lt("This is the board's manager. Make somebody else the manager first."),
        )
    members = project.message_partner_ids | project.collaborator_ids.partner_id
    if partner_id not in members.ids:
        raise errors.not_found("member")
    # Takes the access of a portal user away, too.
    project.message_unsubscribe(partner_ids=[partner_id])
    project.env.flush_all()


def _partner(env, number):
    partner = env["res.partner"].search([("id", "=", number)])
    if not partner:
        raise errors.refused("partner_id", _lt("There is no such partner."))
    return partner


def _make_manager(project, partner):
    users = project.env["res.users"]
    user = users.search(
        [("partner_id", "=", partner.id), ("share", "=", False)], limit=1
    )
    if not user:
        raise errors.refused(
            "partner_id", _lt("The manager of a board must be an internal user.")
        )
    if project.user_id != user:
        # The former manager stays.
        _follow(project, project.user_id.partner_id | partner)
        project.user_id = user


def _follow(project, partners):
    missing = partners - project.message_partner_ids
    if missing:
        project.message_subscribe(partner_ids=missing.ids)


def _share(project, partner, full):
    """Let a portal user edit the board, or no longer."""
    if not partner.partner_share:
        return
    present = project.collaborator_ids.filtered(lambda one: one.partner_id == partner)
    if not full:
        present.unlink()
    elif not present:
        values = {"partner_id": partner.id, "limited_access": False}
        project.collaborator_ids = [Command.create(values)]
    elif present.limited_access:
        present.limited_access = False
