# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""The errors of the contract, and what becomes of everybody else's.

What a person did and now has to know (rights, conflicts, what is gone, sign-in)
is told in their language; what is wrong with a request itself is for whoever
writes the client, in English.
"""

import logging
import uuid

import psycopg2
from werkzeug.exceptions import HTTPException

from odoo.exceptions import (
    AccessDenied,
    AccessError,
    MissingError,
    RedirectWarning,
    UserError,
)
from odoo.http import SessionExpiredException
from odoo.tools.translate import LazyTranslate, get_translation

from . import violations

_logger = logging.getLogger(__name__)
_lt = LazyTranslate(__name__)

RETRY_SECONDS = 5
# Of a text of Odoo's or of a module's, in characters: a sentence, not a document.
_MAX_TOLD = 2_000

_HTTP_CODES = {
    400: "VALIDATION_ERROR",
    401: "UNAUTHORIZED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "METHOD_NOT_ALLOWED",
    409: "CONFLICT",
    413: "PAYLOAD_TOO_LARGE",
    415: "UNSUPPORTED_MEDIA_TYPE",
    429: "RATE_LIMITED",
    503: "SERVICE_UNAVAILABLE",
}


class ApiError(HTTPException):
    """An answer that is not a success.

    An HTTPException, so that Odoo rolls back without writing a traceback.
    ``message`` may be a lazy translation.
    """

    def __init__(self, status, error, message, details=None, headers=None):
        super().__init__()
        self.code = status
        self.error = error
        self.message = message
        self.details = details
        self.headers = headers or {}

    def text(self, lang):
        """The message in a language; needs no database."""
        return get_translation("ipai_taskboard_api", lang, "%s", (self.message,))


def refused(field, message, **details):
    """400: what came in ``field`` (parameter, key, header or "body")."""
    return ApiError(400, "VALIDATION_ERROR", message, {"field": field, **details})


def unauthorized(message=None):
    message = message or (
        "Sign in first: send a token or an API key as "
        "'Authorization: Bearer …' or 'X-API-Key'."
    )
    return ApiError(
        401, "UNAUTHORIZED", message, headers={"WWW-Authenticate": "Bearer"}
    )


def denied(message=None):
    message = message or _lt("Odoo does not allow you to do this here.")
    return ApiError(403, "PERMISSION_DENIED", message)


_NOT_FOUND = {
    "route": "There is no such address.",
    "board": _lt("There is no such board, or you may not see it."),
    "card": _lt("There is no such card, or you may not see it."),
    "stage": _lt("There is no such stage, or you may not see it."),
    "tag": _lt("There is no such tag, or you may not see it."),
    "member": _lt("This board has no such member."),
    "record": _lt("What this refers to is not there any more."),
}


def not_found(kind):
    """404 for a ``route``, ``board``, ``card``, ``stage``, ``tag``, ``member``
    or anything else of Odoo's, a ``record``."""
    code = {"board": "BOARD_NOT_FOUND", "card": "CARD_NOT_FOUND"}.get(kind, "NOT_FOUND")
    return ApiError(404, code, _NOT_FOUND[kind])


def unavailable(message):
    return ApiError(
        503,
        "SERVICE_UNAVAILABLE",
        message,
        headers={"Retry-After": str(RETRY_SECONDS)},
    )


def from_exception(exc, request_id=None, registry=None, lang="en_US"):
    """Translate any exception of a request into an ApiError.

    Texts of Odoo's own exceptions are repeated only where they are meant for
    people (UserError and what stands beside it); access errors name records and
    are not. ``registry`` and ``lang`` find the label of a field that is named.
    """
    if isinstance(exc, ApiError):
        return exc
    if isinstance(exc, HTTPException):
        code = _HTTP_CODES.get(exc.code)
        if code:
            return ApiError(exc.code, code, exc.description or exc.name)
    if isinstance(exc, (AccessDenied, SessionExpiredException)):
        return unauthorized()
    if isinstance(exc, AccessError):
        return denied()
    if isinstance(exc, MissingError):
        return not_found("record")
    if isinstance(exc, (UserError, RedirectWarning)):
        violation = violations.cause(exc)
        if violation and violations.is_conflict(violation):
            return ApiError(
                409,
                "CONFLICT",
                _lt("Somebody changed what this refers to. Read it again and retry."),
            )
        told = _told(exc)
        if violation:
            told = violations.sentence(violation, told, registry, lang)
        return refused("body", told or _lt("Odoo refused it without a reason."))
    if isinstance(exc, violations.UNHOLDABLE):
        return refused("body", _lt("A value is longer or larger than Odoo can hold."))
    if isinstance(exc, psycopg2.OperationalError):
        return unavailable(_lt("The database is busy or away. Try again in a moment."))
    return _internal(exc, request_id)


def _told(exc):
    text = str(exc.args[0]) if exc.args and exc.args[0] else ""
    return text if len(text) <= _MAX_TOLD else text[: _MAX_TOLD - 1] + "…"


def _internal(exc, request_id):
    # Not the request id: a client may send the same one every time.
    reference = uuid.uuid4().hex
    _logger.error(
        "Taskboard API: internal error, reference %s, request %s",
        reference,
        request_id,
        exc_info=exc,
    )
    # What Odoo's own line is logged at; the traceback stands above, once.
    exc.loglevel = logging.DEBUG
    return ApiError(
        500,
        "INTERNAL_ERROR",
        _lt(
            "Something went wrong in the server."
            " Give this reference to whoever runs it."
        ),
        {"reference": reference},
    )
