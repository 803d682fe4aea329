# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""How many open cards every stage held, day by day.

Told backwards from what cards are now, along the changes that Odoo tracks by
itself: so today is right whatever was lost of the past, and what happened before
the addon was there counts. Only cards with which something happened meanwhile are looked
at one by one; all others are numbers.
"""

from bisect import bisect_right
from collections import defaultdict
from datetime import timedelta

from .. import errors
from . import days
from .flow_history import Event, load_events, load_moved, load_open

MOST_DAYS = 400


def of_board(project, first, last):
    """[(day, {stage number: open cards}, closed that day)] from first to last.

    Stages that the board has no longer are there as far as they held cards.
    """
    zone = days.user_zone(project.env)
    _check_span(first, last, days.today(zone))
    dates = [first + timedelta(days=one) for one in range((last - first).days + 1)]
    start = days.day_start(first, zone)
    bounds = [start, *(days.day_end(date, zone) for date in dates)]
    tally = _Tally(bounds)
    stages = set(project.type_ids.ids)
    for stage, day, count in load_open(project, bounds):
        tally.count_still(stage, day, count)
        stages.add(stage)
    found = load_moved(project, start)
    events = load_events(project.env, found, start)
    for card in found:
        if card.is_open_on(project.id):
            # Not that still.
            tally.count_still(card.stage_id, tally.day(card.created), -1)
        tally.count(project.id, card, events.get(card.number, []))
    return tally.by_day(dates, stages)


def _check_span(first, last, today):
    if first > last:
        raise errors.refused("from", "from must not be after to.")
    if last > today:
        raise errors.refused("to", f"to must not be after today, {today}.")
    if (last - first).days >= MOST_DAYS:
        raise errors.refused("from", f"from and to may span {MOST_DAYS} days at most.")


class _Tally:
    """Counts of days, kept as steps: up where a stay begins, down behind it.

    ``bounds``: the first moment of each day, and the one after the last day.
    """

    def __init__(self, bounds):
        self._bounds = bounds
        self._length = len(bounds) - 1
        self._steps = defaultdict(lambda: [0] * len(bounds))
        self._closed = [0] * self._length

    def count(self, board, card, events):
        """Count a card; its ``events`` come newest first."""
        gone = self._length if card.archived is None else self.day(card.archived)
        was_closed = False
        for first, last, then in self._stays(card, events):
            if then["project_id"] == board and then["shown"] and then["stage_id"]:
                if not then["closed"]:
                    self._add(then["stage_id"], first, min(last, gone))
                elif not was_closed and first >= 0:
                    self._closed[first] += 1
            was_closed = then["closed"]

    def count_still(self, stage, day, count):
        """Count open cards with which nothing happened since they were made."""
        self._add(stage, day, self._length, count)

    def by_day(self, dates, stages):
        counts = dict.fromkeys((*sorted(stages), *self._steps), 0)
        result = []
        for day, date in enumerate(dates):
            for stage, steps in self._steps.items():
                counts[stage] += steps[day]
            result.append((date, dict(counts), self._closed[day]))
        return result

    def day(self, moment):
        """Index of the day of ``moment``: -1 before the first, the length after all."""
        return bisect_right(self._bounds, moment) - 1

    def _stays(self, card, events):
        """[(first day, day behind the last, what the card was)], oldest first.

        A day shows what was at its end: what did not last so long is left out.
        """
        if card.closed and not any(event.name == "closed" for event in events):
            untraced = Event(card.settled, "closed", False)
            events = sorted([*events, untraced], key=lambda one: one.at, reverse=True)
        now, born = card._asdict(), self.day(card.created)
        stays, end = [], self._length
        for event in events:
            day = max(self.day(event.at), born)
            if day < end:
                stays.append((day, end, dict(now)))
                end = day
            now[event.name] = event.old
        if born < end:
            stays.append((born, end, now))
        return reversed(stays)

    def _add(self, stage, first, last, count=1):
        first = max(first, 0)
        if count and first < last:
            self._steps[stage][first] += count
            self._steps[stage][last] -= count
