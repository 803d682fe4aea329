# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What differs between Odoo 18 and 19, in one place.

A feature check is used where one exists; the version decides only what cannot
be asked (class bodies, signatures).
"""

from odoo import release
from odoo.exceptions import AccessDenied
from odoo.tools import misc

ODOO_18 = release.version_info[0] < 19
ODOO_VERSION = release.version

# Odoo 19 has four priorities of its own; on 18 the model adds the upper two.
LACKS_PRIORITIES = ODOO_18


def verify_password(env, login, password):
    """Return the id of the user who signs in so; AccessDenied otherwise.

    Not interactive: a user with a second factor is refused here and needs an
    API key (which is taken in place of the password).
    """
    credential = {"type": "password", "login": login, "password": password}
    agent = {"interactive": False}
    users = env["res.users"]
    if ODOO_18:
        info = users.authenticate(env.cr.dbname, credential, agent)
    else:
        info = users.authenticate(credential, agent)
    return info["uid"]


def count_failed_sign_in(env):
    """Have Odoo count a failed sign-in from this address that it need not look at."""
    try:
        # sudo: nobody is signed in yet.
        with env["res.users"].sudo()._assert_can_auth():
            raise AccessDenied()
    except AccessDenied:
        pass


def group_members_domain(group_id):
    """Domain on res.users: who has the group, implied groups counted."""
    field = "groups_id" if ODOO_18 else "all_group_ids"
    return [(field, "in", [group_id])]


def avatar_token(partner):
    """Access token for a partner's small avatar, or None on builds without."""
    if hasattr(partner, "_get_avatar_128_access_token"):
        return partner._get_avatar_128_access_token()
    if hasattr(misc, "limited_field_access_token"):
        return misc.limited_field_access_token(partner, "avatar_128")
    return None


def wsgi_environ(httprequest):
    """The WSGI environment of a request; Odoo's wrapper keeps a copy of it back."""
    return httprequest._HTTPRequest__wrapped.environ


def wsgi_stream(httprequest):
    """The raw body of a request.

    Odoo's wrapper exposes ``get_data`` only, which on werkzeug before 2.3
    ignores the size limit, so a bounded read has to take the wrapped request.
    """
    return httprequest._HTTPRequest__wrapped.stream
