# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Which pages of other origins a browser lets use the API: those that are listed.

Never with ``Access-Control-Allow-Credentials``: a page signs in with a token of
its own, and not as whoever happens to be signed in to Odoo in that browser.
"""

import re
from functools import lru_cache

_ORIGIN = re.compile(
    r"[a-z][a-z0-9+.-]*://(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(:[0-9]{1,5})?"
)
_REQUEST_HEADERS = (
    "Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match,"
    " X-API-Key, X-Odoo-Database, X-Request-Id"
)
_EXPOSED_HEADERS = "ETag, Retry-After, X-Contract-Version, X-Request-Id"
_PREFLIGHT_SECONDS = "600"


@lru_cache(maxsize=16)
def origins(text):
    """The origins in a list with commas, spaces or line breaks between them."""
    return frozenset(origin for origin in _words(text) if _ORIGIN.fullmatch(origin))


def not_origins(text):
    """The words of such a list that are no origins; ``*`` and ``null`` are none."""
    return [word for word in _words(text) if not _ORIGIN.fullmatch(word)]


def _words(text):
    return [word for word in re.split(r"[\s,]+", text) if word]


def headers(httprequest, allowed):
    """What every answer carries once ``allowed`` is not empty."""
    if not allowed:
        return {}
    origin = httprequest.headers.get("Origin")
    if origin not in allowed:
        return {"Vary": "Origin"}
    return {
        "Vary": "Origin",
        "Access-Control-Allow-Origin": origin,
        "Access-Control-Expose-Headers": _EXPOSED_HEADERS,
    }


def is_preflight(httprequest, allowed):
    """Whether a browser asks on behalf of one of the allowed pages."""
    return (
        httprequest.method == "OPTIONS"
        and httprequest.headers.get("Origin") in allowed
        and "Access-Control-Request-Method" in httprequest.headers
    )


def preflight_headers(methods):
    """What the browser may send to an address that takes ``methods``."""
    return {
        "Access-Control-Allow-Methods": ", ".join(methods),
        "Access-Control-Allow-Headers": _REQUEST_HEADERS,
        "Access-Control-Max-Age": _PREFLIGHT_SECONDS,
    }
