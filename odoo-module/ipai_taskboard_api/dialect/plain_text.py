# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Plain text of a document, of any HTML however large, and HTML of plain text."""

import html as entities
import re

from . import words
from .document import Break, Code, Items, Line, Picture, Quote, Table

# Marks text that was kept as it was typed instead of being read as markdown.
CLASS = "o_taskboard_plain"

_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9]{0,15})?[^<>]*>")
_LINES = {"br", "li", "tr", "div"}
_BLOCKS = {
    "blockquote",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ol",
    "p",
    "pre",
    "table",
    "ul",
}


def to_html(text):
    """HTML that shows ``text`` as it was typed; "" for blank text."""
    if not text.strip():
        return ""
    lines = (entities.escape(line, quote=False) for line in text.split("\n"))
    return f'<p class="{CLASS}">{"<br>".join(lines)}</p>'


def typed(html):
    """The text that ``to_html`` made ``html`` of; None for anything else.

    Odoo's editor leaves the class on a paragraph in which somebody makes a word bold.
    """
    start = re.match(rf'\s*<p\s+class="{CLASS}"\s*>', html)
    end = re.search(r"</p>\s*$", html)
    if not start or not end or start.end() > end.start():
        return None
    inner = re.sub(r"<br\s*/?>", "\n", html[start.end() : end.start()])
    return None if "<" in inner else entities.unescape(inner).strip()


def write(blocks):
    """Text of a document, paragraphs apart."""
    return "\n\n".join(filter(None, map(_block, blocks))).strip()


def bare(html):
    """Text of HTML that is too long or too deep to be read otherwise."""
    parts, end = [], 0
    for tag in _TAG.finditer(html):
        parts.append(re.sub(r"\s+", " ", entities.unescape(html[end : tag.start()])))
        end = tag.end()
        name = (tag[2] or "").lower()
        parts.append("\n" if name in _LINES else "\n\n" if name in _BLOCKS else "")
    parts.append(re.sub(r"\s+", " ", entities.unescape(html[end:])))
    lines = (line.strip() for line in words.seen("".join(parts)).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _block(block):
    if isinstance(block, Line):
        return _words(block.words)
    if isinstance(block, Code):
        return block.text
    if isinstance(block, Quote):
        return write(block.blocks)
    if isinstance(block, Items):
        return "\n".join(write(item.blocks) for item in block.items)
    if isinstance(block, Table):
        rows = [block.head, *block.rows] if block.head else block.rows
        return "\n".join(" ".join(filter(None, map(_words, row))) for row in rows)
    return ""


def _words(line):
    return "".join(map(_word, line)).replace(words.TAB, "\t")


def _word(word):
    if isinstance(word, Break):
        return "\n"
    return word.alt if isinstance(word, Picture) else word.text
