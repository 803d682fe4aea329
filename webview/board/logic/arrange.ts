import type { CardView, ColumnView, MoveCards } from '../../../src/messages/boardMessages';

/** Slots `from`…`to` (both included) between the cards of a column. */
export interface Band {
  from: number;
  to: number;
}

/**
 * Where a card of this priority may stand among `cards` (without itself). Odoo orders by priority, high first, before
 * the place that people give, so a card can only be placed among those of its own priority.
 */
export function bandOf(cards: readonly CardView[], priority: CardView['priority']): Band {
  let from = 0;
  let same = 0;
  for (const card of cards) {
    if (card.priority > priority) from++;
    else if (card.priority === priority) same++;
  }
  return { from, to: from + same };
}

/** Puts `moved`, one below the other, at slot `index` of `rest`; each stays in the band of its priority. */
function insertCards(rest: readonly CardView[], moved: readonly CardView[], index: number): CardView[] {
  const cards = [...rest];
  let slot = index;
  for (const card of moved) {
    const band = bandOf(cards, card.priority);
    const at = Math.min(Math.max(slot, band.from), band.to);
    cards.splice(at, 0, card);
    slot = at + 1;
  }
  return cards;
}

/** The columns as they will be once the move is done. A column or card that is no longer there changes nothing. */
export function applyMove<C extends ColumnView>(columns: readonly C[], move: MoveCards): readonly C[] {
  const ids = new Set(move.cardIds);
  const target = columns.find(({ stageId }) => stageId === move.to.stageId);
  const byId = new Map(columns.flatMap(({ cards }) => cards).map((card) => [card.cardId, card]));
  const moved = move.cardIds.flatMap((id) => byId.get(id) ?? []);
  if (!target || moved.length === 0) return columns;
  return columns.map((column) => {
    const rest = column.cards.filter(({ cardId }) => !ids.has(cardId));
    const left = column.cards.length - rest.length;
    if (column !== target)
      return left === 0 ? column : { ...column, cards: rest, total: column.total - left };
    const above = move.to.after === null ? -1 : rest.findIndex(({ cardId }) => cardId === move.to.after);
    const slot = move.to.after !== null && above < 0 ? rest.length : above + 1;
    return { ...column, cards: insertCards(rest, moved, slot), total: column.total - left + moved.length };
  });
}

/** Whether both show the same cards in the same order. */
export function sameArrangement(a: readonly ColumnView[], b: readonly ColumnView[]): boolean {
  return (
    a.length === b.length &&
    a.every(
      ({ cards }, column) =>
        cards.length === b[column]?.cards.length &&
        cards.every((card, index) => card.cardId === b[column]?.cards[index]?.cardId),
    )
  );
}
