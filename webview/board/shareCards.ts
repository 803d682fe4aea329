import type { BoardView, CardView } from '../../src/messages/boardMessages';

/**
 * Takes over the unchanged cards of the snapshot before, object for object, so that only what changed is drawn again:
 * a message gives copies of everything.
 */
export function shareCards(before: BoardView | null, view: BoardView): BoardView {
  if (!before) return view;
  const known = new Map<string, CardView>();
  for (const { cards } of before.columns) for (const card of cards) known.set(card.cardId, card);
  const shared = (card: CardView) => {
    const old = known.get(card.cardId);
    return old && JSON.stringify(old) === JSON.stringify(card) ? old : card;
  };
  return { ...view, columns: view.columns.map((column) => ({ ...column, cards: column.cards.map(shared) })) };
}
