# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Markdown to tokens: CommonMark with tables, ``~~strikes~~``, boxes and bare links."""

import re
from itertools import groupby

from markdown_it import MarkdownIt

from . import addresses, bounds, edges, flanking, mentions

_TASK = re.compile(r"\[([ xX])\][ \t]+")
# What the parser does not go into it leaves out: it goes on beyond our own bound.
_MAX_NESTING = bounds.DEEPEST + 50


def parse(text, people=()):
    """Tokens of ``text`` in which ``people`` (``mentions.Mention``) are mentioned.

    Raises ``bounds.TooMuch`` for what is out of proportion.
    """
    bounds.check_text(text)
    found = mentions.finder(people)
    tokens = _MARKDOWN.parse(text, {"mentions": found} if found else {})
    bounds.check_tokens(tokens)
    return tokens


def _task_boxes(state):
    """``- [x] item``: the box of a bulleted item becomes ``meta`` of the item."""
    tokens = state.tokens
    for index, token in enumerate(tokens):
        if token.type != "list_item_open" or token.markup not in ("-", "*", "+"):
            continue
        following = tokens[index + 1 : index + 3]
        if [one.type for one in following] != ["paragraph_open", "inline"]:
            continue
        children = following[1].children or []
        # Neither escaped nor an entity: looked for in what was typed.
        mark = (
            children
            and children[0].type == "text"
            and _TASK.match(following[1].content)
            and _TASK.match(children[0].content)
        )
        if not mark or (len(children) == 1 and mark.end() == len(children[0].content)):
            continue
        children[0].content = children[0].content[mark.end() :]
        token.meta = {**(token.meta or {}), "done": mark[1] != " "}


def _join_texts(state):
    """Join texts that stand beside each other.

    The parser's own rule adds one at a time: memory with the square of their number.
    """
    joined = []
    for is_text, group in groupby(state.tokens, lambda token: token.type == "text"):
        tokens = list(group)
        if is_text and len(tokens) > 1:
            tokens[0].content = "".join(token.content for token in tokens)
            del tokens[1:]
        joined += tokens
    level = 0
    for token in joined:
        level -= token.nesting < 0
        token.level = level
        level += token.nesting > 0
    state.tokens[:] = joined


def _make():
    markdown = MarkdownIt(
        "js-default",
        {"html": False, "linkify": False, "breaks": True, "maxNesting": _MAX_NESTING},
    )
    flanking.extend(markdown)
    edges.extend(markdown)
    # Its name depends on the version.
    for name in {"text_collapse", "fragments_join"} & set(
        markdown.inline.ruler2.get_all_rules()
    ):
        markdown.inline.ruler2.at(name, _join_texts)
    markdown.inline.ruler.before("escape", "mention", mentions.rule)
    addresses.extend(markdown)
    markdown.core.ruler.after("inline", "task_boxes", _task_boxes)
    return markdown


_MARKDOWN = _make()
