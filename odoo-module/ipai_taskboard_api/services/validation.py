# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Refuse what the contract does not know, from small tables.

A *rule* is a function that takes a value and returns it normalised, or raises
``Refused`` with a sentence. Tables of rules for each endpoint stand in
``requests.py``.
"""

import json
import re
from dataclasses import dataclass
from datetime import date

from .. import errors

INT32 = 2**31 - 1
MAX_TEXT = 500_000
_SAFE_INT = 2**53 - 1
# PostgreSQL cannot hold these two; XML, and so Odoo's HTML, cannot hold more.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_NOT_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What the contract's other servers trim.
_SPACE = " \t\n\v\f\r\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INTEGER = re.compile(r"0|[1-9][0-9]{0,15}")
_COLOR = re.compile(r"#[0-9A-Fa-f]{6}")
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class Refused(ValueError):
    """A rule's verdict; its text is the sentence for the client."""

    def __init__(self, message, **details):
        super().__init__(message)
        self.details = details


@dataclass(frozen=True)
class Key:
    """A key of a body. ``null``: "absent" (as if not sent), "refuse" or "value"."""

    rule: object
    required: bool = False
    null: str = "refuse"


@dataclass(frozen=True)
class Param:
    """A query parameter; one that may ``repeat`` yields a list."""

    rule: object
    repeat: bool = False
    default: object = None


def query(args, table):
    """Validate query arguments (a MultiDict) against {name: Param}."""
    values = {
        name: param.default if not param.repeat else [] for name, param in table.items()
    }
    for name in args:
        given = [text for text in args.getlist(name) if text != ""]
        if not given:
            continue
        param = table.get(name)
        if param is None:
            raise errors.refused(name, f"Unknown parameter: {name}.")
        if len(given) > 1 and not param.repeat:
            raise errors.refused(name, f"{name} may be given once only.")
        checked = [_apply(param.rule, name, text) for text in given]
        values[name] = checked if param.repeat else checked[0]
    return values


def check_media_type(httprequest, body):
    """415 unless the body is announced as JSON in UTF-8.

    A request without a body and without a type says nothing wrong yet; it is
    refused later for its missing body.
    """
    if not body and not httprequest.headers.get("Content-Type"):
        return
    charset = httprequest.mimetype_params.get("charset", "utf-8").lower()
    encoding = httprequest.headers.get("Content-Encoding", "identity").lower()
    if (
        httprequest.mimetype != "application/json"
        or charset not in ("utf-8", "utf8")
        or encoding != "identity"
    ):
        raise errors.ApiError(
            415,
            "UNSUPPORTED_MEDIA_TYPE",
            "Send Content-Type: application/json, in UTF-8 and not compressed.",
        )


def parse_object(raw):
    """Return the JSON object in ``raw``; 400 ``body`` when there is none."""
    try:
        value = json.loads(
            raw.decode("utf-8"),
            parse_constant=_no_constant,
            object_pairs_hook=_unique_keys,
        )
    except (ValueError, RecursionError):
        value = None
    if not isinstance(value, dict):
        raise errors.refused("body", "The body must be one JSON object.")
    return value


def body(value, table):
    """Validate a parsed object against {key: Key}; absent keys stay absent."""
    for name in value:
        if name not in table:
            field = name if _is_clean(name) else "body"
            raise errors.refused(field, f"Unknown key: {field}.")
    checked = {}
    for name, key in table.items():
        given = value.get(name)
        if given is None:
            if name not in value or (key.null == "absent" and not key.required):
                if key.required:
                    raise errors.refused(name, f"{name} is missing.")
                continue
            if key.null != "value":
                raise errors.refused(name, f"{name} must not be null.")
            checked[name] = None
        else:
            checked[name] = _apply(key.rule, name, given)
    return checked


def _apply(rule, name, value):
    try:
        return rule(value)
    except Refused as refusal:
        message = f"{name} {refusal}"
        raise errors.refused(name, message, **refusal.details) from refusal


