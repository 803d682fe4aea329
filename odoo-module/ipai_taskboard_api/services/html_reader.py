# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's HTML to markdown, and to plain text. (The way there: ``markdown``.)"""

import re
from collections import defaultdict
from functools import lru_cache

from bs4 import BeautifulSoup, Comment, Tag
from markdownify import ATX, MarkdownConverter

from .markdown import PLAIN_CLASS

_BLOCKS = {
    "[document]",
    "html",
    "body",
    "p",
    "div",
    "section",
    "article",
    "blockquote",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "tr",
    "td",
    "th",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "pre",
}
# Elements whose markdown begins with a mark: what follows starts no line.
_MARKED = {"b", "strong", "i", "em", "s", "del", "a", "code", "img", "kbd", "samp"}

_AT_LINE_START = re.compile(
    r"(?:#{1,6}|[-+*])(?=\s|$)|>|~~~|(?:=+|-{2,})\s*$|([*_-])[ \t]*(?:\1[ \t]*){2,}$"
)
_NUMBERED = re.compile(r"([0-9]{1,9})\.(?=\s|$)")
_TASK = re.compile(r"\[[ xX]\]")


def to_markdown(html):
    """Markdown of Odoo's HTML; "" for none."""
    return _to_markdown(str(html)) if html else ""


@lru_cache(maxsize=4096)
def _to_markdown(html):
    soup = BeautifulSoup(html, "lxml")
    typed = _typed_text(soup)
    if typed is not None:
        return typed
    _nest_lists(soup)
    try:
        text = _Converter(soup).convert_soup(soup)
    except RecursionError:
        return _text_of(soup)
    return text.strip()


def _nest_lists(soup):
    """Put lists inside the line that they belong to, as markdown does.

    Odoo's editor gives them a line of their own, after that.
    """
    for nested in soup.select("li.oe-nested"):
        line = nested.find_previous_sibling("li")
        if line is not None:
            for child in list(nested.contents):
                line.append(child)
            nested.decompose()


def to_plain_text(html):
    """Text of HTML, paragraphs apart; gives back what ``from_plain_text`` took."""
    if not html:
        return ""
    soup = BeautifulSoup(str(html), "lxml")
    typed = _typed_text(soup)
    return _text_of(soup) if typed is None else typed


def _typed_text(soup):
    """The text that was kept as it was typed, if there is nothing else."""
    body = soup.body or soup
    parts = [
        one for one in body.contents if not (isinstance(one, str) and not one.strip())
    ]
    if len(parts) != 1 or not isinstance(parts[0], Tag):
        return None
    if PLAIN_CLASS not in (parts[0].get("class") or ()):
        return None
    lines = ("\n" if isinstance(one, Tag) else one for one in parts[0].contents)
    return "".join(lines).strip()


