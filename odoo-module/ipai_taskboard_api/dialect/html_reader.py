# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's HTML to a document, in one pass and without a tree."""

import re

from lxml import etree

from . import attributes as known
from . import bounds, embedded, words
from .document import Break, Code, Item, Items, Line, Picture, Quote, Rule, Text
from .grid import Grid
from .settling import settled
from .shapes import ICONS

_MARKS = {
    "b": "strong",
    "code": "code",
    "del": "s",
    "em": "em",
    "i": "em",
    "kbd": "code",
    "s": "s",
    "samp": "code",
    "strike": "s",
    "strong": "strong",
}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
# Elements that are lines of their own and no more than that.
_LINES = {"p", "div", "section", "article", "html", "body"}
_OTHER_BLOCKS = frozenset(
    "address center dd details dl dt fieldset figcaption figure footer form header main"
    " nav summary caption tfoot".split()
)
_SILENT = {"font", "span", "tbody", "thead"}
_UNSEEN = {"head", "script", "style", "template", "title"}
# Whose markdown is no better than what they are.
_NEARLY = {"kbd", "samp"}
_BANNER = re.compile(r"alert-([a-z]+)")


def read(html, *, bare_mentions=False):
    """(blocks, whether something of ``html`` has no place in them).

    With ``bare_mentions`` the links of mentioned people are text. Raises
    ``bounds.TooMuch``.
    """
    bounds.check_html(html)
    reader = _Reader(bare_mentions)
    parser = etree.HTMLParser(target=reader, remove_comments=True, remove_pis=True)
    try:
        parser.feed(html)
        parser.close()
    except etree.LxmlError:
        if html.strip():
            raise bounds.TooMuch from None
    return settled(reader.blocks), reader.is_lossy


