# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Cursors of ``changes``: what a reader has seen, as a text that only we read.

Transactions are committed in another order than they begin, so neither a time nor
a running number says what a reader has seen. PostgreSQL's own snapshots do: each
knows which transactions had ended. A cursor is the snapshot of who read last, and
new is what that one does not see: nothing is lost, and nothing told twice.
"""

import re
from dataclasses import dataclass

from .. import errors
from . import sight, sight_mark

# Longer cursors would not fit into an address.
_MAX_RUNNING = 100
_SEEN = rf"[1-9][0-9]{{0,18}}(?:_[1-9][0-9]{{0,18}}){{0,{_MAX_RUNNING}}}"
_CURSOR = re.compile(
    rf"([0-9a-f]{{16}})\.({_SEEN})(?:\.({_SEEN})\.([0-9]{{1,10}}))?", re.ASCII
)
_MAX_TXID = 2**63 - 1


@dataclass(frozen=True)
class Seen:
    """Transactions that had ended: all below ``top`` but the ``running`` ones."""

    top: int
    running: tuple = ()

    def __str__(self):
        return "_".join(map(str, (self.top, *self.running)))

    @property
    def lowest(self):
        """The first transaction that had not ended."""
        return min((self.top, *self.running))

    def snapshot(self):
        """The same as PostgreSQL writes it."""
        return f"{self.lowest}:{self.top}:{','.join(map(str, self.running))}"

    @classmethod
    def of_board(cls, snapshot, in_recovery, last):
        """(what a snapshot sees of a board whose log ends with transaction ``last``,
        whether that is all).

        What came after that is none of the board's, so the cursor stays the same
        for as long as nothing happens on it.
        """
        lowest, top, running = snapshot.split(":")
        # What the reader's own transaction has written is not over yet.
        last = min(last, int(top) - 1)
        running = [int(number) for number in running.split(",") if number]
        running = [number for number in running if number <= last]
        if in_recovery or len(running) > _MAX_RUNNING:
            # A standby does not say which are running. Better told twice than lost.
            return cls(min(int(lowest), last + 1)), False
        return cls(last + 1, tuple(running)), True


@dataclass(frozen=True)
class Cursor:
    """How far somebody has read: all that is ``seen``.

    In the middle of a long answer also the cards up to number ``after`` of what is
    seen ``until`` then. ``mark`` says whose it is (see ``mark``).
    """

    mark: str
    seen: Seen
    until: Seen | None = None
    after: int | None = None

    @property
    def newest(self):
        """The highest number of a next transaction that the cursor speaks of."""
        return max(self.seen.top, self.until.top if self.until else 0)

    def __str__(self):
        parts = [self.mark, self.seen]
        if self.until:
            parts += [self.until, self.after]
        return ".".join(map(str, parts))

    @classmethod
    def parse(cls, text):
        """400 for what is no cursor; whose it is, and of which log, is left open."""
        match = _CURSOR.fullmatch(text)
        if not match:
            raise unknown()
        until = _seen(match[3]) if match[3] else None
        after = int(match[4]) if match[4] else None
        return cls(match[1], _seen(match[2]), until, after)


def unknown():
    return errors.refused(
        "since",
        "since is not a cursor of this board, or it is too old. Read the board again, "
        "and go on with the cursor that comes with it.",
    )


def _seen(text):
    top, *running = map(int, text.split("_"))
    ordered = [*sorted(set(running)), top]
    if [*running, top] != ordered or top > _MAX_TXID or running[-1:] >= [top]:
        raise unknown()
    return Seen(top, tuple(running))


def mark(project, history):
    """Mark of whose cursor it is.

    Of a board in this very ``history``: one database of one PostgreSQL cluster, which a
    restored or copied one is not. And of what decides beside the log what somebody
    sees, and how: a cursor from before their record rules or their time zone became
    others is of no use.
    """
    facts = [project.id, history]
    if sight.depends_on_others(project.env):
        # No log says when that changes: whoever sees other cards starts again.
        facts.append(sight.shown(project))
    facts.append(sight.shown_beside(project.env))
    return sight_mark.of(project.env, *facts)