def _no_constant(name):
    raise ValueError(name)


def _unique_keys(pairs):
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key is given twice")
    return value


def _is_clean(value):
    return not _NOT_TEXT.search(value)


# Rules ----------------------------------------------------------------------


def text(value):
    """Any text that Odoo can hold."""
    if not isinstance(value, str):
        raise Refused("must be text.")
    if not _is_clean(value):
        raise Refused("holds a character that cannot be stored.")
    if len(value) > MAX_TEXT:
        raise Refused(f"must have {MAX_TEXT} characters at most.")
    return value


def filled_text(value):
    """Text that is not empty, kept as it is."""
    if not text(value):
        raise Refused("must not be empty.")
    return value


def title(value):
    """A title or name: trimmed, 1 to 500 characters."""
    value = text(value).strip(_SPACE)
    if not value:
        raise Refused("must not be blank.")
    if len(value) > 500:
        raise Refused("must have 500 characters at most.")
    return value


def markdown(value):
    """Markdown, with lines ended by a bare newline and control characters visible."""
    lines = text(value).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("\ufffd", lines)


def filled_markdown(value):
    value = markdown(value)
    if not value.strip(_SPACE):
        raise Refused("must not be blank.")
    return value


def boolean(value):
    if not isinstance(value, bool):
        raise Refused("must be true or false.")
    return value


def true(value):
    if value is not True:
        raise Refused("can only be true.")
    return value


def integer(low, high):
    """A JSON integer between ``low`` and ``high`` (3.0 is one, true is not)."""

    def rule(value):
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        if not isinstance(value, int) or isinstance(value, bool):
            raise Refused("must be an integer.")
        if not low <= value <= high:
            raise Refused(f"must be between {low} and {high}.")
        return value

    return rule


def number_text(low, high=_SAFE_INT):
    """An integer written in a query."""

    def rule(value):
        if not _INTEGER.fullmatch(value) or not low <= int(value) <= high:
            raise Refused(f"must be an integer between {low} and {high}.")
        return int(value)

    return rule


def choice(*options):
    def rule(value):
        if not isinstance(value, str) or value not in options:
            raise Refused(f"must be one of {', '.join(options)}.")
        return value

    return rule


def day(value):
    """A day written YYYY-MM-DD; returns a date."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise Refused("must be a day, written YYYY-MM-DD.")
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Refused("is not a day of the calendar.") from error


def color(value):
    if not isinstance(value, str) or not _COLOR.fullmatch(value):
        raise Refused("must be a colour, written #RRGGBB.")
    return value


def email(value):
    """An e-mail address, in lower case."""
    value = text(value).strip().lower()
    if not _EMAIL.fullmatch(value):
        raise Refused("must be an e-mail address.")
    return value


def person(value):
    """An e-mail address or a partner id, as text."""
    if value.isascii() and value.isdigit():
        return number_text(1, INT32)(value)
    return email(value)


def owner(value):
    """A person, or nobody: ``none``."""
    return value if value == "none" else person(value)


def flag_text(value):
    """A boolean written in a query."""
    if value not in ("true", "false"):
        raise Refused("must be true or false.")
    return value == "true"


def record_id(kind):
    """An id such as ``task:7``; returns the number."""
    pattern = re.compile(rf"{kind}:([1-9][0-9]{{0,9}})")

    def rule(value):
        match = isinstance(value, str) and pattern.fullmatch(value)
        if not match or int(match[1]) > INT32:
            raise Refused(f"must be an id such as {kind}:7.")
        return int(match[1])

    return rule


def list_of(rule):
    def check(value):
        if not isinstance(value, list):
            raise Refused("must be a list.")
        return [rule(item) for item in value]

    return check


def table_of(keys):
    """An object with exactly these {key: Key}, nested in a body's key."""

    def check(value):
        if not isinstance(value, dict):
            raise Refused("must be an object.")
        try:
            return body(value, keys)
        except errors.ApiError as error:
            raise Refused(f"is not right: {error.message}") from error

    return check
