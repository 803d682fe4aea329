# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What to show of elements that are no text: files, videos, stars, icons."""

import json

from . import attributes as known
from .document import Text

_PLAYERS = {
    "youtube": "https://www.youtube.com/watch?v=%s",
    "vimeo": "https://vimeo.com/%s",
    "dailymotion": "https://www.dailymotion.com/video/%s",
    "instagram": "https://www.instagram.com/p/%s/",
    "youku": "https://v.youku.com/v_show/id_%s.html",
}
_SOURCES = {
    "iframe": "src",
    "video": "src",
    "audio": "src",
    "embed": "src",
    "object": "data",
}
_STARS = {"fa-star": "★", "fa-star-o": "☆"}


def words_of(tag, attributes):
    """Words to show for an element that is no text; None for any other element."""
    names = known.classes(attributes)
    if tag in _SOURCES:
        address = attributes.get(_SOURCES[tag]) or ""
        return _link(address, address)
    if "data-oe-expression" in attributes:
        # Videos of Odoo's older editor; the frame inside says the same.
        return []
    if tag in ("i", "span") and {"fa", "oi"} & names:
        return [Text(_STARS[name]) for name in names if name in _STARS]
    kind = attributes.get("data-embedded")
    if kind and tag != "pre":
        return _of_component(attributes)
    return None


def _of_component(attributes):
    try:
        props = json.loads(attributes.get("data-embedded-props") or "{}")
    except (ValueError, RecursionError):
        return []
    file = props.get("fileData") if isinstance(props, dict) else None
    if isinstance(file, dict):
        return _file(file)
    if isinstance(props, dict) and props.get("platform") in _PLAYERS:
        address = _PLAYERS[props["platform"]] % props.get("videoId", "")
        return _link(address, address)
    return []


def _file(file):
    name = file.get("filename") or file.get("name") or ""
    number = file.get("id")
    address = file.get("url") if file.get("type") == "url" else None
    if not address and isinstance(number, int):
        address = f"/web/content/{number}?download=true"
    return _link(str(address or ""), str(name))


def _link(address, text):
    if address.startswith("//"):
        address = f"https:{address}"
    marks = frozenset([("a", address, "")] if address else [])
    return (
        [Text(" "), Text(text or address, marks), Text(" ")] if text or address else []
    )
