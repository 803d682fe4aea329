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


def place_after(column, card, after):
    """Return {card number: new sequence} that puts ``card`` after ``after``.

    ``column`` is the stage's other cards in order; ``after`` is the number of
    one of them, or None for the top. A place outside the card's own priority
    becomes that priority's nearer edge. Cards that keep their number are
    absent, and nothing changes when the card stands right already.
    """
    block = [place for place in column if place.priority == card.priority]
    return _insert(block, card, _index(column, block, card, after))


def _index(column, block, card, after):
    if after is None:
        return 0
    anchor = next(place for place in column if place.number == after)
    if anchor.priority == card.priority:
        return block.index(anchor) + 1
    return 0 if anchor.priority > card.priority else len(block)


def _insert(block, card, index):
    before = block[index - 1] if index else None
    behind = block[index] if index < len(block) else None

    def fits(sequence):
        key = card.key(sequence)
        return (before is None or before.key() < key) and (
            behind is None or key < behind.key()
        )

    if fits(card.sequence):
        return {}
    low, high, changed = _room(block, index, card)
    first, step = _spread(low, high, len(changed))
    numbers = {
        place.number: first + rank * step for rank, place in enumerate(changed)
    }
    if len(changed) == 1:
        return numbers
    return {
        place.number: numbers[place.number]
        for place in changed
        if place is card or place.sequence != numbers[place.number]
    }


def _room(block, index, card):
    """The shortest run around ``index`` that fits between its neighbours.

    Returns (low, high, run): the run's cards, with ``card`` among them, get
    numbers strictly between low and high; None is an open end.
    """
    count = len(block)
    for extra in range(count + 1):
        for left in range(max(0, extra - (count - index)), min(extra, index) + 1):
            right = extra - left
            low = block[index - left - 1].sequence if left < index else None
            high = block[index + right].sequence if index + right < count else None
            if low is None or high is None or high - low > extra + 1:
                run = [*block[index - left : index], card, *block[index : index + right]]
                return low, high, run
    raise AssertionError("the whole block always fits")


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
