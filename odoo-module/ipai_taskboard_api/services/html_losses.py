# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether Odoo's HTML holds what does not survive as markdown.

HTML is compared as a reader sees it: lines of words that stand somewhere (in a
list, a heading, a cell) and have marks (bold, a link). How spaces are written, which
of two equal elements is used, and empty lines make no difference.
"""

import re
from collections import Counter
from functools import lru_cache

from lxml import etree, html

from . import html_reader, markdown

_MARKS = {
    "a": "a",
    "b": "strong",
    "code": "code",
    "del": "s",
    "em": "em",
    "i": "em",
    "s": "s",
    "strike": "s",
    "strong": "strong",
}
_SILENT = {"font", "span", "tbody", "tfoot", "thead"}
_LINES = {"article", "div", "p", "section"}
_PLACES = {"h1", "h2", "h3", "h4", "h5", "h6", "hr", "pre"}
# Places of which there are several side by side.
_COUNTED = {"blockquote", "li", "ol", "table", "td", "th", "tr", "ul"}
# Attributes that are read, and such as Odoo leaves behind. Others are lost.
_READ = {"a": ("href", "title"), "img": ("src", "alt", "title"), "ol": ("start",)}
_NOISE = {
    "data-last-history-steps",
    "data-o-mail-quote",
    "data-o-mail-quote-container",
    "data-o-mail-quote-node",
    "data-oe-version",
    "rel",
    "target",
}
_NOISY_CLASSES = {"mb-0", "o-paragraph", markdown.PLAIN_CLASS}
_CLASSES = {"li": {"o_checked", "oe-nested"}, "ul": {"o_checklist"}}
_WORDS = re.compile(r"([\s\xa0]+)")
_SPACE, _BREAK = (" ", None), ("\n", None)
# What no markdown is read from, in the middle of a line.
_PLAIN = re.compile(r"(?:[^\W_]|[.,;:!?'’\"()/%–-])+")
_PLAIN_LINK = re.compile(r"https?://[A-Za-z0-9./?=%#:-]+")
_PLAIN_HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}


class _Lost(Exception):
    """There is something that markdown has no words for."""


@lru_cache(maxsize=4096)
def is_lossy(text):
    """Whether HTML (or nothing) would lose something as markdown and back."""
    if not text:
        return False
    try:
        before = _lines(text)
    except _Lost:
        return True
    if _is_plain(before):
        return False
    kept = markdown.to_stored_html(markdown.to_html(html_reader.to_markdown(text)))
    try:
        return _lines(kept) != before
    except _Lost:
        return True


def _lines(text):
    """[(place, words)]: a place is what is around, a word a (text, marks) pair."""
    try:
        root = html.fragment_fromstring(text, create_parent="div")
    except etree.LxmlError as error:
        raise _Lost from error
    reading = _Reading()
    reading.inside(root, (), frozenset())
    reading.end_line(())
    return reading.lines


def _is_plain(lines):
    """Whether all is so simple that the way there and back need not be tried.

    Nearly all descriptions are; trying takes longer than all the rest of a card.
    """
    last = ()
    for place, words in lines:
        listed = place[:1] == ("ul",)
        joined = listed and last[:1] == ("ul",) and place[:3] != last[:3]
        if joined or not (_is_plain_place(place) and _is_plain_line(words)):
            return False
        if place and not listed and _BREAK in words:
            return False
        last = place
    return True


def _is_plain_place(place):
    tags = place[::3] if len(place) > 2 else place[::2]
    return tags in ((), ("ul", "li")) or (len(tags) == 1 and tags[0] in _PLAIN_HEADINGS)


def _is_plain_line(words):
    """Plain words that begin with a letter, some of them bold, slanted or a link."""
    before = _BREAK
    for word, after in zip(words, (*words[1:], _BREAK), strict=True):
        text, marks = word
        if marks is None:
            before = word
            continue
        if not isinstance(text, str) or not _PLAIN.fullmatch(text):
            return False
        if before == _BREAK and not text[0].isalpha():
            return False
        if marks and not (
            before[1] is None
            and (after[1] is None or after[0][0] in ".,;:!?)")
            and text[0].isalnum()
            and text[-1].isalnum()
            and len(marks) == 1
            and _is_plain_mark(*marks)
        ):
            return False
        before = word
    return True


def _is_plain_mark(mark):
    if mark in ("strong", "em"):
        return True
    name, facts = mark if isinstance(mark, tuple) else (mark, ())
    return name == "a" and len(facts) == 1 and bool(_PLAIN_LINK.fullmatch(facts[0][1]))


class _Reading:
    def __init__(self):
        self.lines = []
        self._words = []
        self._counts = Counter()

    def inside(self, node, place, marks):
        self._text(node.text, place, marks)
        for child in node:
            if isinstance(child.tag, str):
                self._element(child, place, marks)
            self._text(child.tail, place, marks)

    def end_line(self, place):
        """What was read since the last line stands in ``place``."""
        words = _strip(self._words) if "pre" in place else _tidy(self._words)
        self._words = []
        for line in _split(words):
            self.lines.append((place, tuple(line)))

    def _element(self, node, place, marks):
        tag, facts = node.tag, _facts(node)
        if tag == "br":
            self._words.append(_BREAK)
        elif tag == "img":
            self._words.append((facts, marks))
        elif tag in _MARKS and not (tag == "code" and "pre" in place):
            mark = ("a", facts) if tag == "a" else _MARKS[tag]
            self.inside(node, place, marks | {mark})
        elif tag in _SILENT or tag == "code":
            self.inside(node, place, marks)
        elif tag in _LINES or tag in _PLACES or tag in _COUNTED:
            self.end_line(place)
            inner = self._place(node, place, facts)
            self.inside(node, inner, marks)
            if tag == "hr":
                self._words.append(("---", frozenset()))
            self.end_line(inner)
        else:
            raise _Lost

    def _place(self, node, place, facts):
        tag = node.tag
        if tag in _LINES:
            return place
        if tag in _PLACES:
            language = html_reader.language(node) if tag == "pre" else None
            return (*place, tag, language)
        if "oe-nested" not in _classes(node):
            # Odoo's editor puts the lists inside a line into a line of their own.
            self._counts[place] += 1
        if "o_checked" in _classes(node):
            self._words.append(("[x]", frozenset()))
        return (*place, tag, facts, self._counts[place])

    def _text(self, text, place, marks):
        if not text:
            return
        if "pre" in place:
            self._words.append((text, marks))
            return
        for part in _WORDS.split(text):
            if part:
                self._words.append(_SPACE if part.isspace() else (part, marks))


def _facts(node):
    """What is read of an element's attributes."""
    facts = []
    for name, value in node.attrib.items():
        if name == "class":
            facts += _classes(node) & {"o_checklist"}
        elif name in _READ.get(node.tag, ()):
            facts += (
                [(name, value)] if value and (name, value) != ("start", "1") else []
            )
        elif name not in _NOISE and not _is_noise(node, name, value):
            raise _Lost
    return tuple(sorted(facts))


