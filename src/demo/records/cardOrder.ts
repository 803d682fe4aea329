import type { CardRecord } from './data';

type Compare = (a: CardRecord, b: CardRecord) => number;
type InBand = Pick<CardRecord, 'id' | 'due' | 'sequence'>;

/** Days compare as text; cards without one come last. */
const compareDue = (a: InBand, b: InBand): number => {
  if (a.due === b.due) return 0;
  if (a.due === null) return 1;
  if (b.due === null) return -1;
  return a.due < b.due ? -1 : 1;
};

/** Within a stage and priority: `sequence`, then due date (none last), then newest first. */
export const compareInBand = (a: InBand, b: InBand): number =>
  a.sequence - b.sequence || compareDue(a, b) || b.id - a.id;

/** The board's order: stage, then priority high first, then as `compareInBand`. */
export const comparePosition =
  (stageOrder: (stage: number) => number): Compare =>
  (a, b) =>
    (a.stage === b.stage ? 0 : stageOrder(a.stage) - stageOrder(b.stage) || a.stage - b.stage) ||
    (a.priority === b.priority ? 0 : a.priority > b.priority ? -1 : 1) ||
    compareInBand(a, b);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const titles = new Intl.Collator('en');

const ORDERS: Record<string, Compare> = {
  priority: (a, b) => compareText(a.priority, b.priority),
  due: compareDue,
  created: (a, b) => compareText(a.created_at, b.created_at) || a.id - b.id,
  updated: (a, b) => compareText(a.updated_at, b.updated_at) || a.id - b.id,
  title: (a, b) => titles.compare(a.title, b.title),
};

/**
 * Cards in an order of capability `query`: ascending, cards without a due date last; a leading `-` reverses all of it.
 * @param cards in board order, which also settles ties
 */
export function inOrder(cards: readonly CardRecord[], order = 'position'): readonly CardRecord[] {
  const reverse = order.startsWith('-');
  const compare = ORDERS[reverse ? order.slice(1) : order];
  if (!compare && !reverse) return cards;
  const sorted = compare ? [...cards].sort(compare) : [...cards];
  return reverse ? sorted.reverse() : sorted;
}

/** The order of `my-cards`: due date (none last), then priority high first, then newest. */
export const compareMine: Compare = (a, b) =>
  compareDue(a, b) || compareText(b.priority, a.priority) || b.id - a.id;
