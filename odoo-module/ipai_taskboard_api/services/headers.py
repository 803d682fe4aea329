# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Idempotency-Key and If-Match, which writes take, and If-None-Match."""

import re

from .. import errors

_UUID = re.compile(r'("?)[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}\1')
_ETAG = r'(W/)?"[\x21\x23-\x7e\x80-\xff]*"'
_ETAGS = re.compile(rf"\*|{_ETAG}([ \t]*,[ \t]*{_ETAG})*")


def check(httprequest):
    """Refuse malformed ones with 400, whether they matter here or not."""
    key = httprequest.headers.get("Idempotency-Key")
    if key is not None and not _UUID.fullmatch(key.strip()):
        raise errors.refused("Idempotency-Key", "Idempotency-Key must be a UUID.")
    tags = httprequest.headers.get("If-Match")
    if tags is None or httprequest.method == "POST":
        return
    if not _ETAGS.fullmatch(tags.strip()):
        raise errors.refused("If-Match", "If-Match must be * or quoted entity tags.")


def idempotency_key(httprequest):
    """The key, without quotes and in lower case; None when there is none."""
    key = httprequest.headers.get("Idempotency-Key")
    return None if key is None else key.strip().strip('"').lower()


def has_precondition(httprequest):
    """Whether an If-Match asks for more than that the record exists."""
    return httprequest.headers.get("If-Match", "*").strip() != "*"


def matches(httprequest, etag):
    """Whether If-Match names ``etag``; weak tags never match."""
    tags = httprequest.headers["If-Match"].split(",")
    return etag in (tag.strip() for tag in tags)


def check_none_match(httprequest):
    """Refuse a malformed If-None-Match with 400."""
    tags = httprequest.headers.get("If-None-Match")
    if tags is not None and not _ETAGS.fullmatch(tags.strip()):
        raise errors.refused(
            "If-None-Match", "If-None-Match must be * or quoted entity tags."
        )


def none_match(httprequest, etag):
    """Whether the client lacks what ``etag`` stands for; weak tags count as well."""
    tags = httprequest.headers.get("If-None-Match", "").split(",")
    known = {tag.strip().removeprefix("W/") for tag in tags}
    return not known & {etag, "*"}
