# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs of text, line breaks and pictures, brought into one form."""

import re
from itertools import groupby

from .document import Break, Text

# What a browser shows as one space; what it shows as it is, though it is no word.
_PARTS = re.compile("([ \t\r\n\f]+)|([\xa0\v]+)|([^ \t\r\n\f\xa0\v]+)")
# A tab of Odoo's editor, told from white space until a text is in its form.
TAB = "\v"
# Without width: Odoo's editor puts them where the cursor has to go.
_NO_WIDTH = dict.fromkeys(map(ord, "\u200b\ufeff"))
_EMPHASIS = {"strong", "em", "s"}
_CODE = frozenset(["code"])


def pieces(text, marks):
    """``text`` of HTML as words: spaces, and what stands between them."""
    for space, fixed, word in _PARTS.findall(seen(text)):
        yield Text(" " if space else fixed or word, marks)


def seen(text):
    """``text`` without characters that have no width."""
    return text.translate(_NO_WIDTH)


def tidy(words):
    """Words without spaces that nobody sees; equal for what looks the same.

    Spaces have the marks that the words on both sides have.
    """
    return _joined(_stripped(_shared_marks(_single_spaces(words))))


def paragraphs(words):
    """``words`` parted where there is an empty line."""
    start = 0
    for index, word in enumerate(words):
        if isinstance(word, Break) and isinstance(words[index - 1], Break):
            if start < index - 1:
                yield words[start : index - 1]
            start = index + 1
    if start < len(words):
        yield words[start:]


def without_empty_lines(words):
    return [
        word
        for index, word in enumerate(words)
        if not (isinstance(word, Break) and isinstance(words[index - 1], Break))
    ]


def _is_space(word):
    return isinstance(word, Text) and not word.text.strip(" \xa0\v")


def _single_spaces(words):
    """One space at a time, and none beside a line break."""
    result = []
    for word in words:
        last = result[-1] if result else Break()
        if isinstance(word, Text) and word.text == " ":
            if isinstance(last, Break) or (isinstance(last, Text) and last.text == " "):
                continue
        elif isinstance(word, Break) and isinstance(last, Text) and last.text == " ":
            result.pop()
        result.append(word)
    return result


def _shared_marks(words):
    """Marks of spaces and breaks: those of the words on both sides."""
    after = [None] * len(words)
    following = frozenset()
    for index in range(len(words) - 1, -1, -1):
        after[index] = following
        if not (_is_space(words[index]) or isinstance(words[index], Break)):
            following = words[index].marks
    before = frozenset()
    for word, following in zip(words, after, strict=True):
        shared = before & following
        if isinstance(word, Break):
            yield Break(_between(shared, word.marks) - _CODE)
        elif _is_space(word):
            yield Text(word.text, _between(shared, word.marks))
        else:
            before = word.marks
            yield word


def _between(shared, marks):
    """Code and links are not joined over a space that has no part in them."""
    return frozenset(mark for mark in shared if mark in _EMPHASIS or mark in marks)


def _stripped(words):
    words = list(words)
    while words and (isinstance(words[-1], Break) or _is_space(words[-1])):
        words.pop()
    start = 0
    while start < len(words) and (
        isinstance(words[start], Break) or _is_space(words[start])
    ):
        start += 1
    return words[start:]


def _joined(words):
    result = []
    for (is_text, marks), group in groupby(
        words, lambda word: (isinstance(word, Text), word.marks)
    ):
        group = list(group)
        if is_text:
            result.append(Text("".join(word.text for word in group), marks))
        else:
            result += group
    return result
