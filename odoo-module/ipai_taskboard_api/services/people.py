# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Partners as people, loaded at once and shown as far as the viewer may see."""

from odoo.http import request
from odoo.tools import email_normalize
from odoo.tools.mail import email_split_tuples

from .. import compat

_FIELDS = ["name", "complete_name", "email", "email_normalized"]


def site(env):
    """Address of this Odoo, as the client reached it, with a slash at its end."""
    if request:
        return request.httprequest.host_url
    return env["res.partner"].get_base_url() + "/"


def robot_id(env):
    """Partner id of OdooBot, who stands for whoever is not there any more."""
    return env["ir.model.data"]._xmlid_to_res_id("base.partner_root")


class People:
    """Looks up Partner entities; ``load`` all ids first, then ask.

    Who is assigned or writes has a name, because Odoo shows names to whoever sees
    the record. The e-mail and picture of somebody whose contact the viewer may not
    read stay empty. Of those who are merely there, as followers, collaborators or
    recipients, ``seen`` says whether the viewer is told of them at all.
    """

    def __init__(self, env):
        self._env = env
        self._entities = {}
        self._readable = set()
        self._everybody = env.user._is_internal()
        self._robot_id = robot_id(env)

    def load(self, partner_ids):
        """Load partners: one query, two when some may not be read."""
        missing = {*partner_ids, self._robot_id} - self._entities.keys()
        partners = self._env["res.partner"].with_context(active_test=False)
        readable = partners.search_fetch([("id", "in", list(missing))], _FIELDS)
        self._readable.update(readable.ids)
        for partner in readable:
            self._entities[partner.id] = _entity(partner)
        hidden = partners.browse(missing - set(readable.ids))
        # sudo: names only, of people on a record that the viewer may read.
        hidden = hidden.sudo()
        hidden.fetch(["name", "complete_name"])
        for partner in hidden:
            self._entities[partner.id] = _named(partner)
        return self

    def partner(self, partner_id):
        return self._entities[partner_id]

    def seen(self, partner_ids, always=()):
        """Those of the loaded ``partner_ids`` of whom the viewer is told.

        Odoo shows followers to everybody inside. Who is from outside must not learn
        who the other customers are: only those whose contact they may read,
        themselves, and ``always``, such as a board's manager.
        """
        if self._everybody:
            return list(partner_ids)
        told = {*self._readable, self._env.user.partner_id.id, *always}
        return [number for number in partner_ids if number in told]

    def author(self, message):
        """Author of a message; mail from nobody we know keeps its address."""
        # sudo: see ``load``; the author of a readable message.
        message = message.sudo()
        if message.author_id:
            return self.partner(message.author_id.id)
        name, email = (email_split_tuples(message.email_from) or [("", "")])[0]
        known = self._entities[self._robot_id]
        return {
            "partner_id": self._robot_id,
            "email": email_normalize(email) or "",
            "name": name or email or known["name"],
        }


def _named(partner):
    name = partner.name or partner.complete_name or ""
    return {"partner_id": partner.id, "email": "", "name": name}


def _entity(partner):
    entity = _named(partner)
    email = (partner.email or "").strip()
    normal = partner.email_normalized or ""
    entity["email"] = email if email.lower() == normal else normal
    token = compat.avatar_token(partner)
    if token:
        path = f"web/image/res.partner/{partner.id}/avatar_128"
        root = site(partner.env)
        entity["avatar_url"] = f"{root}{path}?access_token={token}"
    return entity
