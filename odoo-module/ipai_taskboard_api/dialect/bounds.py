# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""What is read as a formatted text at all. The rest stays text as it was typed.

The parser takes time that grows with its input, but for what is looked at here
before it begins. The worst text within these bounds takes about a second.
"""

import re

# Longest text (characters) and most tokens.
LONGEST = 100_000
MOST_TOKENS = 20_000
# How deep lists and quotes stand in each other, in tokens: two for each.
DEEPEST = 100
# HTML that is read: characters, elements and lines, elements around one.
LONGEST_HTML = 300_000
MOST_HTML = 20_000
DEEPEST_HTML = 100
# Longest markdown that is made of HTML: each line repeats what it stands in.
LONGEST_MARKDOWN = 500_000
# Characters of all HTML attributes: a reference repeats its address.
_LONGEST_OUTPUT = 1_000_000
# Each open bracket is looked after to the end of its paragraph.
_MOST_OPEN = 2_000
# Each of these may become two tokens before it shows that it is none.
_MOST_MARKS = 20_000
_MARKS = re.compile(r"[*_~`<&!\\|@\[\n]")
# A reference is looked for through all lines of its paragraph.
_MOST_REFERENCE_LINES = 50_000
# A row of a table is filled up to as many cells as the longest has.
MOST_CELLS = 20_000

_TOO_DEEP = re.compile(
    rf"(?m)^(?:[ \t]*(?:>|[*+-][ \t]|[0-9]{{1,9}}[.)][ \t])){{{DEEPEST}}}"
)
_BLANK = re.compile(r"\n[ \t>]*(?=\n)")
_DELIMITERS = re.compile(r"(?m)^[ \t>|:-]+$")


class TooMuch(Exception):
    """A text is too long, too deep or too involved to be read as a formatted one."""


def check_text(text):
    """Raise ``TooMuch`` for what the parser would take too long for."""
    if len(text) > LONGEST:
        raise TooMuch
    if sum(1 for _mark in _MARKS.finditer(text)) > _MOST_MARKS:
        raise TooMuch
    lines = text.count("\n") + 1
    if _TOO_DEEP.search(text) or _open_brackets(text) > _MOST_OPEN:
        raise TooMuch
    references = text.count("]:")
    if references * min(lines, _longest_run(text)) > _MOST_REFERENCE_LINES:
        raise TooMuch
    heads = (one[0].count("|") for one in _DELIMITERS.finditer(text))
    if max(heads, default=0) * lines > MOST_CELLS:
        raise TooMuch


def check_html(html):
    """Raise ``TooMuch`` for HTML of which no document is made."""
    marks = html.count("<") + html.count("\n")
    if len(html) > LONGEST_HTML or marks > MOST_HTML:
        raise TooMuch


def check_tokens(tokens):
    """Raise ``TooMuch`` for more than Odoo and its editor should be given."""
    count = length = 0
    for token in tokens:
        inside = token.children or ()
        count += 1 + len(inside)
        if token.level > DEEPEST:
            raise TooMuch
        for one in (token, *inside):
            length += sum(len(str(value)) for value in one.attrs.values())
        if count > MOST_TOKENS or length > _LONGEST_OUTPUT:
            raise TooMuch


def _open_brackets(text):
    """How many brackets are open at once, at most."""
    depth = deepest = 0
    for mark in re.finditer(r"[\[\]]", text):
        depth = depth + 1 if mark[0] == "[" else max(depth - 1, 0)
        deepest = max(deepest, depth)
    return deepest


def _longest_run(text):
    """Lines of the longest run without an empty one."""
    return max(part.count("\n") + 1 for part in _BLANK.split(text))
