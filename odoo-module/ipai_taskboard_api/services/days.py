# Copyright 2025 Taskboard
# License LGPL-3.0 or later (https://www.gnu.org/licenses/lgpl).
"""Odoo's naive UTC datetimes, as timestamps and as days of a time zone."""

from datetime import datetime, time, timedelta, timezone

import pytz

from odoo.tools import SQL

from . import readers

_UNKNOWN = datetime(1970, 1, 1)


def user_zone(env):
    """The signed-in user's time zone; UTC when there is none or a wrong one."""
    # Where sign-in has put it; reading the user takes two queries.
    name = env.context["tz"] if "tz" in env.context else env.user.tz
    try:
        return pytz.timezone(name or "UTC")
    except pytz.UnknownTimeZoneError:
        return pytz.utc


def now():
    """This moment, in UTC."""
    return datetime.utcnow()


def today(zone):
    """The day that it is in ``zone``."""
    return local_day(now(), zone)


def timestamp(*moments):
    """ISO 8601 in UTC, to the millisecond, of the first moment that there is.

    Records that came by SQL have none; theirs is the beginning of 1970.
    """
    moment = next((one for one in moments if one), _UNKNOWN)
    return moment.isoformat(timespec="milliseconds") + "Z"


def local_day(moment, zone):
    """The day (a date) of ``moment`` in ``zone``; None for none."""
    if not moment:
        return None
    try:
        return moment.replace(tzinfo=timezone.utc).astimezone(zone).date()
    except OverflowError:
        return moment.date()


def due_moment(day, zone):
    """The moment, in UTC, that stands for the due day ``day`` of ``zone``.

    Of that day the one nearest to noon in UTC, which is the same day for everybody from
    UTC-12 to UTC+11. Local noon is not: New York's is the next day in Tokyo.
    """
    noon = datetime.combine(day, time(12))
    last = day_end(day, zone) - timedelta(seconds=1)
    return min(max(noon, day_start(day, zone)), last)


def to_sql(moment, zone):
    """The same as ``local_day`` for a column (SQL)."""
    return SQL("timezone(%s, timezone('UTC', %s))::date", zone.zone, moment)


def day_start(day, zone):
    """The first moment of ``day``, in UTC."""
    return _to_utc(datetime.combine(day, time()), zone)


def day_end(day, zone):
    """The first moment after ``day``, in UTC."""
    try:
        return day_start(day + timedelta(days=1), zone)
    except OverflowError:
        return datetime.max


def _to_utc(moment, zone):
    try:
        return zone.localize(moment).astimezone(pytz.utc).replace(tzinfo=None)
    except OverflowError:
        # The calendar's very first and last day, east or west of UTC.
        return moment


def storable(day):
    """A due day that Odoo can keep; its own dates start with the year 1000."""
    if day.year < 1000:
        raise readers.Refused("must be after the year 999.")
    return day
