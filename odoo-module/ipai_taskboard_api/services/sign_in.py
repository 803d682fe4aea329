# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Who asks: Bearer, X-API-Key, else Odoo's session cookie."""

import math
import re
from datetime import datetime, timedelta

from odoo import fields
from odoo.exceptions import AccessDenied
from odoo.http import request as current_request
from odoo.tools import LazyTranslate

from .. import compat, errors
from . import api_keys, rows
from .api_keys import SCOPE

_lt = LazyTranslate(__name__)
TOKEN_SECONDS = 86400
# So many tokens a user has at once; the next ends the oldest. A script that signs in
# at every run must not lock its user out, nor fill Odoo's list of keys.
MAX_TOKENS = 100
_TOKEN_NAME = "Taskboard API"
# Odoo's hashing fails beyond this length.
_MAX_PASSWORD = 4096
# Odoo writes the names of failed sign-ins to its log.
_NAME = re.compile(r"[^\x00-\x1f\x7f\x85\u2028\u2029]{1,320}")
_BEARER = re.compile(r"bearer +(.+)", re.IGNORECASE)
_TOKEN = re.compile(r"[\x21-\x7e]{1,512}")


def sign_in(request):
    """Bind ``request.env`` to the user who asks and return the id; 401 else."""
    token = _presented_token(request.httprequest.headers)
    if token is None:
        uid = _session_user(request)
    elif _TOKEN.fullmatch(token):
        uid = api_keys.user_of(request.env, token, SCOPE)
    else:
        uid = None
    if not uid:
        raise errors.unauthorized()
    request.update_env(user=uid)
    context = request.env["res.users"].context_get()
    request.update_context(lang=context.get("lang"), tz=context.get("tz"))
    return uid


def bearer(headers):
    """What an Authorization header presents as Bearer; None when nothing."""
    presented = _BEARER.fullmatch(headers.get("Authorization", "").strip())
    return presented and presented[1]


def _presented_token(headers):
    return bearer(headers) or headers.get("X-API-Key")


def _session_user(request):
    """The session's user (Odoo has checked the session's own token).

    A browser sends cookies wherever it is told to, so a write is taken only
    with a content type that a foreign page cannot send without asking, and
    never when the browser itself says that the page is foreign.
    """
    uid = request.session.uid
    httprequest = request.httprequest
    if not uid or httprequest.method in ("GET", "HEAD"):
        return uid
    if httprequest.headers.get("Sec-Fetch-Site", "").strip().lower() == "cross-site":
        return None
    if httprequest.mimetype != "application/json":
        raise errors.ApiError(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "With a session cookie every write needs Content-Type: application/json.",
        )
    return uid


def issue_token(env, login, password):
    """Exchange a password for a token; 401 when it is wrong, 429 too often.

    Gives it with the seconds that it lasts. The token ends with the password, or with the key, that it was got with.
    """
    _check_cooldown(env)
    if not _NAME.fullmatch(login) or len(password) > _MAX_PASSWORD:
        compat.count_failed_sign_in(env)
        raise _wrong()
    try:
        uid = compat.verify_password(env, login, password)
    except AccessDenied:
        raise _refusal(env, login, password) from None
    # From here on, who changes the password waits; who changed it meanwhile makes
    # this request run again.
    rows.lock(env["res.users"].browse(uid), shared=True)
    now, seconds = fields.Datetime.now(), TOKEN_SECONDS
    if ends := api_keys.expiration(env, uid, password):
        seconds = min(seconds, int((ends - now).total_seconds()))
    expires = fields.Datetime.add(now, seconds=seconds)
    # sudo: 24 hours may exceed what the user's groups allow for keys of their
    # own, and portal users may have no right to make any. The scope limits
    # the key to this API.
    keys = env["res.users.apikeys"].with_user(uid).sudo()
    token = keys._generate(SCOPE, _TOKEN_NAME, expires)
    ours = [("user_id", "=", uid), ("scope", "=", SCOPE), ("name", "=", _TOKEN_NAME)]
    keys.search(ours, order="id desc", offset=MAX_TOKENS).unlink()
    return token, seconds


def _wrong():
    return errors.unauthorized(_lt("Wrong user name or password."))


def _refusal(env, login, password):
    """The 401 for a login that Odoo refused.

    Only whoever knows the password learns that it takes a second factor, too;
    for anybody else every answer is the same, and takes as long.
    """
    # sudo: nobody is signed in yet.
    users = env["res.users"].sudo()
    user = users.search(
        users._get_login_domain(login), order=users._get_login_order(), limit=1
    )
    if not user:
        users._crypt_context().hash(password)
    elif user._rpc_api_keys_only() and _is_password(user, password):
        return errors.unauthorized(
            _lt(
                "This account signs in with two factors, which a password alone does"
                " not do. Make an API key in your Odoo preferences and use it"
                " instead."
            )
        )
    return _wrong()


def _is_password(user, password):
    credential = {"type": "password", "login": user.login, "password": password}
    try:
        # Interactive: in Odoo's own sign-in the second factor comes after this.
        user.with_user(user).sudo()._check_credentials(
            credential, {"interactive": True}
        )
    except AccessDenied:
        return False
    return True


def revoke_token(request):
    """Revoke the token that the request presents.

    403 for anything else that signs in: a key that somebody made for other
    programs, too, must not be lost by signing out of one.
    """
    token = _presented_token(request.httprequest.headers)
    key = token and api_keys.own(request.env, token, SCOPE)
    if not key:
        raise errors.denied(
            _lt(
                "Only a token that was given out here can be revoked here. "
                "API keys are removed in the preferences of Odoo."
            )
        )
    # sudo: the user's own key.
    key.sudo()._remove()


def _check_cooldown(env):
    """Odoo throttles failed sign-ins by address; tell the client how long."""
    source = current_request.httprequest.remote_addr
    failures = getattr(env.registry, "_login_failures", {})
    count, last = failures.get(source, (0, datetime.min))
    # sudo: nobody is signed in yet; this reads two system parameters.
    users = env["res.users"].sudo()
    if not users._on_login_cooldown(count, last):
        return
    parameters = env["ir.config_parameter"].sudo()
    duration = int(parameters.get_param("base.login_cooldown_duration", 60))
    left = last + timedelta(seconds=duration) - datetime.now()
    raise errors.ApiError(
        429,
        "RATE_LIMITED",
        _lt("Too many failed sign-ins from this address. Wait before the next try."),
        headers={"Retry-After": str(max(1, math.ceil(left.total_seconds())))},
    )
