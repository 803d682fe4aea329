# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Texts both ways, in bounded time for any input."""

from dataclasses import dataclass

from . import (
    bounds,
    html_reader,
    html_writer,
    losses,
    markdown_writer,
    parser,
    plain_text,
)


@dataclass(frozen=True)
class Read:
    """HTML as markdown, and whether that would not give the same HTML."""

    markdown: str
    is_lossy: bool


def to_html(text, mentions=()):
    """HTML of markdown; "" for blank text.

    ``mentions`` are ``mentions.Mention``. What is out of proportion is kept as it was
    typed.
    """
    if not text.strip():
        return ""
    try:
        return html_writer.write(parser.parse(text, mentions))
    except (bounds.TooMuch, RecursionError):
        return plain_text.to_html(text)


def to_markdown(html):
    """``Read`` of a description's HTML."""
    typed = plain_text.typed(html)
    if typed is not None:
        return Read(typed, is_lossy=not _is_readable(typed))
    try:
        blocks, is_lossy = html_reader.read(html)
        markdown = markdown_writer.write(blocks)
        return Read(markdown, is_lossy or not losses.is_kept(blocks, markdown))
    except (bounds.TooMuch, RecursionError):
        return Read(plain_text.bare(html), is_lossy=True)


def to_comment_markdown(html):
    """Markdown of a comment; whom it mentions is told apart from the text."""
    typed = plain_text.typed(html)
    if typed is not None:
        return typed
    try:
        return markdown_writer.write(html_reader.read(html, bare_mentions=True)[0])
    except (bounds.TooMuch, RecursionError):
        return plain_text.bare(html)


def to_plain_text(html):
    """(plain text of HTML, whether writing that text would lose something)."""
    typed = plain_text.typed(html)
    if typed is not None:
        return typed, False
    try:
        blocks, is_lossy = html_reader.read(html)
        text = plain_text.write(blocks)
        return text, is_lossy or html_reader.read(plain_text.to_html(text))[0] != blocks
    except (bounds.TooMuch, RecursionError):
        return plain_text.bare(html), True


def _is_readable(text):
    try:
        parser.parse(text)
    except (bounds.TooMuch, RecursionError):
        return False
    return True
