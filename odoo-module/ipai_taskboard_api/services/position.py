# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Places in a column: a drop becomes as few new sequence numbers as can be.

Inside a priority cards are ordered by (sequence, due day, newest first).
Everything here is arithmetic on ``Place`` tuples; nothing reads or writes.
"""

from dataclasses import dataclass
from datetime import date
from itertools import islice

_STEP = 16
# A longer run gets numbers that are alike: its order inside a number does the rest,
# and one write does for all cards of a number.
_LONG_RUN = 64
_INT32 = 2**31 - 1


@dataclass(frozen=True)
class Place:
    """Where a card stands: ``number`` is its id, ``due`` a day or None."""

    number: int
    priority: str
    sequence: int
    due: date | None = None

    def key(self, sequence=None):
        """Sort key in its priority; with another sequence when one is given."""
        sequence = self.sequence if sequence is None else sequence
        return (sequence, self.due or date.max, -self.number)


def numbers_between(card, above, below, written=False):
    """Return {card number: new sequence} that puts ``card`` between two sides.

    ``above`` and ``below`` are the other cards of its priority in the column, each
    from the gap outwards, and are not read further than needed. Cards that keep
    their number are absent, and nothing changes when the card stands right already.
    ``written`` says that the card itself is written in any case.
    """
    above, below = _Side(above), _Side(below)
    key = card.key()
    # Whether the card's own number does on either side.
    clear = [not above[0] or above[0].key() < key, not below[0] or key < below[0].key()]
    if all(clear):
        return {}
    ways = [_Downwards(card, above, below), _Upwards(card, above, below)]
    if clear[0]:
        ways.append(_Downwards(card, above, below, kept=True))
    if clear[1]:
        ways.append(_Upwards(card, above, below, kept=True))
    # All are tried with one card, then with two, and so on: the first that ends
    # touches the fewest, and the longer ones are never read.
    cost = 0
    while True:
        for way in ways:
            own = 0 if way.kept or written else 1
            if way.ends_within(cost - own):
                return way.numbers()
        ways = [way for way in ways if way.possible]
        cost += 1


class _Side:
    """The cards on one side of the gap, read one by one; None behind the last."""

    def __init__(self, places):
        self._rest = iter(places)
        self._read = []

    def __getitem__(self, index):
        missing = index + 1 - len(self._read)
        self._read += islice(self._rest, max(0, missing))
        return self._read[index] if index < len(self._read) else None


class _Way:
    """Makes room on one side: each card there gives way to the one before it."""

    def __init__(self, card, near, far, kept=False):
        """The cards of ``near`` stay, those of ``far`` give way; a card that is
        ``kept`` has its own number, and the others make room around that."""
        self.kept = kept
        self.possible = True
        self._card = card
        self._near = near
        self._far = far
        self._moved = 0
        if kept:
            self._last = card.key()
        else:
            # The number that leaves most room on the far side.
            self._last = self._next_key(near[0].key(), card) if near[0] else None

    def ends_within(self, most):
        """Whether at most so many cards of the far side have to give way."""
        while self.possible and self._moved <= most:
            place = self._far[self._moved]
            if not place or self._last is None or self._is_right(self._last, place):
                return True
            if self._moved == most:
                break
            self._last = self._next_key(self._last, place)
            self._moved += 1
            self.possible = -_INT32 <= self._last[0] <= _INT32
        return False

    def numbers(self):
        """{card number: new sequence}, when the way has ended."""
        run = [self._far[index] for index in range(self._moved)]
        near, far = self._near[0], self._far[self._moved]
        if self.kept:
            near = self._card
        else:
            run.insert(0, self._card)
        return self._in_order(near, run, far)


class _Downwards(_Way):
    def __init__(self, card, above, below, kept=False):
        super().__init__(card, above, below, kept)

    def _is_right(self, last, place):
        return last < place.key()

    def _next_key(self, last, place):
        return _key_behind(last, place)

    def _in_order(self, near, run, far):
        return _numbers(near, run, far)


class _Upwards(_Way):
    def __init__(self, card, above, below, kept=False):
        super().__init__(card, below, above, kept)

    def _is_right(self, last, place):
        return place.key() < last

    def _next_key(self, last, place):
        return _key_before(last, place)

    def _in_order(self, near, run, far):
        return _numbers(far, run[::-1], near)


def _key_behind(last, place):
    """The smallest key of ``place`` behind ``last``."""
    key = place.key(last[0])
    return key if last < key else place.key(last[0] + 1)


def _key_before(last, place):
    """The largest key of ``place`` before ``last``."""
    key = place.key(last[0])
    return key if key < last else place.key(last[0] - 1)


def _numbers(low, run, high):
    """New sequences for ``run`` between two places (None: open end)."""
    bottom = None if low is None else low.sequence
    top = None if high is None else high.sequence
    first, step = _spread(bottom, top, len(run))
    if step:
        return {place.number: first + rank * step for rank, place in enumerate(run)}
    # No room for a number each: the order inside a number does the rest.
    numbers = {}
    if low is None:
        last = high.key()
        for place in reversed(run):
            last = _key_before(last, place)
            numbers[place.number] = last[0]
    else:
        last = low.key()
        for place in run:
            last = _key_behind(last, place)
            numbers[place.number] = last[0]
    return numbers


def _spread(low, high, count):
    """First number and step for ``count`` numbers strictly between the bounds.

    The step is 0 when there is no room for them, or when there are too many.
    """
    if low is not None and high is not None:
        step = (high - low) // (count + 1)
        return low + step, step
    if count > _LONG_RUN:
        return 0, 0
    if low is not None:
        step = min(_STEP, (_INT32 - low) // (count + 1))
        return low + step, step
    if high is not None:
        step = min(_STEP, (high + _INT32) // (count + 1))
        return high - step * count, step
    return _STEP, _STEP