class _Reader:
    """Gets elements in their order; ``_ends`` has what to do at their ends."""

    def __init__(self, bare_mentions):
        self.blocks = []
        self.is_lossy = False
        self._bare_mentions = bare_mentions
        self._ends = []
        self._container = self.blocks
        self._lists = []
        self._words = []
        self._marks = frozenset()
        self._level = 0
        self._grid = None
        self._in_cell = False
        # Attributes and text of the block of code that is open.
        self._pre = None
        self._code = {}
        self._text = []
        self._unseen = 0

    # What the parser calls.

    def start(self, tag, attributes):
        if len(self._ends) > bounds.DEEPEST_HTML:
            raise bounds.TooMuch
        marks = self._marks
        if self._unseen or tag in _UNSEEN:
            self._unseen += 1
            end = self._end_unseen
        elif self._pre is not None:
            end = self._start_in_code(tag, attributes)
        else:
            end = self._start(tag, attributes)
        self._ends.append((end, marks))

    def end(self, _tag):
        end, self._marks = self._ends.pop()
        if end:
            end()

    def data(self, text):
        if self._unseen:
            return
        if self._pre is not None:
            self._text.append(text)
        else:
            self._words += words.pieces(text, self._marks)

    def close(self):
        self._flush()

    # Elements.

    def _start(self, tag, attributes):
        special = self._special(tag, attributes)
        if special:
            return special
        if not known.is_silent(tag, attributes):
            self.is_lossy = True
        self._marks |= known.marks(tag, attributes)
        if tag in _MARKS:
            self.is_lossy = self.is_lossy or tag in _NEARLY
            self._marks |= {_MARKS[tag]}
            return None
        if tag in _SILENT:
            return None
        if tag in _LINES:
            return self._line()
        element = _ELEMENTS.get(tag)
        if element and not (self._in_cell and tag in _NOT_IN_CELLS):
            return element(self, tag, attributes)
        # Not to be said, or not within the cell of a table.
        self.is_lossy = True
        return self._line() if element or tag in _OTHER_BLOCKS else None

    def _special(self, tag, attributes):
        """The end of an element that is more than its tag says; None for others."""
        names = known.classes(attributes)
        if tag == "span" and "oe-tabs" in names:
            self._words.append(Text(words.TAB, self._marks))
            return self._unseen_until_end()
        if tag == "div" and "o_editor_banner" in names and not self._in_cell:
            kind = next((one[6:] for one in names if _BANNER.fullmatch(one)), "")
            if kind not in ICONS:
                kind, self.is_lossy = "", True
            return self._within(Quote(kind=kind))
        if tag == "i" and "o_editor_banner_icon" in names:
            return self._icon()
        if tag == "div" and "o_editor_banner_content" in names:
            return self._line()
        shown = embedded.words_of(tag, attributes)
        if shown is None:
            return None
        self.is_lossy = True
        self._words += shown
        # Some have text of their own.
        return self._line() if tag == "div" else _nothing

    def _icon(self):
        """A banner's icon: known by the banner's kind, or shown before its text."""
        before = self._words
        self._words = []

        def end():
            icon = "".join(word.text for word in self._words if isinstance(word, Text))
            self._words = before
            if icon.strip() not in ICONS.values():
                self.is_lossy = True
                self._words += [Text(icon.strip()), Text(" ")]

        return end

    def _unseen_until_end(self):
        self._unseen += 1
        return self._end_unseen

    def _end_unseen(self):
        self._unseen -= 1

    def _line(self):
        self._flush()
        return self._flush

    def _heading(self, tag, _attributes):
        self._flush()
        outer, self._level = self._level, _HEADINGS[tag]

        def end():
            self._flush()
            self._level = outer

        return end

    def _quote(self, _tag, _attributes):
        return self._within(Quote())

    def _rule(self, _tag, _attributes):
        self._flush()
        self._container.append(Rule())

    def _within(self, node, *, is_new=True):
        """Read what follows into ``node.blocks``, until the element's end."""
        self._flush()
        outer = self._container, self._lists, self._level
        if is_new:
            self._container.append(node)
        self._container, self._lists, self._level = node.blocks, [], 0

        def end():
            self._flush()
            self._container, self._lists, self._level = outer

        return end

    def _list(self, tag, attributes):
        self._flush()
        start = attributes.get("start") or "1"
        if not re.fullmatch(r"[0-9]{1,9}", start):
            self.is_lossy, start = True, "1"
        listing = Items(is_numbered=tag == "ol", start=int(start) if tag == "ol" else 1)
        if self._lists and self._lists[-1][0].items:
            # Not within an item, where it has to be.
            self._lists[-1][0].items[-1].blocks.append(listing)
        else:
            self._container.append(listing)
        self._lists.append((listing, "o_checklist" in known.classes(attributes)))

        def end():
            self._flush()
            self._lists.pop()

        return end

    def _item(self, _tag, attributes):
        if not self._lists:
            self.is_lossy = True
            return self._line()
        self._flush()
        listing, is_checklist = self._lists[-1]
        names = known.classes(attributes)
        if "oe-nested" in names and listing.items:
            # Odoo's editor gives lists inside of an item an item of their own.
            return self._within(listing.items[-1], is_new=False)
        is_box = is_checklist and "oe-nested" not in names
        item = Item(done="o_checked" in names if is_box else None)
        listing.items.append(item)
        return self._within(item, is_new=False)

    def _table(self, _tag, _attributes):
        self._flush()
        outer, self._grid = self._grid, Grid()

        def end():
            self._flush()
            table, is_lossy = self._grid.table()
            self.is_lossy = self.is_lossy or is_lossy
            if table.rows or table.head:
                self._container.append(table)
            self._grid = outer

        return end

    def _row(self, _tag, _attributes):
        if self._grid is None:
            self.is_lossy = True
            return self._line()
        self._flush()
        self._grid.rows.append([])
        return None

    def _cell(self, tag, attributes):
        if self._grid is None:
            self.is_lossy = True
            return self._line()
        self._flush()
        self._in_cell = True

        def end():
            self._grid.add_cell(tag, known.align(attributes), self._words)
            self._words, self._in_cell = [], False

        return end

    def _picture(self, _tag, attributes):
        source = attributes.get("src") or ""
        if not source:
            self.is_lossy = True
            return
        alt, title = (
            " ".join((attributes.get(one) or "").split()) for one in ("alt", "title")
        )
        self._words.append(Picture(source, alt, title, self._marks))

    def _break(self, _tag, _attributes):
        self._words.append(Break(self._marks))

    def _link(self, _tag, attributes):
        href = attributes.get("href") or ""
        is_mention = attributes.get("data-oe-model") == "res.partner"
        if not href or (is_mention and self._bare_mentions):
            return
        title = " ".join((attributes.get("title") or "").split())
        others = {mark for mark in self._marks if not isinstance(mark, tuple)}
        self._marks = frozenset({*others, ("a", href, title)})

    # Code.

    def _block_of_code(self, _tag, attributes):
        self._flush()
        self._pre, self._code, self._text = attributes, {}, []

        def end():
            text = "".join(self._text).removesuffix("\n")
            # The first line break after <pre> is none.
            language = known.language(self._pre, self._code)
            self._container.append(Code(text, language))
            self._pre = None

        return end

    def _start_in_code(self, tag, attributes):
        if tag == "br":
            self._text.append("\n")
        elif tag in _LINES:
            self._code_line()
            return self._code_line
        elif tag == "code":
            self._code = attributes
        elif tag not in ("span", "font"):
            self.is_lossy = True
        return None

    def _code_line(self):
        if self._text and not self._text[-1].endswith("\n"):
            self._text.append("\n")

    def _flush(self):
        """What was read since the last line is a line of its own."""
        if self._in_cell:
            self._words.append(Break())
            return
        if not self._words:
            return
        line = words.tidy(self._words)
        self._words = []
        if self._level and line:
            self._container.append(Line(words.without_empty_lines(line), self._level))
        else:
            # An empty line within is the end of a paragraph.
            self._container += map(Line, words.paragraphs(line))


def _nothing():
    """At the end of an element that has nothing to do there."""


_ELEMENTS = {
    **dict.fromkeys(_HEADINGS, _Reader._heading),
    "a": _Reader._link,
    "blockquote": _Reader._quote,
    "br": _Reader._break,
    "hr": _Reader._rule,
    "img": _Reader._picture,
    "li": _Reader._item,
    "ol": _Reader._list,
    "pre": _Reader._block_of_code,
    "table": _Reader._table,
    "td": _Reader._cell,
    "th": _Reader._cell,
    "tr": _Reader._row,
    "ul": _Reader._list,
}
_NOT_IN_CELLS = set(_ELEMENTS) - {"a", "br", "img"}
