# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Whether a document survives as markdown."""

import re
from dataclasses import replace

from markdown_it import MarkdownIt

from . import bounds, html_reader, html_writer, inline_writer, parser, words
from .document import Items, Line, Quote, Table, Text

_normal = MarkdownIt().normalizeLink
# Of this no markdown is read, wherever it stands in a line that it begins.
_PLAIN = re.compile(r"[^\W\d_](?:[^\W_]|[,;:!?'’\"()/%–-]| (?![-–])|\.(?=\s|$))*")


def is_kept(blocks, markdown):
    """Whether ``markdown`` says all that ``blocks`` hold."""
    if all(_is_plain(block) for block in blocks):
        return True
    try:
        back, is_lossy = html_reader.read(html_writer.write(parser.parse(markdown)))
    except bounds.TooMuch:
        return False
    return not is_lossy and _comparable(back) == _comparable(blocks)


def _is_plain(block):
    """Whether a block is so simple that the way there and back need not be tried.

    Nearly all descriptions are; trying takes longer than all the rest of a card.
    """
    return (
        isinstance(block, Line)
        and len(block.words) == 1
        and isinstance(block.words[0], Text)
        and not block.words[0].marks
        and bool(_PLAIN.fullmatch(block.words[0].text))
    )


def _comparable(blocks):
    return [_compared(block) for block in blocks]


def _compared(block):
    if isinstance(block, Line):
        return replace(block, words=_words(block.words))
    if isinstance(block, Quote):
        return replace(block, blocks=_comparable(block.blocks))
    if isinstance(block, Items):
        items = [replace(item, blocks=_comparable(item.blocks)) for item in block.items]
        return replace(block, items=items)
    if isinstance(block, Table):
        rows = [[_words(cell) for cell in row] for row in block.rows]
        head = block.head and [_words(cell) for cell in block.head]
        return replace(block, rows=rows, head=head)
    return block


def _words(line):
    return words.tidy([_word(word) for word in line])


def _word(word):
    """A word without characters that have no width: they are not seen."""
    if isinstance(word, Text):
        return Text(words.without_unseen(word.text), _marks(word))
    return replace(word, marks=_marks(word))


def _marks(word):
    """Marks with addresses in one form; a link that its text says is none."""
    marks = set()
    for mark in word.marks:
        if isinstance(mark, tuple):
            bare = isinstance(word, Text) and inline_writer.is_bare(mark, word.text)
            if not bare:
                marks.add(("a", _normal(mark[1]), mark[2]))
        else:
            marks.add(mark)
    return frozenset(marks)
