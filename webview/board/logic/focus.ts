import type { CardView, ColumnView } from '../../../src/messages/boardMessages';

/** What has the focus on the board: a card, or a column that shows none. */
export interface Focus {
  stageId: string;
  cardId: string | null;
}

export type Direction = 'up' | 'down' | 'left' | 'right' | 'first' | 'last' | 'firstColumn' | 'lastColumn';

/** What to look at: the columns as they are shown (filtered; a folded one shows no cards). */
export type Shown = readonly Pick<ColumnView, 'stageId' | 'cards'>[];

/**
 * Keeps the focus on its card, wherever that went. When the card is gone, the next one of its column gets it, else the
 * one before, else the column itself.
 * @returns the focus, and the card that went away from under it
 */
export function keepFocus(
  before: Shown,
  after: Shown,
  focus: Focus | null,
): { focus: Focus | null; gone?: CardView } {
  if (focus === null) return { focus: firstFocus(after) };
  if (focus.cardId !== null) {
    const at = columnOf(after, focus.cardId);
    if (at) return { focus: { stageId: at.stageId, cardId: focus.cardId } };
    return replacement(before, after, focus.cardId) ?? { focus: columnFocus(after, focus.stageId) };
  }
  return { focus: columnFocus(after, focus.stageId) };
}

/** Where the focus stands at first. */
export function firstFocus(columns: Shown): Focus | null {
  const column = columns.find(({ cards }) => cards.length > 0) ?? columns[0];
  return column ? { stageId: column.stageId, cardId: column.cards[0]?.cardId ?? null } : null;
}

/**
 * The focus one key away; the same when there is nothing further.
 * @param heightAt for left and right: the card of the column at the same visual height
 */
export function moveFocus(
  columns: Shown,
  focus: Focus,
  direction: Direction,
  heightAt: (stageId: string) => string | null = () => null,
): Focus {
  const column = columns.findIndex(({ stageId }) => stageId === focus.stageId);
  const cards = columns[column]?.cards ?? [];
  const card = cards.findIndex(({ cardId }) => cardId === focus.cardId);
  const inColumn = (index: number) => ({
    stageId: focus.stageId,
    cardId: cards[index]?.cardId ?? focus.cardId,
  });
  const toColumn = (index: number): Focus => {
    const to = columns[index];
    if (!to || index === column) return focus;
    const same = heightAt(to.stageId) ?? to.cards[Math.min(Math.max(card, 0), to.cards.length - 1)]?.cardId;
    return { stageId: to.stageId, cardId: same ?? null };
  };
  switch (direction) {
    case 'up':
      return inColumn(Math.max(card - 1, 0));
    case 'down':
      return inColumn(Math.min(card + 1, cards.length - 1));
    case 'first':
      return inColumn(0);
    case 'last':
      return inColumn(cards.length - 1);
    case 'left':
      return toColumn(column - 1);
    case 'right':
      return toColumn(column + 1);
    case 'firstColumn':
      return toColumn(0);
    case 'lastColumn':
      return toColumn(columns.length - 1);
  }
}

/** The ids between two cards of one column, both included; just the second when they are not in one column. */
export function rangeOf(columns: Shown, fromId: string, toId: string): string[] {
  const cards = columnOf(columns, toId)?.cards ?? [];
  const from = cards.findIndex(({ cardId }) => cardId === fromId);
  const to = cards.findIndex(({ cardId }) => cardId === toId);
  if (from < 0 || to < 0) return [toId];
  return cards.slice(Math.min(from, to), Math.max(from, to) + 1).map(({ cardId }) => cardId);
}

export const columnOf = <C extends Shown[number]>(columns: readonly C[], cardId: string): C | undefined =>
  columns.find(({ cards }) => cards.some((card) => card.cardId === cardId));

function replacement(
  before: Shown,
  after: Shown,
  goneId: string,
): { focus: Focus; gone?: CardView } | undefined {
  const old = columnOf(before, goneId);
  const now = after.find(({ stageId }) => stageId === old?.stageId);
  if (!old || !now) return undefined;
  const at = old.cards.findIndex(({ cardId }) => cardId === goneId);
  const gone = old.cards[at];
  if (!gone) return undefined;
  // A new card changes its temporary id for the server's: that is no farewell.
  const known = new Set(old.cards.map(({ cardId }) => cardId));
  const born = gone.fresh
    ? now.cards.find(({ cardId, title }) => title === gone.title && !known.has(cardId))
    : undefined;
  if (born) return { focus: { stageId: now.stageId, cardId: born.cardId } };
  const left = new Set(now.cards.map(({ cardId }) => cardId));
  const heir =
    old.cards.slice(at + 1).find(({ cardId }) => left.has(cardId)) ??
    old.cards.slice(0, at).findLast(({ cardId }) => left.has(cardId)) ??
    now.cards[0];
  return { focus: { stageId: now.stageId, cardId: heir?.cardId ?? null }, gone };
}

function columnFocus(columns: Shown, stageId: string): Focus | null {
  const column = columns.find((each) => each.stageId === stageId);
  return column ? { stageId, cardId: column.cards[0]?.cardId ?? null } : firstFocus(columns);
}
