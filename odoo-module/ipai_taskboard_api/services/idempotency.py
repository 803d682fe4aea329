# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Idempotency-Key: one effect however often a write arrives.

The row is inserted in the transaction of the effect, so both are committed or
neither. A concurrent twin waits at the unique index; when the first commits,
PostgreSQL raises a serialization failure in the twin's snapshot, Odoo runs the
request again, and it finds the answer. (ON CONFLICT DO NOTHING and not a
caught IntegrityError, which Odoo does not retry.)
"""

import hashlib
import json

from odoo.tools import SQL

from .. import errors
from . import headers

_KEPT_HEADERS = ("Content-Type", "ETag", "Cache-Control")


class Claim:
    """The right to answer a key.

    ``replay`` is the answer when there is one: (bytes, status, headers).
    """

    def __init__(self, env, row_id=None, replay=None):
        self._env = env
        self._row_id = row_id
        self.replay = replay

    def keep(self, response):
        """Store the answer beside its effect."""
        kept = {
            name: response.headers[name]
            for name in _KEPT_HEADERS
            if name in response.headers
        }
        self._env.cr.execute(
            SQL(
                "UPDATE ipai_taskboard_idempotency"
                " SET status = %s, headers = %s, body = %s WHERE id = %s",
                response.status_code,
                json.dumps(kept),
                response.get_data(as_text=True),
                self._row_id,
            )
        )


def claim(env, httprequest, body):
    """Claim the request's key for its user; None when there is no key.

    Raises 422 when the key was used for another method, path or body.
    """
    key = headers.idempotency_key(httprequest)
    if key is None:
        return None
    parts = (httprequest.method.encode(), httprequest.path.encode(), body)
    fingerprint = hashlib.sha256(b"\0".join(parts)).hexdigest()
    env.cr.execute(
        SQL(
            "INSERT INTO ipai_taskboard_idempotency"
            " (user_id, key, fingerprint, create_date)"
            " VALUES (%s, %s, %s, now() AT TIME ZONE 'UTC')"
            " ON CONFLICT (user_id, key) DO NOTHING RETURNING id",
            env.uid,
            key,
            fingerprint,
        ),
        # A twin's serialization failure is the expected way; Odoo retries it.
        log_exceptions=False,
    )
    if inserted := env.cr.fetchone():
        return Claim(env, row_id=inserted[0])
    env.cr.execute(
        SQL(
            "SELECT fingerprint, status, headers, body"
            " FROM ipai_taskboard_idempotency WHERE user_id = %s AND key = %s",
            env.uid,
            key,
        )
    )
    stored, status, kept, text = env.cr.fetchone()
    if stored != fingerprint:
        raise errors.ApiError(
            422,
            "IDEMPOTENCY_MISMATCH",
            "This Idempotency-Key was used for another request. Take a new one.",
        )
    return Claim(env, replay=(text.encode(), status, json.loads(kept)))
