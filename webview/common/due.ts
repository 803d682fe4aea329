import { dateLocale } from './l10n';
import { texts } from './strings';

/** How urgent a due day is, as of today. */
export type Urgency = 'overdue' | 'today' | 'soon' | 'later';

export interface Due {
  /** Relative where that helps: "today", "in 3 days", "2 days late"; a short date beyond two weeks. */
  text: string;
  urgency: Urgency;
  /** The whole date, for a tooltip. */
  date: string;
}

const DAY = 86_400_000;

/**
 * Tells a due day against today, both `YYYY-MM-DD` in the user's time zone. Gives null for what is no day.
 * @param locale for the names of months; the browser's when absent
 */
export function tellDue(due: string, today: string, locale = dateLocale): Due | null {
  const at = Date.parse(`${due}T00:00:00Z`);
  const now = Date.parse(`${today}T00:00:00Z`);
  if (Number.isNaN(at) || Number.isNaN(now)) return null;
  const days = Math.round((at - now) / DAY);
  const date = format(at, WHOLE, locale);
  return { text: relative(days, at, now, locale), urgency: urgencyOf(days), date };
}

/** Whether a day (`YYYY-MM-DD`, or none) is over. */
export const isPast = (due: string | null, today: string): boolean => due !== null && due < today;

/** Whole days from a moment (ISO 8601) until today (`YYYY-MM-DD`); 0 when either is unknown. */
export function daysSince(moment: string | undefined, today: string): number {
  const from = Date.parse(`${moment?.slice(0, 10)}T00:00:00Z`);
  const to = Date.parse(`${today}T00:00:00Z`);
  return Number.isNaN(from) || Number.isNaN(to) ? 0 : Math.max(0, Math.round((to - from) / DAY));
}

function urgencyOf(days: number): Urgency {
  if (days < 0) return 'overdue';
  if (days === 0) return 'today';
  return days <= 3 ? 'soon' : 'later';
}

function relative(days: number, at: number, now: number, locale?: string): string {
  if (days === 0) return texts.today;
  if (days === 1) return texts.tomorrow;
  if (days === -1) return texts.yesterday;
  if (days < 0 && days >= -30) return texts.daysLate(-days);
  if (days > 0 && days <= 14) return texts.inDays(days);
  const sameYear = new Date(at).getUTCFullYear() === new Date(now).getUTCFullYear();
  return format(at, sameYear ? SHORT : { ...SHORT, year: 'numeric' }, locale);
}

const WHOLE: Intl.DateTimeFormatOptions = {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
};
const SHORT: Intl.DateTimeFormatOptions = { day: 'numeric', month: 'short' };

/** Makes what `tellDue` needs, while there is time: the first date of a page takes far longer than all the others. */
export function prepareDates(): void {
  tellDue('2000-01-01', '2000-03-01');
}

/** Making a formatter takes far longer than using it, and every card has a date or two. */
const formats = new Map<string, Intl.DateTimeFormat>();

function format(at: number, options: Intl.DateTimeFormatOptions, locale?: string): string {
  const key = `${locale} ${Object.keys(options).join()}`;
  let known = formats.get(key);
  if (!known) formats.set(key, (known = new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' })));
  return known.format(at);
}
