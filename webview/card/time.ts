import { dayIn, daysBetween, zoneOr } from '../../src/base/days';
import { dateLocale } from '../common/l10n';

const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const MOST_DAYS = 14;

/**
 * "3 minutes ago", "yesterday"; a date once it is older than two weeks. Days are the calendar's, in the user's zone:
 * yesterday evening is yesterday, however few hours that is. Gives the text as it is when it is no time.
 * @param iso ISO 8601
 * @param now milliseconds since 1970
 * @param zone an IANA name
 */
export function ago(iso: string, now: number, zone: string, locale = dateLocale()): string {
  const at = Date.parse(iso);
  if (Number.isNaN(at)) return iso;
  const days = daysBetween(dayIn(zone, now), dayIn(zone, at));
  if (days < -MOST_DAYS)
    return new Intl.DateTimeFormat(locale, {
      ...{ day: 'numeric', month: 'short', year: 'numeric' },
      timeZone: zoneOr(zone),
    }).format(at);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  const since = at - now;
  if (Math.abs(since) < MINUTE_MS) return relative.format(0, 'second');
  if (Math.abs(since) < HOUR_MS) return relative.format(Math.trunc(since / MINUTE_MS), 'minute');
  if (days !== 0) return relative.format(days, 'day');
  return relative.format(Math.trunc(since / HOUR_MS), 'hour');
}

/** The whole date and time in a zone, in the reader's own way. */
export function fullTime(iso: string, zone: string, locale = dateLocale()): string {
  const at = Date.parse(iso);
  return Number.isNaN(at)
    ? iso
    : new Intl.DateTimeFormat(locale, {
        dateStyle: 'medium',
        timeStyle: 'short',
        timeZone: zoneOr(zone),
      }).format(at);
}
