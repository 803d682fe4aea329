# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""``@Name`` of people who are mentioned: a token of its own.

Found before anything else is read of a name, so that names may have marks. Never in
code and addresses, which are no text, nor in links, which ``html_writer`` leaves.
"""

import re
import unicodedata
from dataclasses import dataclass

_PUNCTUATION = re.compile(r"[!-/:-@\[-`{-~]")


@dataclass(frozen=True)
class Mention:
    name: str
    partner_id: int


def rule(state, silent):
    """The inline rule; ``state.env["mentions"]`` is what ``finder`` gave."""
    if state.src[state.pos] != "@" or "mentions" not in state.env:
        return False
    if re.match(r"[A-Za-z0-9_%+/-]", state.src[state.pos - 1 : state.pos]):
        # An address, or a path.
        return False
    pattern, people = state.env["mentions"]
    found = pattern.match(state.src, state.pos)
    if not found:
        return False
    if not silent:
        mentioned = people[int(found.lastgroup[1:])]
        token = state.push("mention", "", 0)
        token.content = f"@{mentioned[0].name}"
        token.meta = {"partner_id": mentioned[0].partner_id}
        if len(mentioned) > 1:
            # Of two with one name, each has a link of their own.
            mentioned.pop(0)
    state.pos = found.end()
    return True


def finder(mentions):
    """(pattern of all names, the people of each of its groups); None for nobody."""
    people = {}
    for mention in mentions:
        if mention.name.strip():
            people.setdefault(mention.name, []).append(mention)
    if not people:
        return None
    names = sorted(people, key=len, reverse=True)
    groups = (f"(?P<n{number}>{_pattern(name)})" for number, name in enumerate(names))
    return re.compile(f"@(?:{'|'.join(groups)})"), [people[name] for name in names]


def _pattern(name):
    """A name as it is typed: its punctuation may be escaped."""
    typed = "".join(
        (r"\\?" if _PUNCTUATION.match(char) else "") + re.escape(char) for char in name
    )
    # Some scripts write words without spaces.
    goes_on = r"-\w" if unicodedata.east_asian_width(name[-1]) == "W" else r"\w|-\w"
    return f"{typed}(?!{goes_on})"
