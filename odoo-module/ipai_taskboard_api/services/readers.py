# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Values of the contract as values for Odoo.

What comes here has passed its JSON schema. A reader gives an id as its number
and a day as a date, and refuses what no schema can say: a title of blanks, a
day that is not in the calendar, the same identifier twice. A key means the
same on every endpoint but for those in ``_OF_ENDPOINT``.
"""

import re
from datetime import date

INT32 = 2**31 - 1
MAX_TITLE = 500
MAX_TEXT = 500_000
# PostgreSQL cannot hold these two; XML, and so Odoo's HTML, cannot hold more.
_NOT_TEXT = re.compile("[\x00\ud800-\udfff]")
_NOT_XML = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
# What the contract's other servers trim.
_SPACE = " \t\n\v\f\r\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_EMAIL = re.compile(r"[^@\s<>,;]+@[^@\s<>,;]+")


class Refused(ValueError):
    """A reader's verdict; its text goes on after the name of what was read."""


def read(endpoint, key, value):
    """Return ``value`` of a parameter or key for Odoo; raise Refused."""
    reader = _OF_ENDPOINT.get((endpoint.name, key)) or _READERS.get(key, plain)
    return reader(value)


def is_clean(text):
    """Whether PostgreSQL can hold ``text``."""
    return not _NOT_TEXT.search(text)


def plain(value):
    """The value as it is: texts that can be stored, 3.0 as the integer 3."""
    if isinstance(value, str):
        if not is_clean(value):
            raise Refused("holds a character that cannot be stored.")
        if len(value) > MAX_TEXT:
            raise Refused(f"must have {MAX_TEXT} characters at most.")
        return value
    if isinstance(value, float):
        return int(value)
    if isinstance(value, list):
        return [plain(item) for item in value]
    return value


def title(value):
    """A title or name: trimmed, 1 to 500 characters."""
    value = plain(value).strip(_SPACE)
    if not value:
        raise Refused("must not be blank.")
    if len(value) > MAX_TITLE:
        raise Refused(f"must have {MAX_TITLE} characters at most.")
    return value


def markdown(value):
    """Markdown, with lines ended by a bare newline and control characters visible."""
    if value is None:
        return None
    lines = plain(value).replace("\r\n", "\n").replace("\r", "\n")
    return _NOT_XML.sub("\ufffd", lines)


def filled_markdown(value):
    value = markdown(value)
    if not value.strip(_SPACE):
        raise Refused("must not be blank.")
    return value


def day(value):
    """A date from YYYY-MM-DD."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError as error:
        raise Refused("is not a day of the calendar.") from error


def number(value):
    """The number in an id such as ``task:7``."""
    return None if value is None else int(value.partition(":")[2])


def numbers(values):
    return None if values is None else [number(value) for value in values]


def email(value):
    """An e-mail address, in lower case."""
    value = plain(value).strip().lower()
    if not _EMAIL.fullmatch(value):
        raise Refused("must be an e-mail address.")
    return value


def person(value):
    """A partner id as an integer, or an e-mail address in lower case."""
    if not re.fullmatch("[0-9]+", value):
        return email(value)
    if value.startswith("0") or len(value) > 10 or int(value) > INT32:
        raise Refused(f"must be an integer between 1 and {INT32}.")
    return int(value)


def owner(value):
    """A person, or nobody: ``none``."""
    return value if value == "none" else person(value)


def _position(value):
    return {"after": number(value["after"])}


def _checklist(items):
    if items is None:
        return None
    if len({item["id"] for item in items}) != len(items):
        raise Refused("holds the same id twice.")
    # A line's own optional key counts as absent when it is null.
    return [
        {key: plain(value) for key, value in item.items() if value is not None}
        for item in items
    ]


def _dependencies(items):
    if items is None:
        return None
    return [{**item, "task_id": number(item["task_id"])} for item in items]


_READERS = {
    "title": title,
    "name": title,
    "description": markdown,
    "description_md": markdown,
    "body_md": filled_markdown,
    "board_id": number,
    "stage_id": number,
    "parent_id": number,
    "stage": number,
    "tag": number,
    "tags": numbers,
    "due_date": day,
    "due_from": day,
    "due_to": day,
    "from": day,
    "to": day,
    "owner": owner,
    "position": _position,
    "checklist": _checklist,
    "dependencies": _dependencies,
}
_OF_ENDPOINT = {("listMyCards", "owner"): plain}
