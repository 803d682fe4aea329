# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""A document to markdown, as a person would write it."""

import re

from . import bounds
from .document import Code, Items, Line, Quote, Rule
from .inline_writer import write_cell, write_lines
from .shapes import ALERTS

_TASK = re.compile(r"\[[ xX]\](\s|$)")
_NAMES = {kind: name for name, kind in ALERTS.items()}
_DELIMITERS = {"left": ":--", "center": ":-:", "right": "--:"}


def write(blocks):
    """Markdown of ``blocks``; raises ``bounds.TooMuch`` where it grows too long."""
    return "\n".join(_blocks(blocks))


def _blocks(blocks, *, is_item=False):
    lines, last, mark, length = [], None, "", 0
    for block in blocks:
        after_list = isinstance(last, Items) and isinstance(block, Items)
        if after_list and last.is_numbered == block.is_numbered:
            # The same mark again would go on with the list before.
            mark = {"-": "*", ".": ")"}.get(mark[-1:], "")
        else:
            mark = ""
        mark = mark or (
            block.is_numbered and "." or "-" if isinstance(block, Items) else ""
        )
        if lines and not (
            is_item and isinstance(last, Line) and _may_follow_text(block)
        ):
            lines.append("")
        inner = _block(block, mark, is_first=is_item and not lines)
        length += sum(map(len, inner)) + len(inner)
        if length > bounds.LONGEST_MARKDOWN:
            raise bounds.TooMuch
        lines += inner
        last = block
    return lines


def _may_follow_text(block):
    """Whether a list needs no empty line after a text."""
    return (
        isinstance(block, Items)
        and (not block.is_numbered or block.start == 1)
        and bool(block.items[0].blocks)
    )


def _block(block, mark, *, is_first):
    if isinstance(block, Line):
        return _line(block)
    if isinstance(block, Items):
        return _items(block, mark)
    if isinstance(block, Quote):
        return _quote(block)
    if isinstance(block, Code):
        return _code(block)
    if isinstance(block, Rule):
        # In an item, the mark of the list may not seem to belong to it.
        return ["___" if is_first else "---"]
    return _table(block)


def _line(line):
    lines = write_lines(line.words)
    if not line.level:
        return lines
    if len(lines) > 1 and line.level <= 2:
        # Below what could be a table's head, a longer line would make it one.
        dashes = "-" if "|" in lines[-1] else "---"
        return [*lines, dashes if line.level == 2 else "==="]
    text = (
        re.sub(r"(#+)$", r"\\\1", " ".join(lines))
        if _ends_in_mark(lines)
        else " ".join(lines)
    )
    return [f"{'#' * line.level} {text}"]


def _ends_in_mark(lines):
    return bool(re.search(r"(?:^|\s)#+$", lines[-1]))


def _items(listing, mark):
    lines = []
    for number, item in enumerate(listing.items, listing.start):
        bullet = f"{number}{mark} " if listing.is_numbered else f"{mark} "
        lines += _item(item, bullet)
    return lines


def _item(item, bullet):
    inner = _blocks(item.blocks, is_item=True)
    if not inner:
        return [bullet.rstrip()]
    if item.done is not None:
        inner[0] = f"[{'x' if item.done else ' '}] {inner[0]}"
    elif isinstance(item.blocks[0], Line) and _TASK.match(inner[0]):
        inner[0] = f"\\{inner[0]}"
    indent = " " * len(bullet)
    rest = (indent + line if line else "" for line in inner[1:])
    return [bullet + inner[0], *rest]


def _quote(quote):
    inner = _blocks(quote.blocks)
    if not (inner or quote.kind):
        return [">"]
    if quote.kind:
        follows = (
            quote.blocks
            and isinstance(quote.blocks[0], Line)
            and not quote.blocks[0].level
        )
        inner = [_NAMES[quote.kind], *([] if follows or not inner else [""]), *inner]
    elif inner and inner[0] in ALERTS:
        inner[0] = f"\\{inner[0]}"
    return [f"> {line}".rstrip() if not line else f"> {line}" for line in inner]


def _code(code):
    language = re.sub(r"\s", "", code.language)
    mark = "~" if "`" in language else "`"
    runs = re.findall(f"{mark}{{3,}}", code.text)
    fence = mark * (max(map(len, runs), default=2) + 1)
    body = code.text.split("\n") if code.text else []
    return [fence + language, *body, fence]


def _table(table):
    width = len(table.aligns)
    head = table.head or [[]] * width
    delimiters = (_DELIMITERS.get(align, "---") for align in table.aligns)
    rows = [[write_cell(cell) for cell in row] for row in (head, *table.rows)]
    rows.insert(1, list(delimiters))
    return [f"| {' | '.join(row)} |" for row in rows]
