# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whose a key is, without the cost of hashing it at every request.

Odoo hashes a presented key thousands of times to compare it, which is a good part
of a small request. That a key belongs to a stored hash never changes, so it is
remembered; whether the stored key is still there, good and its user's is asked
of the database every time. A key that was revoked is refused at once, by all
workers.
"""

import hashlib

from odoo.tools import SQL
from odoo.tools.lru import LRU

from odoo.addons.base.models.res_users import INDEX_SIZE, KEY_CRYPT_CONTEXT

# Of the tokens that are given out here. Keys that users make themselves have others.
SCOPE = "taskboard"

# Pairs (digest of a key, stored hash) that Odoo found to belong together.
_matching = LRU(4096)


def user_of(env, key, scope):
    """The id of the active user whose valid key it is; None else."""
    stored = _stored(env, key, scope)
    digest = hashlib.sha256(key.encode()).digest()
    for user_id, stored_hash in stored:
        if (digest, stored_hash) in _matching:
            return user_id
    found = env["res.users.apikeys"]._check_credentials(scope=scope, key=key)
    hashes = [stored_hash for user_id, stored_hash in stored if user_id == found]
    # Several keys of one user may begin alike: which of them it is stays open.
    if len(hashes) == 1:
        _matching[digest, hashes[0]] = True
    # Odoo knows nothing of tokens that ended with their password.
    return found if hashes else None


def own(env, key, scope):
    """The record of the user's own ``key`` that was made for ``scope``, or None."""
    env.cr.execute(
        SQL(
            "SELECT id, key FROM res_users_apikeys"
            " WHERE user_id = %s AND scope = %s AND index = %s",
            env.uid,
            scope,
            key[:INDEX_SIZE],
        )
    )
    for number, stored_hash in env.cr.fetchall():
        if KEY_CRYPT_CONTEXT.verify(key, stored_hash):
            return env["res.users.apikeys"].browse(number)
    return None


def expiration(env, user_id, key):
    """When a user's own key ends, naive UTC; None when it does not, or is no key."""
    env.cr.execute(
        SQL(
            "SELECT key, expiration_date FROM res_users_apikeys"
            " WHERE user_id = %s AND index = %s AND expiration_date IS NOT NULL",
            user_id,
            key[:INDEX_SIZE],
        )
    )
    ends = [
        expires
        for stored_hash, expires in env.cr.fetchall()
        if KEY_CRYPT_CONTEXT.verify(key, stored_hash)
    ]
    return min(ends, default=None)


def _stored(env, key, scope):
    """(user, hash) of the keys that begin as this one and are good now."""
    env.cr.execute(
        SQL(
            "SELECT k.user_id, k.key"
            " FROM res_users_apikeys k JOIN res_users u ON u.id = k.user_id"
            " WHERE u.active AND k.index = %s"
            " AND (k.scope IS NULL OR k.scope = %s)"
            " AND (k.scope IS DISTINCT FROM %s OR u.taskboard_tokens_since IS NULL"
            " OR k.create_date >= u.taskboard_tokens_since)"
            " AND (k.expiration_date IS NULL"
            " OR k.expiration_date >= now() AT TIME ZONE 'UTC')",
            key[:INDEX_SIZE],
            scope,
            SCOPE,
        )
    )
    return env.cr.fetchall()
