# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What markdown and Odoo's HTML both can hold: blocks, and words with marks.

Two documents are equal when a reader sees the same.
"""

from dataclasses import dataclass, field


@dataclass
class Line:
    """A paragraph (``level`` 0) or a heading of one or more lines of words."""

    words: list
    level: int = 0


@dataclass
class Code:
    text: str
    language: str = ""


@dataclass
class Rule:
    pass


@dataclass
class Quote:
    blocks: list = field(default_factory=list)
    # "info", "success", "warning" or "danger": Odoo's banner, an alert of markdown.
    kind: str = ""


@dataclass
class Item:
    blocks: list = field(default_factory=list)
    # None outside of checklists.
    done: bool | None = None


@dataclass
class Items:
    items: list = field(default_factory=list)
    is_numbered: bool = False
    start: int = 1


@dataclass
class Table:
    # Rows of cells; a cell is a list of words. ``head`` is None without one.
    rows: list = field(default_factory=list)
    head: list | None = None
    # "", "left", "center" or "right" for each column.
    aligns: list = field(default_factory=list)


# A word is a run of text, a line break or a picture. Marks: "strong", "em", "s",
# "code" and ("a", href, title).


@dataclass(frozen=True)
class Text:
    text: str
    marks: frozenset = frozenset()


@dataclass(frozen=True)
class Break:
    marks: frozenset = frozenset()


@dataclass(frozen=True)
class Picture:
    source: str
    alt: str = ""
    title: str = ""
    marks: frozenset = frozenset()
