# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Emphasis beside symbols as CommonMark 0.31 has it.

There symbols (``€``, emoji) count as punctuation; the parser of Debian 12 is older.
"""

import unicodedata


def extend(markdown):
    """Make ``markdown``'s rules for ``*``, ``_`` and ``~~`` see symbols."""
    for name in ("emphasis", "strikethrough"):
        rule = next(
            one.fn for one in markdown.inline.ruler.__rules__ if one.name == name
        )
        markdown.inline.ruler.at(name, _seeing_symbols(rule))


def _seeing_symbols(rule):
    def tokenize(state, silent):
        before = state.scanDelims
        state.scanDelims = lambda start, split: _scan(state, before, start, split)
        try:
            return rule(state, silent)
        finally:
            del state.scanDelims

    return tokenize


def _scan(state, scan, start, can_split_word):
    scanned = scan(start, can_split_word)
    end = start + scanned.length
    last = state.src[start - 1] if start > 0 else " "
    following = state.src[end] if end < state.posMax else " "
    if not (_is_symbol(last) or _is_symbol(following)):
        return scanned
    last_space, next_space = last.isspace(), following.isspace()
    last_mark, next_mark = _is_mark(last), _is_mark(following)
    left = not next_space and (not next_mark or last_space or last_mark)
    right = not last_space and (not last_mark or next_space or next_mark)
    can_open = left and (can_split_word or not right or last_mark)
    can_close = right and (can_split_word or not left or next_mark)
    return type(scanned)(can_open, can_close, scanned.length)


def _is_symbol(char):
    return unicodedata.category(char)[0] == "S"


def _is_mark(char):
    return unicodedata.category(char)[0] in "SP"
