import { cardOrder, compareDue } from '../../contract/cardOrder';
import type { CardRecord } from './data';

type Compare = (a: CardRecord, b: CardRecord) => number;

const order = cardOrder<Pick<CardRecord, 'id' | 'due' | 'sequence'>, CardRecord>({
  priority: ({ priority }) => priority,
  sequence: ({ sequence }) => sequence,
  due: ({ due }) => due,
  id: ({ id }) => id,
});

/** Within a stage and priority. */
export const compareInBand = order.inPriority;

/** The board's order: stages as they stand, and each one's cards in the contract's. */
export const comparePosition =
  (stageOrder: (stage: number) => number): Compare =>
  (a, b) =>
    (a.stage === b.stage ? 0 : stageOrder(a.stage) - stageOrder(b.stage) || a.stage - b.stage) ||
    order.inStage(a, b);

const compareText = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);
const titles = new Intl.Collator('en');

const ORDERS: Record<string, Compare> = {
  priority: (a, b) => compareText(a.priority, b.priority),
  due: (a, b) => compareDue(a.due, b.due),
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
  compareDue(a.due, b.due) || compareText(b.priority, a.priority) || b.id - a.id;