def _is_noise(node, name, value):
    if node.tag == "pre":
        # Read as the language of the code.
        return name == "data-language-id"
    return node.tag == "li" and name == "id" and value.startswith("checkId")


def _classes(node):
    classes = set((node.get("class") or "").split()) - _NOISY_CLASSES
    if node.tag == "code":
        classes = {name for name in classes if not name.startswith("language-")}
    if classes - _CLASSES.get(node.tag, set()):
        raise _Lost
    return classes


def _tidy(words):
    """Spaces and line breaks only between words; words of one kind joined."""
    tidy = []
    for word in words:
        last = tidy[-1] if tidy else _BREAK
        if word is _SPACE:
            tidy += [] if last in (_SPACE, _BREAK) else [word]
        elif word is _BREAK:
            if last == _SPACE:
                tidy.pop()
            tidy.append(word)
        elif (
            last[1] == word[1] and isinstance(last[0], str) and isinstance(word[0], str)
        ):
            tidy[-1] = (last[0] + word[0], word[1])
        else:
            tidy.append(word)
    while tidy and tidy[-1] in (_SPACE, _BREAK):
        tidy.pop()
    return tidy


def _strip(words):
    """Code as it is, but for line breaks around it."""
    code = []
    for text, marks in words:
        if code and code[-1][1] == (marks or frozenset()):
            code[-1] = (code[-1][0] + text, code[-1][1])
        else:
            code.append((text, marks or frozenset()))
    if len(code) == 1:
        code = [(code[0][0].strip("\n"), code[0][1])]
    return code


def _split(words):
    """Lines of words; an empty line between two of them is no difference."""
    line = []
    for word in words:
        if word == _BREAK and (not line or line[-1] == _BREAK):
            if line:
                yield line[:-1]
            line = []
        else:
            line.append(word)
    if line:
        yield line
