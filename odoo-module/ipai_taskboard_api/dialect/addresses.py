# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Bare links: what begins with ``https:``, ``http:``, ``mailto:`` or ``www.``.

The client has the same rule (``src/workbench/markdown/markdownLinks.ts``); the libraries that
find links do not agree where one ends.
"""

import re
import unicodedata
from dataclasses import dataclass

from markdown_it.token import Token

# A longer address is none.
LONGEST = 4_096


def _excluded():
    """Characters beyond ASCII that end an address, as a part of a class of ``re``."""
    ended = (code for code in range(0x80, 0x10000) if _ends(chr(code)))
    ranges = []
    for code in ended:
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code])
    return "".join(f"\\u{first:04x}-\\u{last:04x}" for first, last in ranges)


def _ends(char):
    category = unicodedata.category(char)
    return category[0] in "PZ" or category in ("Cc", "Cf", "Co")


_OTHER = f"[^\\x00-\\x7f{_excluded()}]"
_HOST = rf"(?:[A-Za-z0-9_-]|{_OTHER})+(?:\.(?:[A-Za-z0-9_-]|{_OTHER})+)*"
_IN_PATH = rf"[!#-'*-;=?-Z^_a-~]|{_OTHER}"
# Brackets belong to it in pairs: one that was opened before it is of the sentence.
_PATH = rf"[/?#](?:{_IN_PATH}|\((?:{_IN_PATH})*\))*"
_AFTER_SCHEME = {
    "http": re.compile(rf"//{_HOST}(?::[0-9]{{1,5}})?(?:{_PATH})?"),
    "mailto": re.compile(rf"[A-Za-z0-9._%+-]{{1,64}}@{_HOST}"),
}
_AFTER_SCHEME["https"] = _AFTER_SCHEME["http"]
_WWW = re.compile(
    rf"(?i)(?<![A-Za-z0-9_@/.:+-])www\.(?=[^.]*\.){_HOST}(?::[0-9]{{1,5}})?(?:{_PATH})?"
)
_SCHEME = re.compile(r"(?i)(?:https?|mailto)$")
_BEFORE = re.compile(r"[A-Za-z0-9+.\\-]")
_TRAILING = re.compile(r"[?!.,:;*_~'|]+$")


@dataclass(frozen=True)
class Address:
    start: int
    end: int
    href: str


def at_colon(text, colon):
    """The ``Address`` whose scheme ends at ``colon``; None for none."""
    scheme = _SCHEME.search(text, max(0, colon - 6), colon)
    if not scheme or _BEFORE.match(text[max(0, scheme.start() - 1) : scheme.start()]):
        return None
    pattern = _AFTER_SCHEME[scheme[0].lower()]
    found = pattern.match(text, colon + 1, colon + 1 + LONGEST)
    if not found:
        return None
    end = colon + 1 + len(_trimmed(found[0]))
    if not pattern.fullmatch(text, colon + 1, end):
        return None
    return Address(scheme.start(), end, text[scheme.start() : end])


def find(text):
    """All of a text, in their order, none within another."""
    found = [*_with_schemes(text), *_without_schemes(text)]
    end = 0
    for one in sorted(found, key=lambda one: one.start):
        if one.start >= end:
            end = one.end
            yield one


def extend(markdown):
    """Make ``markdown`` see addresses."""
    markdown.inline.ruler.before("escape", "address", _rule)
    markdown.core.ruler.after("inline", "www", _without_scheme_in_texts)


def _with_schemes(text):
    colon = text.find(":")
    while colon >= 0:
        found = at_colon(text, colon)
        if found:
            yield found
        colon = text.find(":", found.end if found else colon + 1)


def _without_schemes(text):
    for found in _WWW.finditer(text):
        address = _trimmed(found[0]) if len(found[0]) <= LONGEST else ""
        if _WWW.fullmatch(address):
            end = found.start() + len(address)
            yield Address(found.start(), end, f"https://{address}")


def _trimmed(address):
    """Without the marks at its end, which belong to the sentence."""
    return _TRAILING.sub("", address)


def _rule(state, silent):
    """The inline rule."""
    if state.src[state.pos] != ":":
        return False
    found = at_colon(state.src, state.pos)
    href = found and state.md.normalizeLink(found.href)
    if not found or found.end > state.posMax or not state.md.validateLink(href):
        return False
    if not silent:
        before = state.pos - found.start
        if not state.pending.endswith(state.src[found.start : state.pos]):
            return False
        state.pending = state.pending[:-before]
        _push(state, href, found.href)
    state.pos = found.end
    return True


def _push(state, href, text):
    opening = state.push("link_open", "a", 1)
    opening.attrs = {"href": href}
    opening.markup, opening.info = "linkify", "auto"
    state.push("text", "", 0).content = text
    closing = state.push("link_close", "a", -1)
    closing.markup, closing.info = "linkify", "auto"


def _without_scheme_in_texts(state):
    """Links of ``www.`` in texts; none of all within other links."""
    for token in state.tokens:
        if token.type == "inline" and (
            "www." in token.content.lower() or ":" in token.content
        ):
            token.children = list(_linked(state.md, token.children or ()))


def _linked(markdown, children):
    opened = []
    for token in children:
        if token.type == "link_open":
            opened.append(token)
            if len(opened) > 1 and token.info == "auto":
                continue
        elif token.type == "link_close":
            one = opened.pop()
            if opened and one.info == "auto":
                continue
        elif token.type == "text" and not opened:
            yield from _parts(markdown, token)
            continue
        yield token


def _parts(markdown, token):
    text, end = token.content, 0
    for found in _without_schemes(text) if "www." in text.lower() else ():
        href = markdown.normalizeLink(found.href)
        if not markdown.validateLink(href):
            continue
        yield _made("text", "", 0, token.level, text[end : found.start])
        opening = _made("link_open", "a", 1, token.level)
        opening.attrs, opening.info = {"href": href}, "auto"
        yield opening
        shown = text[found.start : found.end]
        yield _made("text", "", 0, token.level + 1, shown)
        closing = _made("link_close", "a", -1, token.level)
        closing.info = "auto"
        yield closing
        end = found.end
    if end:
        yield _made("text", "", 0, token.level, text[end:])
    else:
        yield token


def _made(kind, tag, nesting, level, content=""):
    return Token(kind, tag, nesting, level=level, content=content)