def _text_of(soup):
    parts, block = [], None
    for node in soup.descendants:
        if isinstance(node, Tag):
            if node.name == "br":
                parts.append("\n")
        elif not isinstance(node, Comment):
            within, literal = _place_of(node)
            text = node if literal else re.sub(r"[ \t\r\n]+", " ", node)
            if within is not block and parts:
                parts.append("\n" if within.name in ("li", "tr") else "\n\n")
            block = within
            parts.append(text)
    lines = (line.strip(" ") for line in "".join(parts).split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


def _place_of(node):
    """(nearest block around a text, whether the text is literal there)."""
    literal = False
    for parent in node.parents:
        literal = literal or parent.name in ("pre", "code", "kbd", "samp")
        if parent.name in _BLOCKS:
            return parent, literal
    return None, literal


class _Converter(MarkdownConverter):
    """Escapes only what markdown would read otherwise."""

    class Options:
        autolinks = False
        bs4_options = "lxml"
        bullets = "-"
        heading_style = ATX
        table_infer_header = True
        # Line ends of HTML are spaces.
        wrap = True
        wrap_width = None

    def __init__(self, soup, **options):
        super().__init__(**options)
        self._line_starts = _line_starts(soup)
        self._starts_line = False
        self._numbers = defaultdict(int)
        text = soup.get_text()
        self._in_pairs = _marks_in_pairs(text)
        self._links = bool(re.search(r"\]\s?[(\[:]", text))
        self._tables = "|" in text and "-" in text

    def process_text(self, el, parent_tags=None):
        self._starts_line = id(el) in self._line_starts
        return super().process_text(el, parent_tags=parent_tags)

    def escape(self, text, parent_tags):
        text = re.sub(r"\\(?=[!-/:-@\[-`{-~]|$)", r"\\\\", text)
        for mark, pattern in self._in_pairs.items():
            text = pattern.sub("\\\\" + mark, text)
        if self._links:
            text = text.replace("[", r"\[")
        if self._tables or parent_tags & {"td", "th"}:
            text = text.replace("|", r"\|")
        text = re.sub(r"<(?=[A-Za-z][\w+.-]*:|[^\s<>]+@)", r"\\<", text)
        text = re.sub(r"&(?=#?\w+;)", r"\\&", text)
        if self._starts_line:
            text = _escape_line_start(text.lstrip(" "), "li" in parent_tags)
        return text

    def convert_a(self, el, text, parent_tags):
        if el.get("data-oe-model") == "res.partner":
            # A mention; whom it means is told apart from the text.
            return text
        return super().convert_a(el, text, parent_tags)

    def convert_br(self, el, text, parent_tags):
        return " " if "_inline" in parent_tags else "\n"

    def convert_li(self, el, text, parent_tags):
        bullet, text = "- ", text.strip()
        listing = el.parent
        if listing is not None and listing.name == "ol":
            start = str(listing.get("start") or 1)
            self._numbers[id(listing)] += 1
            number = self._numbers[id(listing)] - 1
            bullet = f"{number + (int(start) if start.isdecimal() else 1)}. "
        elif listing is not None and "o_checklist" in (listing.get("class") or ()):
            done = "o_checked" in (el.get("class") or ())
            text = f"[{'x' if done else ' '}] {text}"
        if not text:
            return "\n"
        indent = "\n" + " " * len(bullet)
        return f"{bullet}{text.replace(chr(10), indent)}\n".replace(
            indent + "\n", "\n\n"
        )

    def convert_pre(self, el, text, parent_tags):
        code = el.get_text()
        marks = [len(run) for run in re.findall(r"`{3,}", code)]
        fence = "`" * (max(marks, default=2) + 1)
        body = code[:-1] if code.endswith("\n") else code
        return f"\n\n{fence}{language(el)}\n{body}\n{fence}\n\n"


def _line_starts(soup):
    """Ids of the texts that begin a line of markdown."""
    starts, block, marked, broken = set(), None, False, False
    for node in soup.descendants:
        if isinstance(node, Tag):
            broken = broken or node.name == "br"
            marked = marked or node.name in _MARKED
        elif not isinstance(node, Comment) and node.strip():
            within, _literal = _place_of(node)
            if (broken or within is not block) and not marked:
                starts.add(id(node))
            block, marked, broken = within, False, False
    return starts


def _marks_in_pairs(text):
    """{mark: pattern of its risky occurrences}, where there are two or more."""
    risky = {
        "`": r"`",
        "*": r"(?<!\s)\*|\*(?!\s)",
        "_": r"(?<![^\W_])_(?!\s)|(?<!\s)_(?![^\W_])",
        "~~": r"~~",
    }
    patterns = {mark: re.compile(pattern) for mark, pattern in risky.items()}
    return {
        mark: pattern
        for mark, pattern in patterns.items()
        if len(pattern.findall(text)) > 1
    }


def _escape_line_start(text, in_list):
    if _AT_LINE_START.match(text) or (in_list and _TASK.match(text)):
        return "\\" + text
    numbered = _NUMBERED.match(text)
    return f"{numbered[1]}\\{text[numbered.end(1) :]}" if numbered else text


def language(pre):
    """Name of the language that a block of code says it is in; "" for none."""
    code = pre.find("code")
    classes = (code.get("class") if code is not None else None) or ()
    for name in classes.split() if isinstance(classes, str) else classes:
        if name.startswith("language-"):
            return name.removeprefix("language-")
    return pre.get("data-language-id") or ""
