# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Words to lines of markdown. Escapes only what would be read as something else."""

import re
import unicodedata

from markdown_it import MarkdownIt

from . import addresses
from .document import Break, Picture, Text
from .words import TAB

_is_address = MarkdownIt().validateLink
_AT_LINE_START = re.compile(
    r"(?:#{1,6}|[-+*])(?=\s|$)|>|~{3,}|`{3,}|=+\s*$|([*_-])[ \t]*(?:\1[ \t]*){2,}$|-+\s*$"
)
_NUMBERED = re.compile(r"([0-9]{1,9})[.)](?=\s|$)")
_DELIMITERS = re.compile(r"(?=[^-]*-)[|:-][ \t|:-]*$")
# Occurrences of a mark that could open or close something.
_RISKY = {
    "`": re.compile(r"`"),
    "*": re.compile(r"(?<!\s)\*|\*(?!\s)"),
    "_": re.compile(r"(?<![^\W_])_(?!\s)|(?<!\s)_(?![^\W_])"),
    "~": re.compile(r"(?<=~)~|~(?=~)"),
}
# How much of what stands beside an address says where it begins and ends.
_BESIDE = 40
# Emphasis has no spaces at its ends. A line break is one.
_SPACES = " \t\n\xa0"
# Between a sign and the mark of emphasis, where a word follows or stands before it:
# there the mark would be none. Without width, and left out when it is read.
_NO_SIGN = "\u200b"
_ENDS_ADDRESS_ITSELF = re.compile(r"[\s<>\"\[\]`\\]")
_ENDS_ADDRESS = re.compile(r"[\s.,;:!?)<>\"\[\]`]")
_TILDE = re.compile(r"~")
_RISKY_FOR = {"`": "code", "*": "em", "_": "em", "~": "s"}
_BACKSLASH = re.compile(r"\\(?=[!-/:-@\[-`{-~]|$)")
_AUTOLINK = re.compile(r"<(?=[A-Za-z][\w+.-]*:|[^\s<>]+@)")
_ENTITY = re.compile(r"&(?=#?\w+;)")
_ALL = re.compile(r"[!-/:-@\[-`{-~]")
_DELIMITER = {"strong": "**", "em": "*", "s": "~~"}
_OTHER_DELIMITER = {"strong": "__", "em": "_"}


def write_lines(words):
    """Lines of markdown."""
    lines = _Writing(words).text().split("\n")
    return [_escape_line_start(line) for line in lines]


def write_cell(words):
    """Markdown of a table's cell: on one line, without its delimiter."""
    line = _Writing(words).text().replace("\n", " ")
    return re.sub(r"\|", r"\\|", line)


def is_bare(mark, text):
    """Whether a link's text by itself says the link."""
    _a, href, title = mark
    return not title and (
        text == href or f"https://{text}" == href and text.startswith("www.")
    )


