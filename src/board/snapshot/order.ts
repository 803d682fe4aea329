import { cardOrder } from '../../contract/cardOrder';
import type { Card } from '../../contract/entities';
import { numberOf } from '../../contract/ids';

const order = cardOrder<Card>({
  priority: ({ priority }) => priority,
  sequence: ({ sequence }) => sequence ?? 0,
  due: ({ due_date }) => due_date,
  // A card that is still being created has no number yet and is the newest.
  id: ({ card_id }) => numberOf(card_id) || Number.MAX_SAFE_INTEGER,
});

/** The contract's order of cards within a stage. */
export const compareCards = order.inStage;

/** The same for cards that stand in the server's order already. */
export const compareRead = order.inStageAsRead;

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
