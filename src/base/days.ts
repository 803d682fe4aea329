// Calendar days `YYYY-MM-DD`, as the contract has them: the one place that makes a day out of a moment. A lint rule
// (`house/days`) keeps every other file from doing it with the machine's own clock and zone.

/** A day of UTC, in milliseconds. */
export const DAY_MS = 86_400_000;

/** Making a formatter takes far longer than using it. Null: there is no such zone. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();

/** A server may name zones for ever; so many are remembered. */
const MOST_ZONES = 100;

function formatterOf(zone: string): Intl.DateTimeFormat | null {
  let known = formatters.get(zone);
  if (known === undefined) {
    try {
      known = new Intl.DateTimeFormat('en-CA', {
        ...{ timeZone: zone, calendar: 'gregory', numberingSystem: 'latn' },
        ...{ year: 'numeric', month: '2-digit', day: '2-digit' },
      });
    } catch {
      known = null;
    }
    if (formatters.size >= MOST_ZONES) formatters.clear();
    formatters.set(zone, known);
  }
  return known;
}

/** The zone that this machine is set to. */
export const machineZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;

/** The zone to count an account's days in: its own; the machine's where it has none, or one that nobody knows. */
export const zoneOr = (own: string | null | undefined, machine = machineZone()): string =>
  own && formatterOf(own) ? own : machine;

/**
 * The calendar day of a moment in a zone; UTC's when the zone is unknown, an empty text for what is no moment.
 * @param at a moment, in milliseconds since the epoch
 * @param zone an IANA name, such as `Asia/Kolkata`
 */
export function dayIn(zone: string, at: number): string {
  if (Number.isNaN(new Date(at).getTime())) return '';
  const format = zone === 'UTC' ? null : formatterOf(zone);
  if (!format) return new Date(at).toISOString().slice(0, 10);
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of format.formatToParts(at)) parts[type] = value;
  return `${parts.year?.padStart(4, '0')}-${parts.month}-${parts.day}`;
}

/**
 * The moment at which the day of `at` is over in a zone, in milliseconds since the epoch. Days with a change of summer
 * time are shorter or longer than 24 hours, and in some places midnight itself is left out.
 */
export function endOfDay(zone: string, at: number): number {
  const today = dayIn(zone, at);
  let [before, after] = [at, at + 26 * 3_600_000];
  while (after - before > 1) {
    const half = Math.floor((before + after) / 2);
    if (dayIn(zone, half) === today) before = half;
    else after = half;
  }
  return after;
}

/** The day so many days after another, or before it. */
export const plusDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);

/** How many days lie between two; 0 for the same, NaN when one is no day. */
export const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS);

/** Of a day: 0 for Sunday to 6 for Saturday. */
export const weekdayOf = (day: string): number => new Date(`${day}T00:00:00Z`).getUTCDay();
