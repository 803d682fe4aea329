import { daysBetween } from '../base/days';
import { dateLocale, plural, t } from '../l10n/l10n';

// Due days in words: the same on cards, in the tree, in picks and in prompts.

/** How urgent a due day is, as of today. */
export type Urgency = 'overdue' | 'today' | 'soon' | 'later';

export interface Due {
  /** Relative where that helps: "today", "in 3 days", "2 days late"; a short date beyond two weeks. */
  text: string;
  urgency: Urgency;
  /** The whole date, for a tooltip. */
  date: string;
}

/**
 * Tells a due day against today, both `YYYY-MM-DD` in the user's time zone. Gives null for what is no day.
 * @param locale for the names of months; the reader's when absent
 */
export function tellDue(due: string, today: string, locale = dateLocale()): Due | null {
  const days = daysBetween(today, due);
  if (Number.isNaN(days)) return null;
  return {
    text: inDays(days) ?? shortDate(due, today, locale),
    urgency: urgencyOf(days),
    date: format(due, WHOLE, locale),
  };
}

/** A due day with its date beside it, "in 3 days (Sun, Mar 15, 2026)"; as it is when it is no day. */
export function dueInFull(due: string, today: string, locale = dateLocale()): string {
  const told = tellDue(due, today, locale);
  if (!told) return due;
  return inDays(daysBetween(today, due)) === null ? told.date : `${told.text} (${told.date})`;
}

/** Whether a day (`YYYY-MM-DD`, or none) is over. */
export const isPast = (due: string | null, today: string): boolean => due !== null && due < today;

function urgencyOf(days: number): Urgency {
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= 3 ? 'soon' : 'later';
}

/** Null when it is so far away that a date says more. */
function inDays(days: number): string | null {
  if (days === 0) return t('today');
  if (days === 1) return t('tomorrow');
  if (days === -1) return t('yesterday');
  if (days < 0) return days >= -30 ? plural(-days, '{0} day late', '{0} days late') : null;
  return days <= 14 ? plural(days, 'in {0} day', 'in {0} days') : null;
}

const shortDate = (day: string, today: string, locale?: string) =>
  format(day, day.slice(0, 4) === today.slice(0, 4) ? SHORT : { ...SHORT, year: 'numeric' }, locale);

const WHOLE: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
};
const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };

/** Making a formatter takes far longer than using it, and every card has a date or two. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(day: string, options: Intl.DateTimeFormatOptions, locale?: string): string {
  const key = `${locale} ${Object.keys(options).join()}`;
  let known = formats.get(key);
  // A day has no zone: it is written in the one that it is read in.
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })));
  return known.format(Date.parse(`${day}T00:00:00Z`));
}
