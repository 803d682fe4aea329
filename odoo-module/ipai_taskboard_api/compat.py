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

# What is still read (and thrown away) of a refused body: closing a socket with
# unread bytes resets it, and the client would never see the answer.
_DRAIN_LIMIT = 8 * 1024 * 1024
_CHUNK = 64 * 1024


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


def _stream(httprequest):
    """The raw body of a request.

    Odoo's wrapper exposes ``get_data`` only, which on werkzeug before 2.3
    ignores the size limit, so a bounded read has to take the wrapped request.
    """
    return httprequest._HTTPRequest__wrapped.stream


def read_body(httprequest, limit):
    """Return the body as bytes, or None when it is longer than ``limit``."""
    length = httprequest.content_length
    if length is not None and length > limit:
        return None
    stream = _stream(httprequest)
    chunks, size = [], 0
    while chunk := stream.read(min(_CHUNK, limit + 1 - size)):
        chunks.append(chunk)
        size += len(chunk)
        if size > limit:
            return None
    return b"".join(chunks)


def drain_body(httprequest):
    """Read away what is left of a refused body, within bounds."""
    if not httprequest.content_length:
        return
    stream, left = _stream(httprequest), _DRAIN_LIMIT
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