class _Writing:
    def __init__(self, words):
        self._words = words
        self._parts = []
        # Open marks, and what each of them is written with.
        self._open = []
        self._closed = False
        # Where in ``_parts`` emphasis ends after a sign, if it has just ended there.
        self._ended = None
        text = "".join(word.text if _is_prose(word) else "\n" for word in words)
        names = {name for word in words for name in word.marks}
        if "strong" in names:
            names.add("em")
        self._risky = {
            mark: pattern
            for mark, pattern in _RISKY.items()
            if _RISKY_FOR[mark] in names or len(pattern.findall(text)) > 1
        }
        if "s" in names:
            self._risky["~"] = _TILDE
        self._bare = {index for index in range(len(words)) if self._is_bare(index)}
        has_links = any(
            isinstance(word, Picture)
            or any(isinstance(mark, tuple) for mark in word.marks)
            for index, word in enumerate(words)
            if index not in self._bare
        )
        self._brackets = has_links or bool(re.search(r"\]\s?[(\[:]", text))

    def text(self):
        for index, word in enumerate(self._words):
            bare = index in self._bare
            wanted = {mark for mark in word.marks - {"code"} if _can_say(mark)}
            if bare:
                wanted = {mark for mark in wanted if not isinstance(mark, tuple)}
            atom = word.text if bare else self._atom(word, index)
            self._close(wanted)
            missing = wanted - {mark for mark, _closing in self._open}
            if missing and _is_prose(word):
                # Nothing is opened before a space.
                rest = atom.lstrip(_SPACES)
                self._append(atom[: len(atom) - len(rest)])
                atom = rest
            self._begin(missing, index, atom)
            self._append(atom)
        self._close(set())
        return "".join(self._parts)

    def _append(self, text):
        if not text:
            return
        if self._ended is not None and self._needs_sign(text[0]):
            self._parts.insert(self._ended, _NO_SIGN)
        self._ended = None
        self._parts.append(text)
        self._closed = False

    def _close(self, wanted):
        """Close what is open and not ``wanted``, and what was opened after that."""
        keep = 0
        while keep < len(self._open) and self._open[keep][0] in wanted:
            keep += 1
        if len(self._open) == keep:
            return
        spaces = self._spaces_before_end()
        self._ended = None
        while len(self._open) > keep:
            mark, closing = self._open.pop()
            if not isinstance(mark, tuple) and self._ended is None and self._parts[-1]:
                self._ended = len(self._parts)
            self._parts.append(closing)
            self._closed = closing[0] == "*"
        self._append(spaces)

    def _needs_sign(self, following):
        """Whether the emphasis that has ended would not end before ``following``."""
        inside = self._parts[self._ended - 1]
        return (
            _side(following) == "word"
            if _side(inside[-1]) == "sign"
            else _ends_in_address(inside) and not _ENDS_ADDRESS.match(following)
        )

    def _begin(self, missing, index, atom):
        """Open what is ``missing`` before ``atom``."""
        before = self._parts[-1] if self._parts else ""
        follows_word = _side(before[-1:]) == "word"
        if missing and _ends_in_address(before):
            self._parts.append(_NO_SIGN)
        marks = sorted(missing, key=lambda one: (-self._reach(one, index), str(one)))
        for number, mark in enumerate(marks):
            if isinstance(mark, tuple):
                follows_word = False
                if self._parts and self._parts[-1].endswith("!"):
                    self._parts[-1] = self._parts[-1][:-1] + r"\!"
                self._parts.append("[")
                self._open.append(
                    (mark, f"]({_destination(mark[1])}{_title(mark[2])})")
                )
            else:
                others = _OTHER_DELIMITER if self._closed else {}
                delimiter = others.get(mark, _DELIMITER[mark])
                self._parts.append(delimiter)
                self._open.append((mark, delimiter))
                rest = [_opening(one) for one in marks[number + 1 :]] + [atom]
                following = "".join(rest)[:1]
                is_run = following == delimiter[0] and number + 1 < len(marks)
                if follows_word and not is_run and _side(following) == "sign":
                    self._parts.append(_NO_SIGN)
            self._closed = False
            self._ended = None

    def _spaces_before_end(self):
        """Take spaces from the end: nothing is closed after one."""
        text = self._parts[-1]
        kept = text.rstrip(_SPACES)
        self._parts[-1] = kept
        return text[len(kept) :]

    def _reach(self, mark, index):
        """How many words from ``index`` on have ``mark``."""
        end = index
        while end < len(self._words) and mark in self._words[end].marks:
            end += 1
        return end - index

    def _atom(self, word, index):
        if isinstance(word, Break):
            return "\n"
        if isinstance(word, Picture):
            if not _is_address(word.source):
                return self._escaped(word.alt)
            alt = _ALL.sub(r"\\\g<0>", word.alt) if _ALL.search(word.alt) else word.alt
            return f"![{alt}]({_destination(word.source)}{_title(word.title)})"
        if "code" in word.marks:
            return _code_span(word.text)
        text = self._escaped(word.text)
        if any(isinstance(mark, tuple) for mark in word.marks):
            text = text.replace("]", r"\]")
        following = self._words[index + 1] if index + 1 < len(self._words) else None
        if isinstance(following, Picture) and text.endswith("!"):
            text = text[:-1] + r"\!"
        return text.replace(TAB, "\t")

    def _escaped(self, text):
        """``text`` with what would be read as something else escaped."""
        parts, end = [], 0
        for address in addresses.find(text):
            # Of an address nothing is read but itself.
            parts += [
                self._escaped_part(text[end : address.start]),
                text[address.start : address.end],
            ]
            end = address.end
        return "".join([*parts, self._escaped_part(text[end:])])

    def _escaped_part(self, text):
        text = _BACKSLASH.sub(r"\\\\", text)
        for mark, pattern in self._risky.items():
            text = pattern.sub(r"\\" + mark, text)
        if self._brackets:
            text = text.replace("[", r"\[")
        text = _AUTOLINK.sub(r"\\<", text)
        return _ENTITY.sub(r"\\&", text)

    def _is_bare(self, index):
        """Whether a word is a link that need not be written as one."""
        word = self._words[index]
        link = next((mark for mark in word.marks if isinstance(mark, tuple)), None)
        if not link or not isinstance(word, Text) or not is_bare(link, word.text):
            return False
        if "code" in word.marks or not _is_address(link[1]):
            return False
        before, after = (
            self._words[at] if 0 <= at < len(self._words) else Break()
            for at in (index - 1, index + 1)
        )
        tail = before.text[-_BESIDE:] if isinstance(before, Text) else " "
        head = after.text[:_BESIDE] if isinstance(after, Text) else " "
        if before.marks != word.marks - {link} and not tail[-1].isspace():
            tail += "*"
        if after.marks != word.marks - {link}:
            # The mark between them ends it.
            head = " "
        span = len(tail), len(tail) + len(word.text)
        return any(
            (one.start, one.end) == span
            for one in addresses.find(f"{tail}{word.text}{head}")
        )


