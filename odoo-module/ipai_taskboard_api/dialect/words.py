# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Runs of text, line breaks and pictures, brought into one form."""

import re
from itertools import groupby

from .document import Break, Text

# What a browser shows as one space; what it shows as it is, though it is no word.
_PARTS = re.compile("([ \t\r\n\f]+)|([\xa0\v]+)|([^ \t\r\n\f\xa0\v]+)")
# In code spaces are kept, but at its ends.
_PARTS_OF_CODE = re.compile(
    "([ \t\r\n\f]+)|([\xa0\v]+)|([^ \t\r\n\f\xa0\v]+(?: +[^ \t\r\n\f\xa0\v]+)*)"
)
# A tab of Odoo's editor, told from white space until a text is in its form.
TAB = "\v"
# Without width: Odoo's editor puts them where the cursor has to go, at the ends of
# words. Some scripts have them within. An address begins after one that is not seen.
_NO_WIDTH = re.compile(
    "(?<![^ \t\r\n\f\xa0\u200b\ufeff])[\u200b\ufeff]+"
    "|[\u200b\ufeff]+(?:(?![^ \t\r\n\f\xa0])|(?=https?:|mailto:|www\\.))"
)
_CODE = frozenset(["code"])


def pieces(text, marks):
    """``text`` of HTML as words: spaces, and what stands between them."""
    parts = _PARTS_OF_CODE if "code" in marks else _PARTS
    for space, fixed, word in parts.findall(seen(text)):
        yield Text(" " if space else fixed or word, marks)


def seen(text):
    """``text`` without characters that have no width, but those within a word."""
    return _NO_WIDTH.sub("", text)


def without_unseen(text):
    return text.replace("\u200b", "").replace("\ufeff", "")


def tidy(words):
    """Words without spaces that nobody sees; equal for what looks the same.

    Spaces have of their marks those that the words on both sides have.
    """
    return _joined(_stripped(_shared_marks(_single_spaces(words))))


def paragraphs(words):
    """``words`` parted where there is an empty line."""
    start = 0
    for index, word in enumerate(words):
        if isinstance(word, Break) and isinstance(words[index - 1], Break):
            yield from _paragraph(words[start : index - 1])
            start = index + 1
    yield from _paragraph(words[start:])


def _paragraph(words):
    line = list(words)
    if line and isinstance(line[-1], Text):
        line[-1] = Text(line[-1].text.rstrip(" \xa0"), line[-1].marks)
        line = line if line[-1].text else _stripped(line[:-1])
    if line:
        yield line


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
            yield Break((shared & word.marks) - _CODE)
        elif _is_space(word):
            yield Text(word.text, shared & word.marks)
        else:
            before = word.marks
            yield word


def _stripped(words):
    words = list(words)
    while words and (isinstance(words[-1], Break) or _is_space(words[-1])):
        words.pop()
    start = 0
    # A fixed space at the beginning is seen.
    while start < len(words) and _is_unseen(words[start]):
        start += 1
    return words[start:]


def _is_unseen(word):
    return isinstance(word, Break) or (isinstance(word, Text) and word.text in " \v")


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
