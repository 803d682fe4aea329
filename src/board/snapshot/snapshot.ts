// Room: src/board/snapshot: one board at one moment, immutable, and pure functions over it.
// Owner: nobody: a change makes another snapshot; src/board/sync keeps the last.
// Source: docs/decisions/0008-snapshots-instead-of-deltas.md.

import type { Activity, BoardDetail, Card, Partner } from '../../contract/entities';
import { type Marked, unreadableIn } from '../../client/reading';
import { compareCards, compareRead, slotAfter } from './order';
import { unique } from '../../base/unique';

/** The loaded cards of one stage, in order, and how many there are on the server. */
export interface Column {
  readonly cardIds: readonly string[];
  readonly total: number;
}

/** What is known of one card beyond its board: the full card, its tag, and the newest of its activity. */
export interface CardDetail {
  readonly card: Card;
  /** The entity tag to send with `If-Match`. */
  readonly etag?: string;
  readonly activities: readonly Activity[];
  readonly activityTotal: number;
}

/**
 * One board as it stands at one moment. Immutable: a change makes another snapshot. It holds all that the server
 * owns (board, cards, activity) and nothing that a viewer owns (focus, filter, drafts).
 */
export interface BoardSnapshot {
  readonly board: BoardDetail;
  readonly cards: ReadonlyMap<string, Card>;
  readonly columns: ReadonlyMap<string, Column>;
  readonly details: ReadonlyMap<string, CardDetail>;
}

/**
 * Makes a snapshot of a board and the cards that came with it, keeping what was known of open cards.
 * @param cards each stage's in the server's order
 */
export function snapshotOf(
  given: BoardDetail,
  cards: readonly Card[],
  details: ReadonlyMap<string, CardDetail> = new Map(),
): BoardSnapshot {
  const stagesOnce = unique(given.stages, ({ stage_id }) => stage_id);
  const board = stagesOnce === given.stages ? given : { ...given, stages: [...stagesOnce] };
  const stages = new Map<string, Card[]>(board.stages.map((stage) => [stage.stage_id, []]));
  const known = new Map(cards.map((card) => [card.card_id, card]));
  for (const card of known.values()) stages.get(card.stage_id)?.push(card);
  const columns = new Map<string, Column>();
  for (const [stageId, own] of stages) {
    own.sort(compareRead);
    const total = board.card_counts[stageId] ?? own.length;
    columns.set(stageId, { cardIds: own.map((card) => card.card_id), total });
  }
  return { board, cards: known, columns, details };
}

/** All that is known of a card: what its editor read, or else its board. */
export const cardOf = ({ cards, details }: BoardSnapshot, cardId: string): Card | undefined =>
  details.get(cardId)?.card ?? cards.get(cardId);

/** The cards of a column, in order. */
export function cardsIn(snapshot: BoardSnapshot, stageId: string): Card[] {
  return (snapshot.columns.get(stageId)?.cardIds ?? []).flatMap((id) => snapshot.cards.get(id) ?? []);
}

/** All cards, each column's in its order, and behind them those that stand in none. */
export function cardsInOrder(snapshot: BoardSnapshot): Card[] {
  const placed = [...snapshot.columns.keys()].flatMap((stageId) => cardsIn(snapshot, stageId));
  return [...new Set([...placed, ...snapshot.cards.values()])];
}

/** The card above a card in its column; null on top. */
export function cardAbove(snapshot: BoardSnapshot, cardId: string): string | null {
  const card = snapshot.cards.get(cardId);
  const ids = (card && snapshot.columns.get(card.stage_id)?.cardIds) ?? [];
  return ids[ids.indexOf(cardId) - 1] ?? null;
}

/** What is known of a card with what was read of it since, which counts in all that it tells of: its marks, too. */
export function mergedCard(known: Card | undefined, card: Card): Card {
  if (!known) return card;
  const { unreadable: _, ...merged }: Marked<Card> = { ...known, ...card };
  const unreadable = [...unreadableIn(card), ...unreadableIn(known).filter((key) => !(key in card))];
  return unreadable.length > 0 ? withMarks(merged, unreadable) : merged;
}

const withMarks = (card: Card, unreadable: readonly string[]): Marked<Card> => ({ ...card, unreadable });

/**
 * Takes in a card as the server shows it. It keeps its place in the column while nothing that orders it has
 * changed; otherwise it goes where the contract's order puts it.
 */
export function withCard(snapshot: BoardSnapshot, card: Card): BoardSnapshot {
  const old = snapshot.cards.get(card.card_id);
  const merged = mergedCard(old, card);
  const kept = withDetailCard({ ...snapshot, cards: set(snapshot.cards, card.card_id, merged) }, merged);
  if (old && old.stage_id === card.stage_id && old.priority === card.priority) return kept;
  const others = cardsIn(kept, card.stage_id).filter((other) => other.card_id !== card.card_id);
  const index = others.findIndex((other) => compareCards(merged, other) < 0);
  return placed(kept, merged, old, index < 0 ? others.length : index);
}

