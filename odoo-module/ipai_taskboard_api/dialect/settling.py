# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Blocks in one form: without what nobody sees, lists as a person writes them."""

from .document import Item, Items, Line, Quote


def settled(blocks):
    """``blocks`` without empty ones, and with lists of boxes and others joined.

    Odoo has boxes in lists of their own; markdown has them in any list.
    """
    result = []
    for block in blocks:
        if isinstance(block, Quote):
            block = Quote(settled(block.blocks), block.kind)
        elif isinstance(block, Items):
            items = [Item(settled(item.blocks), item.done) for item in block.items]
            # A box of nothing is none in markdown.
            items = [item for item in items if item.blocks or item.done is None]
            if not items:
                continue
            block = Items(items, block.is_numbered, block.start)
            last = result[-1] if result else None
            if _go_together(last, block):
                result[-1] = Items([*last.items, *items])
                continue
        result.append(block)
    return result


def is_text(item):
    """Whether an item begins with a text, beside which a box can stand."""
    return (
        bool(item.blocks)
        and isinstance(item.blocks[0], Line)
        and not item.blocks[0].level
    )


def _go_together(last, block):
    return (
        isinstance(last, Items)
        and not last.is_numbered
        and not block.is_numbered
        and (last.items[-1].done is None) != (block.items[0].done is None)
    )
