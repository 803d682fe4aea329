import type { Card } from '../../contract/entities';

/**
 * The contract's order of cards within a stage: priority high first, then sequence, then due day (none last), then
 * newest first.
 */
export const compareCards = (a: Card, b: Card): number => compareKeys(a, b) || compareAge(a, b);

/**
 * The same for cards that stand in the server's order already, in a sort that keeps the order of equals: of two that are
 * due on one day the server may know the hours, which are not carried.
 */
export const compareRead = (a: Card, b: Card): number =>
  compareKeys(a, b) || (a.due_date === null ? compareAge(a, b) : 0);

const compareKeys = (a: Card, b: Card): number =>
  Number(b.priority) - Number(a.priority) ||
  (a.sequence ?? 0) - (b.sequence ?? 0) ||
  compareDue(a.due_date, b.due_date);

const compareAge = (a: Card, b: Card): number => numberOf(b.card_id) - numberOf(a.card_id);

function compareDue(a: string | null, b: string | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

/** Ids grow with time; a card that is still being created has none and is the newest. */
function numberOf(cardId: string): number {
  const number = Number(cardId.slice(cardId.indexOf(':') + 1));
  return Number.isNaN(number) ? Number.MAX_SAFE_INTEGER : number;
}

/**
 * Where a card of this priority lands when it is dropped below `after` (null: on top). Odoo orders by priority
 * before sequence, so a place outside the card's own priority becomes that priority's edge.
 * @param others the column's cards in order, without the one that moves
 * @returns an index into `others`; the end of the priority when `after` is not there
 */
export function slotAfter(others: readonly Card[], priority: Card['priority'], after: string | null): number {
  const above = others.filter((card) => card.priority > priority).length;
  const last = above + others.filter((card) => card.priority === priority).length;
  const index = after === null ? 0 : others.findIndex((card) => card.card_id === after) + 1;
  if (after !== null && index === 0) return last;
  return Math.min(Math.max(index, above), last);
}
