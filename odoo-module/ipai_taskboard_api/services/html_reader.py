# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's HTML to markdown and to plain text. (The way there: ``markdown``.)"""

from ..dialect import convert
from .text_cache import TextCache

# Texts are read far more often than they change. Bytes a worker.
_CACHE_SIZE = 16 * 2**20

_descriptions = TextCache(_CACHE_SIZE, convert.to_markdown)
_comments = TextCache(_CACHE_SIZE, convert.to_comment_markdown)
_plain_texts = TextCache(_CACHE_SIZE // 4, convert.to_plain_text)


def to_markdown(html):
    """Markdown of a description's HTML; "" for none."""
    return _descriptions.get(str(html)).markdown if html else ""


def is_lossy(html):
    """Whether a description's HTML would lose something as markdown and back."""
    return bool(html) and _descriptions.get(str(html)).is_lossy


def to_comment_markdown(html):
    """Markdown of a comment's HTML, people mentioned as ``@Name``; "" for none."""
    return _comments.get(str(html)) if html else ""


def to_plain_text(html):
    """Text of HTML, paragraphs apart; gives back what ``from_plain_text`` took."""
    return _plain_texts.get(str(html))[0] if html else ""


def is_lossy_as_text(html):
    """Whether HTML would lose something as plain text and back."""
    return bool(html) and _plain_texts.get(str(html))[1]
