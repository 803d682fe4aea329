# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Spaces at the ends of paragraphs and headings, as CommonMark has them.

Only those of ASCII are left out; the parser's ``strip()`` leaves out all of Unicode.
"""

_SPACES = " \t\n\r"


def extend(markdown):
    """Make ``markdown`` keep ``&nbsp;`` and its like where they were typed."""
    rules = {one.name: one.fn for one in markdown.block.ruler.__rules__}
    alternatives = {"alt": ["paragraph", "reference", "blockquote"]}
    markdown.block.ruler.at("paragraph", _of_lines(rules["paragraph"]))
    markdown.block.ruler.at("lheading", _of_lines(rules["lheading"]))
    markdown.block.ruler.at("heading", _of_heading(rules["heading"]), alternatives)


class _Lines(str):
    def strip(self, chars=_SPACES):
        return str.strip(self, chars)


def _of_lines(rule):
    def read(state, start, end, silent=False):
        before = state.getLines
        state.getLines = lambda *range_: _Lines(before(*range_))
        try:
            return rule(state, start, end, silent)
        finally:
            del state.getLines

    return read


def _of_heading(rule):
    def read(state, start, end, silent=False):
        found = rule(state, start, end, silent)
        if found and not silent:
            inline = state.tokens[-2]
            line = state.src[state.bMarks[start] : state.eMarks[start]]
            inline.content = _with_spaces(line, inline.content)
        return found

    return read


def _with_spaces(line, content):
    """``content`` with what ``line`` has around it that is a space beyond ASCII."""
    start = line.find(content) if content else -1
    if start < 0:
        return content
    end = start + len(content)
    while start > 0 and _is_other_space(line[start - 1]):
        start -= 1
    while end < len(line) and _is_other_space(line[end]):
        end += 1
    return line[start:end].strip(_SPACES)


def _is_other_space(char):
    return char.isspace() and char not in _SPACES
