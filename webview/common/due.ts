import { daysBetween } from '../../src/base/days';
import { tellDue } from '../../src/messages/dueWords';
import './l10n'; // the language of the page, before the first word

export { tellDue };

/** Whole days from a day (what an ISO time begins with) until today; 0 when either is unknown. */
export const daysSince = (day: string | undefined, today: string): number =>
  Math.max(0, daysBetween(day?.slice(0, 10) ?? '', today) || 0);

/** Makes what `tellDue` needs, while there is time: the first date of a page takes far longer than all the others. */
export function prepareDates(): void {
  tellDue('2000-01-01', '2000-03-01');
}
