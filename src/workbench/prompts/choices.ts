import { parseDay } from './quickAdd';

/** Of how many of several cards each value of a list field (owners, tags) is. */
export function countsOf<T>(lists: readonly (readonly T[])[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const list of lists)
    for (const value of new Set(list)) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

/**
 * One card's list after a choice over several cards: what was chosen is on all of them; what was ticked and is no more
 * is on none; what only some had and nobody touched stays where it is, and so does what was not there to be chosen.
 * @param ticked what stood there as chosen at first
 */
export function chosenFor<T>(own: readonly T[], ticked: readonly T[], chosen: readonly T[]): T[] {
  const kept = own.filter((value) => chosen.includes(value) || !ticked.includes(value));
  return [...kept, ...chosen.filter((value) => !own.includes(value))];
}

/** Whether two lists hold the same, in any order. */
export const sameValues = <T>(a: readonly T[], b: readonly T[]): boolean =>
  a.length === b.length && a.every((value) => b.includes(value));

/**
 * Reads what was typed for a due day: null for none, undefined when it can't be read.
 * @param today `YYYY-MM-DD` in the user's time zone
 */
export function parseDue(text: string, today: string): string | null | undefined {
  const word = text.trim();
  if (/^none$/i.test(word)) return null;
  return parseDay(word, today);
}
