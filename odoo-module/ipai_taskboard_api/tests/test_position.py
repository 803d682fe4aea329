# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from functools import partial
from itertools import combinations
from random import Random

from odoo.tests.common import BaseCase, tagged

from ..services.position import Place, numbers_between


def _ordered(places):
    return sorted(places, key=lambda place: (-int(place.priority), place.key()))


@tagged("taskboard")
class TestPosition(BaseCase):
    def _move(self, column, card, after):
        """The column's order after the move, and how many numbers changed."""
        column = _ordered(column)
        gap = 1 + [place.number for place in column].index(after) if after else 0
        numbers = numbers_between(card, reversed(column[:gap]), column[gap:])
        moved = [
            Place(
                one.number,
                one.priority,
                numbers.get(one.number, one.sequence),
                one.due,
            )
            for one in (*column, card)
        ]
        return [one.number for one in _ordered(moved)], len(numbers)

    def test_every_move_lands_where_it_should(self):
        random = Random(18)
        for _ in range(400):
            size = random.randrange(1, 9)
            spread = random.choice((1, 3, 50))
            column = [
                Place(number, "1", random.randrange(spread))
                for number in range(1, size + 1)
            ]
            card = column.pop(random.randrange(size))
            rest = [one.number for one in _ordered(column)]
            place = random.randrange(len(rest) + 1)
            after = rest[place - 1] if place else None
            order, _count = self._move(column, card, after)
            self.assertEqual(order, [*rest[:place], card.number, *rest[place:]])

    def test_as_few_writes_as_can_be(self):
        random = Random(19)
        for _ in range(300):
            size = random.randrange(2, 7)
            column = [
                Place(number, "1", random.randrange(4)) for number in range(1, size + 1)
            ]
            card = column.pop(random.randrange(size))
            rest = [one.number for one in _ordered(column)]
            place = random.randrange(len(rest) + 1)
            wanted = [*rest[:place], card.number, *rest[place:]]
            _order, count = self._move(column, card, rest[place - 1] if place else None)
            self.assertEqual(count, self._fewest([*column, card], wanted))

    def _fewest(self, places, wanted):
        """Fewest cards to renumber, by trying every set that may stay."""
        by_number = {one.number: one for one in places}
        for count in range(len(places) + 1):
            for changed in combinations(wanted, count):
                if self._fits([by_number[one] for one in wanted], changed):
                    return count
        return len(places)

    def _fits(self, row, changed):
        last = None
        for one in row:
            if one.number in changed:
                # The smallest number that keeps the order.
                sequence = -100 if last is None else last[0]
                key = one.key(sequence)
                last = key if last is None or key > last else one.key(sequence + 1)
            elif last is not None and one.key() <= last:
                return False
            else:
                last = one.key()
        return True

    def test_one_write_where_there_is_a_gap(self):
        column = [Place(1, "1", 10), Place(2, "1", 20), Place(3, "1", 30)]
        order, count = self._move(column, Place(4, "1", 99), 1)
        self.assertEqual((order, count), ([1, 4, 2, 3], 1))

    def test_card_that_is_written_anyway_costs_nothing(self):
        nine, eight, seven = (Place(number, "1", 10) for number in (9, 8, 7))
        card = Place(5, "1", 10)
        between = partial(numbers_between, card, written=True)
        self.assertEqual(between([seven, eight, nine], []), {})
        self.assertEqual(set(between([nine], [eight, seven])), {5, 9})
        self.assertEqual(set(between([], [nine, eight, seven])), {5})

    def test_no_more_of_a_column_is_read_than_tells(self):
        read = []

        def column(*sequences):
            for number, sequence in enumerate(sequences, start=100):
                read.append(number)
                yield Place(number, "1", sequence)

        numbers = numbers_between(
            Place(7, "1", 1), column(10, 9, 8), column(20, 30, 40)
        )
        self.assertEqual((numbers, read), ({7: 15}, [100, 100]))

    def test_a_long_run_gets_few_numbers(self):
        # As Odoo makes them: all alike, the newest on top.
        column = [Place(number, "1", 10) for number in range(5000, 0, -1)]
        card = Place(6000, "1", 10)
        numbers = numbers_between(card, column[1999::-1], column[2000:])
        self.assertEqual(len(numbers), 2000)
        self.assertEqual(len(set(numbers.values())), 1)
        order, _count = self._move(column, card, 3001)
        self.assertEqual(order[1999:2002], [3001, 6000, 3000])

    def test_numbers_stay_within_what_odoo_keeps(self):
        most = 2**31 - 1
        column = [Place(number, "1", most) for number in (9, 8)]
        order, _count = self._move(column, Place(10, "1", 5), 8)
        self.assertEqual(order, [9, 8, 10])
        column = [Place(number, "1", 1 - most) for number in (9, 8)]
        order, _count = self._move(column, Place(1, "1", 5), None)
        self.assertEqual(order, [1, 9, 8])
