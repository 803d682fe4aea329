# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
from datetime import date, datetime, timedelta
from itertools import product

import pytz

from odoo.tests.common import BaseCase, tagged

from ..services import days

_ZONES = tuple(
    map(
        pytz.timezone,
        (
            "Etc/GMT+12",
            "America/Los_Angeles",
            "America/New_York",
            "America/Sao_Paulo",
            "UTC",
            "Europe/Paris",
            "Asia/Kolkata",
            "Asia/Tokyo",
            "Pacific/Noumea",
            "Pacific/Kiritimati",
        ),
    )
)
# One of each month, and the days of new clocks.
_DAYS = (
    *(date(2026, month, 15) for month in range(1, 13)),
    *(date(2026, 3, 8), date(2026, 3, 29), date(2026, 10, 25), date(2026, 11, 1)),
    date(2024, 2, 29),
)
_ENDS = (date(1000, 1, 1), date(9999, 12, 31))


@tagged("taskboard")
class TestDays(BaseCase):
    def test_colleagues_see_the_same_due_day(self):
        for writer, reader, day in product(_ZONES, _ZONES, _DAYS):
            moment = days.due_moment(day, writer)
            seen = days.local_day(moment, reader)
            with self.subTest(writer=writer, reader=reader, day=day):
                self.assertEqual(days.local_day(moment, writer), day)
                offsets = [_offset(day, zone) for zone in (writer, reader)]
                if -12 <= min(offsets) and max(offsets) <= 11:
                    self.assertEqual(seen, day)
                else:
                    # As near as there is any: a day has ended there when it begins here.
                    self.assertLessEqual(abs((seen - day).days), 1)

    def test_it_is_the_nearest_to_noon(self):
        for writer, day in product(_ZONES, _DAYS):
            moment = days.due_moment(day, writer)
            noon = datetime.combine(day, datetime.min.time()).replace(hour=12)
            step = timedelta(seconds=1 if moment < noon else -1)
            if moment != noon:
                self.assertNotEqual(days.local_day(moment + step, writer), day)

    def test_the_ends_of_the_calendar(self):
        for zone, day in product(_ZONES, _ENDS):
            self.assertEqual(days.local_day(days.due_moment(day, zone), zone), day)

    def test_filters_find_what_shows_the_day(self):
        for writer, reader, day in product(_ZONES, _ZONES, _DAYS):
            moment = days.due_moment(day, writer)
            seen = days.local_day(moment, reader)
            self.assertLessEqual(days.day_start(seen, reader), moment)
            self.assertLess(moment, days.day_end(seen, reader))


def _offset(day, zone):
    """Hours from UTC, as far from it as they get on that day."""
    noon = datetime.combine(day, datetime.min.time()).replace(hour=12)
    return zone.utcoffset(noon).total_seconds() / 3600
