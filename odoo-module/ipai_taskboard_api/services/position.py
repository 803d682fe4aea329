# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Places in a column: a drop becomes as few new sequence numbers as can be.

Inside a priority cards are ordered by (sequence, due date, newest first).
Everything here is arithmetic on ``Place`` tuples; nothing reads or writes.
"""

from dataclasses import dataclass
from datetime import datetime

_STEP = 16
_INT32 = 2**31 - 1


@dataclass(frozen=True)
class Place:
    """Where a card stands: ``number`` is its id, ``due`` a datetime or None."""

    number: int
    priority: str
    sequence: int
    due: datetime | None = None

    def key(self, sequence=None):
        """Sort key in its priority; with another sequence when one is given."""
        sequence = self.sequence if sequence is None else sequence
        return (sequence, self.due or datetime.max, -self.number)


def place_after(column, card, after, written=False):
    """Return {card number: new sequence} that puts ``card`` after ``after``.

    ``column`` is the stage's other cards in order; ``after`` is the number of
    one of them, or None for the top. A place outside the card's own priority
    becomes that priority's nearer edge. Cards that keep their number are
    absent, and nothing changes when the card stands right already. ``written``
    says that the card itself is written in any case.
    """
    block = [place for place in column if place.priority == card.priority]
    index = _index(column, block, card, after)
    if _right(block, card, index, 0, True, 0) == 0:
        return {}
    numbers = {}
    for low, run, high in _runs(block, card, index, 0 if written else 1):
        numbers.update(_numbers(low, run, high))
    return numbers


def _index(column, block, card, after):
    if after is None:
        return 0
    anchor = next(place for place in column if place.number == after)
    if anchor.priority == card.priority:
        return block.index(anchor) + 1
    return 0 if anchor.priority > card.priority else len(block)


def _runs(block, card, index, own_cost):
    """What has to be renumbered: [(place before, places, place behind)].

    As few places as can be: ``left`` of those before the card, ``right`` of
    those behind it, and mostly the card itself.
    """
    best = None
    for left in range(index + 1):
        for kept in (False, True):
            cost = left if kept else left + own_cost
            if best and cost >= best[0]:
                continue
            most = len(block) - index if best is None else best[0] - cost - 1
            right = _right(block, card, index, left, kept, most)
            if right is not None:
                best = (cost + right, left, right, kept)
    _cost, left, right, kept = best
    low = block[index - left - 1] if left < index else None
    high = block[index + right] if index + right < len(block) else None
    before, behind = block[index - left : index], block[index : index + right]
    if not kept:
        return [(low, [*before, card, *behind], high)]
    return [(low, before, card), (card, behind, high)]


def _right(block, card, index, left, kept, most):
    """How many places behind the card must go too; None when over ``most``.

    Tries the smallest numbers that keep the order, from the place before on.
    """
    behind = block[index:]
    if left == index:
        # Nothing stays before: all numbers below are free.
        fits = not behind or not kept or card.key() < behind[0].key()
        return 0 if fits else None
    last = block[index - left - 1].key()
    for place in block[index - left : index]:
        last = _next_key(last, place)
    if kept and not last < card.key():
        return None
    last = card.key() if kept else _next_key(last, card)
    for right in range(most + 1):
        if right == len(behind) or last < behind[right].key():
            return right
        last = _next_key(last, behind[right])
    return None


def _next_key(last, place):
    """The smallest key of ``place`` behind ``last``."""
    key = place.key(last[0])
    return key if last < key else place.key(last[0] + 1)


def _numbers(low, run, high):
    """New sequences for ``run`` between two places (None: open end)."""
    if not run:
        return {}
    bottom = None if low is None else low.sequence
    top = None if high is None else high.sequence
    if bottom is None or top is None or top - bottom > len(run):
        first, step = _spread(bottom, top, len(run))
        return {place.number: first + rank * step for rank, place in enumerate(run)}
    # No room strictly between: the order inside a number does the rest.
    numbers, last = {}, low.key()
    for place in run:
        last = _next_key(last, place)
        numbers[place.number] = last[0]
    return numbers


def _spread(low, high, count):
    """First number and step for ``count`` numbers strictly between the bounds."""
    if low is not None and high is not None:
        step = (high - low) // (count + 1)
        return low + step, step
    if low is not None:
        step = min(_STEP, max(1, (_INT32 - low) // (count + 1)))
        return low + step, step
    if high is not None:
        step = min(_STEP, max(1, (high + _INT32) // (count + 1)))
        return high - step * count, step
    return _STEP, _STEP
