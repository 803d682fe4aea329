// The contract's order of cards within a stage, for whoever keeps cards: a client as it reads them, the demo as records.

/** Where a kind of card keeps what orders it. */
export interface OrderedBy<T> {
  /** `0` to `3`, which compare as text. */
  priority: (card: T) => string;
  sequence: (card: T) => number;
  /** `YYYY-MM-DD`, or null for none. */
  due: (card: T) => string | null;
  /** Its number: ids grow with time. */
  id: (card: T) => number;
}

/** Days compare as text; none comes last. */
export function compareDue(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** The comparisons that sort cards of a stage: priority high first, then sequence, then due day, then newest first. */
export function cardOrder<Band, T extends Band = Band>(
  of: Omit<OrderedBy<Band>, 'priority'> & Pick<OrderedBy<T>, 'priority'>,
) {
  const compareKeys = (a: Band, b: Band): number =>
    of.sequence(a) - of.sequence(b) || compareDue(of.due(a), of.due(b));
  const compareAge = (a: Band, b: Band): number => of.id(b) - of.id(a);
  const comparePriority = (a: T, b: T): number => Number(of.priority(b)) - Number(of.priority(a));
  const inPriority = (a: Band, b: Band): number => compareKeys(a, b) || compareAge(a, b);
  return {
    /** Of cards of one priority. */
    inPriority,
    inStage: (a: T, b: T): number => comparePriority(a, b) || inPriority(a, b),
    /**
     * The same for cards that stand in the server's order already, in a sort that keeps the order of equals: of two
     * that are due on one day the server may know the hours, which are not carried.
     */
    inStageAsRead: (a: T, b: T): number =>
      comparePriority(a, b) || compareKeys(a, b) || (of.due(a) === null ? compareAge(a, b) : 0),
  };
}
