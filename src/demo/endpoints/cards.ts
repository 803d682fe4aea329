import { BoardId, numberOf } from '../../contract/ids';
import { DEFAULT_LIMITS } from '../../contract/query';
import * as z from 'zod/mini';
import { requireWork, visibleBoard, visibleCard, maySeeCard } from '../rules/access';
import { ApiError } from '../records/apiError';
import type { Call, Reply } from './call';
import { cardFilter } from '../rules/cardFilters';
import { compareMine, inOrder } from '../records/cardOrder';
import { cardTag, cardView } from '../rules/cardView';
import { createCard as makeCard } from '../rules/createCard';
import type { CardRecord, UserRecord } from '../records/data';
import { countGroups } from '../rules/groups';
import { matchesStrongly, type TagCondition } from './headers';
import { pageOf } from '../rules/paging';
import { applyUpdate, followBlocker, planUpdate } from '../rules/updateCard';
import { userZone } from '../records/userZone';
import type { World } from '../records/world';

export function listCards({ world, user, params, now, query }: Call<'listCards'>): Reply<'listCards'> {
  const board = visibleBoard(world, user, params.board_id);
  const { order, view, page, limit, ...filters } = query();
  const cards = world.shownCards(board).filter(cardFilter(world, filters, now, userZone(user)));
  const { items, ...rest } = pageOf(inOrder(cards, order), { page, limit }, DEFAULT_LIMITS.listCards);
  return { body: { cards: items.map((card) => cardView(world, user, card, view === 'summary')), ...rest } };
}

export function listGroups({ world, user, params, now, query }: Call<'listGroups'>): Reply<'listGroups'> {
  const board = visibleBoard(world, user, params.board_id);
  const { by, ...filters } = query();
  const cards = world.shownCards(board).filter(cardFilter(world, filters, now, userZone(user)));
  return { body: { groups: countGroups(world, cards, by, now, userZone(user)) } };
}

export function listMyCards({ world, user, now, query }: Call<'listMyCards'>): Reply<'listMyCards'> {
  const { owner: _me, view, page, limit, ...filters } = query();
  const test = cardFilter(world, filters, now, userZone(user));
  const cards = world.data.cards
    .filter((card) => card.active && card.owners.includes(user.partner))
    .filter((card) => maySeeCard(world, user, card) && test(card))
    .sort(compareMine);
  const { items, ...rest } = pageOf(cards, { page, limit }, DEFAULT_LIMITS.listMyCards);
  return { body: { cards: items.map((card) => cardView(world, user, card, view === 'summary')), ...rest } };
}

export function getCard({ world, user, params, query }: Call<'getCard'>): Reply<'getCard'> {
  const card = visibleCard(world, user, params.card_id);
  query();
  return { body: cardView(world, user, card), etag: cardTag(world, user, card) };
}

export function createCard({ world, user, tx, body, peek }: Call<'createCard'>): Reply<'createCard'> {
  const { board_id } = peek();
  const named = z.safeParse(BoardId, board_id);
  // The board decides first (404, 403); only then the rest of the body is looked at.
  if (named.success) requireWork(world, user, visibleBoard(world, user, numberOf(named.data)).id);
  const wanted = body();
  const board = visibleBoard(world, user, numberOf(wanted.board_id));
  return cardReply(world, user, makeCard(world, tx, user, board, wanted));
}

export function updateCard(call: Call<'updateCard'>): Reply<'updateCard'> {
  const { world, user, params, tx, body, peek, ifMatch } = call;
  const card = visibleCard(world, user, params.card_id, peek()['active'] === true);
  requireWork(world, user, card.board);
  const plan = planUpdate(world, user, card, body());
  requireMatch(world, user, card, ifMatch);
  applyUpdate(world, tx, user, card, plan);
  return cardReply(world, user, card);
}

export function archiveCard({
  world,
  user,
  params,
  tx,
  ifMatch,
  query,
}: Call<'archiveCard'>): Reply<'archiveCard'> {
  const card = visibleCard(world, user, params.card_id);
  requireWork(world, user, card.board);
  query();
  requireMatch(world, user, card, ifMatch);
  tx.changeCard(card, { active: false, updated_at: tx.at });
  followBlocker(world, tx, user, card);
  return { body: undefined };
}

const cardReply = (world: World, user: UserRecord, card: CardRecord): Reply<'createCard' | 'updateCard'> => ({
  body: { card: cardView(world, user, card) },
  etag: cardTag(world, user, card),
});

/** @throws ApiError `PRECONDITION_FAILED` with the card as it is now and its tag */
function requireMatch(world: World, user: UserRecord, card: CardRecord, ifMatch: TagCondition | null): void {
  const tag = cardTag(world, user, card);
  if (!ifMatch || matchesStrongly(ifMatch, tag)) return;
  throw new ApiError(
    'PRECONDITION_FAILED',
    'The card has been changed since you read it.',
    { card: cardView(world, user, card) },
    { ETag: tag },
  );
}