/**
 * Takes in a card that was asked for by itself, not read with its column. One that stands beyond what is loaded of its
 * column is known from now on, and counted there already; it gets its place when the column is read that far.
 */
export function withFound(snapshot: BoardSnapshot, card: Card): BoardSnapshot {
  const column = snapshot.columns.get(card.stage_id);
  const beyond =
    !snapshot.cards.has(card.card_id) &&
    (column?.cardIds.length ?? 0) < (column?.total ?? 0) &&
    cardsIn(snapshot, card.stage_id).every((other) => compareRead(card, other) >= 0);
  return beyond ? { ...snapshot, cards: set(snapshot.cards, card.card_id, card) } : withCard(snapshot, card);
}

/** Puts a card (moved, changed or new) below another one, within its own priority. */
export function withCardAfter(snapshot: BoardSnapshot, card: Card, after: string | null): BoardSnapshot {
  const old = snapshot.cards.get(card.card_id);
  const others = cardsIn(snapshot, card.stage_id).filter((other) => other.card_id !== card.card_id);
  const next = withDetailCard({ ...snapshot, cards: set(snapshot.cards, card.card_id, card) }, card);
  return placed(next, card, old, slotAfter(others, card.priority, after));
}

/** Takes a card away: archived, gone, or replaced by the one that the server made. */
export function withoutCard(snapshot: BoardSnapshot, cardId: string): BoardSnapshot {
  const old = snapshot.cards.get(cardId);
  if (!old) return snapshot;
  const cards = new Map(snapshot.cards);
  cards.delete(cardId);
  const details = new Map(snapshot.details);
  details.delete(cardId);
  return { ...snapshot, cards, details, columns: removed(snapshot.columns, old) };
}

export function withDetail(snapshot: BoardSnapshot, detail: CardDetail): BoardSnapshot {
  return { ...snapshot, details: set(snapshot.details, detail.card.card_id, detail) };
}

export function withoutDetail(snapshot: BoardSnapshot, cardId: string): BoardSnapshot {
  const details = new Map(snapshot.details);
  details.delete(cardId);
  return { ...snapshot, details };
}

/**
 * Carries the details of open cards over to a board that was read again.
 * @returns also the cards that changed meanwhile, whose details must be read again
 */
export function keepDetails(
  fresh: BoardSnapshot,
  details: BoardSnapshot['details'],
): { snapshot: BoardSnapshot; stale: string[] } {
  const stale: string[] = [];
  const kept = new Map<string, CardDetail>();
  for (const [cardId, detail] of details) {
    const card = fresh.cards.get(cardId);
    kept.set(cardId, card ? { ...detail, card: mergedCard(detail.card, card) } : detail);
    if (card?.updated_at !== detail.card.updated_at || card.comment_count !== detail.card.comment_count)
      stale.push(cardId);
  }
  return { snapshot: { ...fresh, details: kept }, stale };
}

/** A person of this board by number, from its members or from anyone on its cards. */
export function partnerOf(snapshot: BoardSnapshot, partnerId: number): Partner {
  const is = (partner: Partner) => partner.partner_id === partnerId;
  const member = snapshot.board.members.find(is);
  if (member) return member;
  for (const card of snapshot.cards.values()) {
    const found = card.owners.find(is) ?? card.watchers.find(is);
    if (found) return found;
  }
  return { partner_id: partnerId, email: '', name: `#${partnerId}` };
}

/** Everybody of whom a snapshot tells, whoever was read last first; many of them more than once. */
export function* peopleIn({ board, details, cards }: BoardSnapshot): Generator<Partner> {
  yield* board.members;
  yield board.owner;
  for (const { card, activities } of details.values()) {
    yield* card.owners;
    yield* card.watchers;
    for (const { author } of activities) yield author;
  }
  for (const { owners } of cards.values()) yield* owners;
}

function withDetailCard(snapshot: BoardSnapshot, card: Card): BoardSnapshot {
  const detail = snapshot.details.get(card.card_id);
  return detail ? withDetail(snapshot, { ...detail, card: mergedCard(detail.card, card) }) : snapshot;
}

function placed(snapshot: BoardSnapshot, card: Card, old: Card | undefined, index: number): BoardSnapshot {
  const columns = new Map(old ? removed(snapshot.columns, old) : snapshot.columns);
  const column = columns.get(card.stage_id) ?? { cardIds: [], total: 0 };
  columns.set(card.stage_id, {
    cardIds: column.cardIds.toSpliced(index, 0, card.card_id),
    total: column.total + 1,
  });
  return { ...snapshot, columns };
}

function removed(columns: BoardSnapshot['columns'], card: Card): ReadonlyMap<string, Column> {
  const column = columns.get(card.stage_id);
  if (!column) return columns;
  return set(columns, card.stage_id, {
    cardIds: column.cardIds.filter((id) => id !== card.card_id),
    total: Math.max(0, column.total - 1),
  });
}

function set<K, V>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return new Map(map).set(key, value);
}
