# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Markdown and plain text to Odoo's HTML. (The way back: ``html_reader``.)

HTML is what Odoo stores. Raw HTML in markdown stays text, a newline is a line
break (as people type in Odoo), and task lists are Odoo's checklists.
"""

import re
import xml.etree.ElementTree as etree

import markdown
from markdown.blockprocessors import HashHeaderProcessor
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor, SimpleTagInlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString, code_escape
from markupsafe import Markup, escape

from odoo.tools import html_sanitize

# Marks text that was kept as it was typed instead of being read as markdown.
PLAIN_CLASS = "o_taskboard_plain"

# The library takes quadratic time, or the whole stack, for hostile texts. What
# exceeds one of these (characters of a kind; nesting) is kept as plain text. The
# worst text within them takes about a second.
_MAX_LENGTH = 20_000
_MAX_LINES = 1_000
_MAX_COUNTS = {
    "[": 300,
    "`": 1_000,
    "*": 2_000,
    "_": 2_000,
    "~": 1_000,
    "<": 500,
    "\\": 2_000,
}
_TOO_DEEP = re.compile(r"(?m)^(?:[\s>*+-]|[0-9]+[.)]){40,}|[\[(!]{20,}")

_LIST_START = re.compile(r"[*+-] |1[.)] ")
_LIST_ITEM = re.compile(r"\s*([*+-]|[0-9]{1,9}[.)])\s")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_TASK = re.compile(r"\[([ xX])\](?:\s+|$)")


class _ListsAfterText(Preprocessor):
    """A list may follow a paragraph without a blank line, as elsewhere."""

    def run(self, lines):
        result, fence, first = [], None, ""
        for line in lines:
            mark = _FENCE.match(line.strip())
            if fence:
                fence = None if line.strip().startswith(fence) else fence
            elif mark:
                fence = mark[1]
            elif _LIST_START.match(line) and first and not _LIST_ITEM.match(first):
                result.append("")
                first = ""
            # The first line of the block that goes on.
            first = "" if fence or not line.strip() else first or line
            result.append(line)
        return result


class _TaskLists(Treeprocessor):
    """``- [x] done`` becomes a line of Odoo's checklist."""

    def run(self, root):
        for listing in root.iter("ul"):
            items = [child for child in listing if child.tag == "li"]
            marks = [_TASK.match(_first_text(item).text or "") for item in items]
            if not items or not all(marks):
                continue
            listing.set("class", "o_checklist")
            for item, mark in zip(items, marks, strict=True):
                text = _first_text(item)
                text.text = text.text[mark.end() :]
                if mark[1] != " ":
                    item.set("class", "o_checked")


def _first_text(item):
    if len(item) and item[0].tag == "p" and not (item.text or "").strip():
        return item[0]
    return item


class _Headings(HashHeaderProcessor):
    """A heading needs a space: ``#hashtag`` is text, as elsewhere."""

    RE = re.compile(
        r"(?:^|\n)(?P<level>#{1,6})(?=[ \t\n]|$)(?P<header>(?:\\.|[^\\])*?)#*(?:\n|$)"
    )


class _CodeSpans(InlineProcessor):
    """Code between runs of backticks of one length.

    The library's own pattern takes cubic time for runs that are not closed.
    """

    def __init__(self):
        super().__init__(r"(?<!\\)(`+)(?!`)")
        self._data = None
        self._open = set()

    def handleMatch(self, m, data):
        if data is not self._data:
            self._data, self._open = data, set()
        length = len(m[1])
        if length not in self._open:
            for run in re.finditer("`+", data[m.end() :]):
                if len(run[0]) == length:
                    code = data[m.end() : m.end() + run.start()]
                    return _code(code), m.start(), m.end() + run.end()
            # Looked for once: no run of this length closes another any more.
            self._open.add(length)
        return None, None, None


def _code(text):
    element = etree.Element("code")
    element.text = AtomicString(code_escape(text.strip()))
    return element


class _Taskboard(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.deregister("html_block")
        md.preprocessors.register(_ListsAfterText(md), "lists_after_text", 15)
        md.parser.blockprocessors.deregister("code")
        md.parser.blockprocessors.register(_Headings(md.parser), "hashheader", 70)
        md.inlinePatterns.deregister("html")
        md.inlinePatterns.register(_CodeSpans(), "backtick", 190)
        strike = SimpleTagInlineProcessor(r"()~~(?=[^\s~])(.+?)(?<=[^\s~])~~", "s")
        md.inlinePatterns.register(strike, "strike", 65)
        md.treeprocessors.register(_TaskLists(md), "task_lists", 25)
        md.ESCAPED_CHARS.extend(["~", "<", "&", "|", "="])


def _render(text):
    return markdown.markdown(
        text,
        extensions=["fenced_code", "tables", "sane_lists", "nl2br", _Taskboard()],
        tab_length=2,
        # Not "html": that writes alt="alt" without its value.
        output_format="xhtml",
    )


def _is_readable(text):
    return (
        len(text) <= _MAX_LENGTH
        and text.count("\n") <= _MAX_LINES
        and all(text.count(one) <= most for one, most in _MAX_COUNTS.items())
        and not _TOO_DEEP.search(text)
    )


def to_html(text):
    """HTML (Markup) of markdown; "" for blank text. Not sanitised: Odoo does."""
    if not text.strip():
        return Markup("")
    if _is_readable(text):
        try:
            return Markup(_render(text))
        except RecursionError:
            pass
    return from_plain_text(text)


def to_stored_html(html):
    """What Odoo's description field makes of ``html`` when it is written."""
    return str(html_sanitize(html, sanitize_attributes=False) or "")


def to_comment_html(text, partners):
    """HTML of a comment; ``@Name`` of a mentioned partner becomes Odoo's link."""
    html = str(to_html(text))
    # sudo: names of partners that the writer has just found by their address.
    for partner in partners.sudo().sorted(lambda one: -len(one.name or "")):
        link = Markup(
            '<a href="/mail/view?model=res.partner&amp;res_id=%s"'
            ' class="o_mail_redirect" data-oe-id="%s" data-oe-model="res.partner"'
            ' target="_blank" contenteditable="false">@%s</a>'
        ) % (partner.id, partner.id, partner.name or "")
        if partner.name:
            html = html.replace(f"@{escape(partner.name)}", str(link), 1)
    return Markup(html)


def from_plain_text(text):
    """HTML (Markup) that shows ``text`` as it was typed; "" for blank text."""
    if not text.strip():
        return Markup("")
    lines = Markup("<br>").join(text.split("\n"))
    return Markup('<p class="%s">%s</p>') % (PLAIN_CLASS, lines)
