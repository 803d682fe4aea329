const formats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of an instant in a time zone, `YYYY-MM-DD`. */
export function dayOf(at: Date | string, tz: string): string {
  if (tz === 'UTC') return (typeof at === 'string' ? at : at.toISOString()).slice(0, 10);
  let format = formats.get(tz);
  if (!format) {
    // Swedish writes days as ISO does.
    format = new Intl.DateTimeFormat('sv-SE', { timeZone: tz, dateStyle: 'short' });
    formats.set(tz, format);
  }
  return format.format(typeof at === 'string' ? new Date(at) : at);
}

/** The day `by` days after (or before) another. */
export function shiftDay(day: string, by: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + by * 86_400_000).toISOString().slice(0, 10);
}

/** How many days lie between two; 0 for the same. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);
}
