// Room: webview/board/logic: the board's decisions without a DOM: keys, focus, filter, the move session, saved view state.
// Owner: nobody: data in, data out; webview/board/app keeps it.
// Source: docs/decisions/0007-our-own-drag-session.md.

import type { CardView, ColumnView, MoveCards } from '../../../src/messages/boardMessages';
import { applyMove, bandOf, sameArrangement } from './arrange';

/**
 * One move, from start to commit or cancel, whether a mouse, a finger or a key drives it. Nothing here touches the
 * server or the page: each step gives the next session.
 */
export interface MoveSession {
  /** The board as it was shown at the start; what the server sends meanwhile waits. */
  readonly columns: readonly ColumnView[];
  /** What moves, in board order. */
  readonly cardIds: readonly string[];
  /** The card that was taken hold of: the others follow it. */
  readonly lead: CardView;
  readonly origin: Slot;
  /** Where it would go; null while it is over no column. */
  readonly target: Slot | null;
  /** The pointer asked for a place that the card's priority does not allow. */
  readonly snapped: boolean;
  /** Without it the place within a column is the server's choice. */
  readonly canPlace: boolean;
}

/** A place between the cards of a column that are not being moved: 0 is above them all. */
export interface Slot {
  readonly stageId: string;
  readonly index: number;
}

export type Step = 'up' | 'down' | 'left' | 'right' | 'top' | 'bottom' | 'first' | 'last';

/** Takes hold of `leadId`, together with `cardIds` when it is one of them. Null when nothing there can be moved. */
export function startMove(
  columns: readonly ColumnView[],
  cardIds: readonly string[],
  leadId: string,
  canPlace: boolean,
): MoveSession | null {
  const wanted = new Set(cardIds.includes(leadId) ? cardIds : [leadId]);
  const moving = columns
    .flatMap(({ cards }) => cards)
    .filter((card) => wanted.has(card.cardId) && !card.fresh);
  const lead = moving.find(({ cardId }) => cardId === leadId);
  const home = columns.find(({ cards }) => cards.some(({ cardId }) => cardId === leadId));
  if (!lead || !home) return null;
  const ids = moving.map(({ cardId }) => cardId);
  const above = home.cards.slice(0, home.cards.indexOf(lead)).filter(({ cardId }) => !ids.includes(cardId));
  const origin = { stageId: home.stageId, index: above.length };
  return { columns, cardIds: ids, lead, origin, target: origin, snapped: false, canPlace };
}

/** The same move on columns that know more cards: null when what moves is no longer among them. */
export function continueOn(session: MoveSession, columns: readonly ColumnView[]): MoveSession | null {
  const { cardIds, lead, canPlace, target } = session;
  const begun = startMove(columns, cardIds, lead.cardId, canPlace);
  return begun && aim(begun, target);
}

/** The cards of a column that stay where they are. */
export function restOf(session: MoveSession, stageId: string): CardView[] {
  const column = session.columns.find((each) => each.stageId === stageId);
  const moving = new Set(session.cardIds);
  return column?.cards.filter(({ cardId }) => !moving.has(cardId)) ?? [];
}

/** Aims at a slot, or at none; a slot outside the card's priority band snaps to the band's edge. */
export function aim(session: MoveSession, slot: Slot | null): MoveSession {
  if (slot === null) return { ...session, target: null, snapped: false };
  const band = bandOf(restOf(session, slot.stageId), session.lead.priority);
  if (!session.canPlace) {
    const index = slot.stageId === session.origin.stageId ? session.origin.index : band.from;
    return { ...session, target: { stageId: slot.stageId, index }, snapped: false };
  }
  const index = Math.min(Math.max(slot.index, band.from), band.to);
  return { ...session, target: { stageId: slot.stageId, index }, snapped: index !== slot.index };
}

/**
 * One key's step. Another column is entered at the top of the card's band, and the own one where it was. The session
 * comes back as it is when there is no further place in that direction.
 */
export function step(session: MoveSession, direction: Step): MoveSession {
  const { columns, origin } = session;
  const target = session.target ?? origin;
  const at = columns.findIndex(({ stageId }) => stageId === target.stageId);
  const band = bandOf(restOf(session, target.stageId), session.lead.priority);
  const toIndex = (index: number) =>
    !session.canPlace || index < band.from || index > band.to || index === target.index
      ? session
      : aim(session, { stageId: target.stageId, index });
  const toColumn = (index: number) => {
    const stageId = columns[index]?.stageId;
    if (stageId === undefined || stageId === target.stageId) return session;
    if (stageId === origin.stageId) return aim(session, origin);
    const { from } = bandOf(restOf(session, stageId), session.lead.priority);
    return aim(session, { stageId, index: from });
  };
  switch (direction) {
    case 'up':
      return toIndex(target.index - 1);
    case 'down':
      return toIndex(target.index + 1);
    case 'top':
      return toIndex(band.from);
    case 'bottom':
      return toIndex(band.to);
    case 'left':
      return toColumn(at - 1);
    case 'right':
      return toColumn(at + 1);
    case 'first':
      return toColumn(0);
    case 'last':
      return toColumn(columns.length - 1);
  }
}

/** What to ask of the host, or null when everything would stay as it is. */
export function commit(session: MoveSession): MoveCards | null {
  const move = moveOf(session);
  return move === null || sameArrangement(applyMove(session.columns, move), session.columns) ? null : move;
}

/** `columns` (all cards, also those that a filter hides) as the session would leave them. */
export function preview<C extends ColumnView>(session: MoveSession, columns: readonly C[]): readonly C[] {
  const move = commit(session);
  return move === null ? columns : applyMove(columns, move);
}

/** Where the lead card would stand in `columns`: its 1-based place among all cards of the stage, loaded or not. */
export function standing(
  session: MoveSession,
  columns: readonly ColumnView[],
): { column: ColumnView; position: number; total: number } | null {
  const { stageId } = session.target ?? session.origin;
  const column = preview(session, columns).find((each) => each.stageId === stageId);
  if (!column) return null;
  const position = column.cards.findIndex(({ cardId }) => cardId === session.lead.cardId) + 1;
  return { column, position, total: column.total };
}

function moveOf(session: MoveSession): MoveCards | null {
  const { target, columns, cardIds, canPlace } = session;
  if (!target) return null;
  if (!canPlace) {
    const home = columns.find(({ stageId }) => stageId === target.stageId);
    const leaving = cardIds.filter((id) => !home?.cards.some(({ cardId }) => cardId === id));
    return leaving.length === 0 ? null : { cardIds: leaving, to: { stageId: target.stageId, after: null } };
  }
  // The server does not know a card that is still being created: the one above it is named instead.
  const above = restOf(session, target.stageId).slice(0, target.index);
  const after = above.findLast(({ fresh }) => !fresh)?.cardId ?? null;
  return { cardIds: [...cardIds], to: { stageId: target.stageId, after } };
}
