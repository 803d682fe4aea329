import type { BoardView, CardView, ColumnView } from '../../../src/messages/boardMessages';

/**
 * Takes over the unchanged cards and columns of the snapshot before, object for object, so that only what changed is
 * drawn again: a message gives copies of everything.
 */
export function shareCards(before: BoardView | null, view: BoardView): BoardView {
  if (!before) return view;
  const kept = new Set(view.columns);
  const known = new Map<string, CardView>();
  for (const column of before.columns)
    if (!kept.has(column)) for (const card of column.cards) known.set(card.cardId, card);
  const shared = (card: CardView) => {
    const old = known.get(card.cardId);
    return old && JSON.stringify(old) === JSON.stringify(card) ? old : card;
  };
  const columns = view.columns.map((column) => {
    if (before.columns.includes(column)) return column;
    const cards = column.cards.map(shared);
    const old = before.columns.find(({ stageId }) => stageId === column.stageId);
    const next = { ...column, cards };
    return old && sameColumn(old, next) ? old : next;
  });
  return { ...view, columns };
}

/** Whether all is the same; cards are compared as objects, those that did not change are shared by then. */
function sameColumn(a: ColumnView, b: ColumnView): boolean {
  if (a.cards.length !== b.cards.length || a.cards.some((card, index) => card !== b.cards[index]))
    return false;
  return JSON.stringify({ ...a, cards: [] }) === JSON.stringify({ ...b, cards: [] });
}