def _side(char):
    """What a character is to emphasis beside it: "sign", "space" or "word"."""
    if not char or char.isspace():
        return "space"
    return "sign" if unicodedata.category(char)[0] in "SP" else "word"


def _opening(mark):
    return "[" if isinstance(mark, tuple) else _DELIMITER[mark]


def _is_prose(word):
    return isinstance(word, Text) and "code" not in word.marks


def _ends_in_address(part):
    """Whether a mark after ``part`` could belong to an address in it."""
    if part.startswith("]("):
        return False
    tail = part[-addresses.LONGEST :].lower()
    start = max(map(tail.rfind, ("http:", "https:", "mailto:", "www.")))
    return start >= 0 and not _ENDS_ADDRESS_ITSELF.search(tail, start)


def _can_say(mark):
    return not isinstance(mark, tuple) or _is_address(mark[1])


def _code_span(text):
    runs, fence = set(re.findall("`+", text)), "`"
    while fence in runs:
        fence += "`"
    is_edged = text.startswith("`") or text.endswith("`") or not text.strip(" ")
    padding = " " if is_edged or (text[0] == text[-1] == " ") else ""
    return f"{fence}{padding}{text.replace(TAB, chr(9))}{padding}{fence}"


def _destination(address):
    address = re.sub(r"[\s\x00-\x20]", lambda found: f"%{ord(found[0]):02X}", address)
    address = re.sub(r"[\\()<>]", r"\\\g<0>", address)
    return _ENTITY.sub(r"\\&", address)


def _title(title):
    escaped = _ENTITY.sub(r"\\&", re.sub(r'["\\]', r"\\\g<0>", title))
    return f' "{escaped}"' if title else ""


def _escape_line_start(line):
    if _AT_LINE_START.match(line) or _DELIMITERS.match(line):
        return "\\" + line
    numbered = _NUMBERED.match(line)
    return f"{numbered[1]}\\{line[numbered.end(1) :]}" if numbered else line
