import type { TaskboardClient } from '../client/taskboardClient';
import type { Board, Card } from '../contract/entities';
import { type BoardSnapshot, type CardDetail, snapshotOf } from './snapshot';

/** Cards of a stage that are loaded at first, and each time that somebody comes to their end. */
export const CARDS_A_STAGE = 80;

/** Cards a request while many are wanted at once. */
const CARDS_A_JUMP = 400;

const ACTIVITIES = 50;

/** Reads a board: in one request with `snapshot`, else the board and one page a stage. */
export async function loadBoard(
  client: TaskboardClient,
  boardId: string,
  signal?: AbortSignal,
): Promise<{ snapshot: BoardSnapshot; cursor?: string }> {
  const options = signal ? { signal } : {};
  const params = { board_id: boardId };
  const announced = await client.capabilities(options);
  if (announced.has('snapshot')) {
    const query = { per_stage: CARDS_A_STAGE, view: 'summary' as const };
    const { value } = await client.getSnapshot({ params, query }, options);
    return {
      snapshot: snapshotOf(value.board, value.cards),
      ...(value.cursor != null && { cursor: value.cursor }),
    };
  }
  const { value: board } = await client.getBoard({ params }, options);
  const pages = await Promise.all(
    board.stages.map((stage) =>
      client.listCards({ params, query: { stage: [stage.stage_id], limit: CARDS_A_STAGE } }, options),
    ),
  );
  const cards = pages.flatMap(({ value }) => value.cards);
  return { snapshot: snapshotOf(board, cards) };
}

/**
 * Reads the cards of a stage from its first beyond `loaded` until `upTo` are there. A little ahead is one page; who
 * jumped far reads larger ones.
 */
export async function loadCardsUpTo(
  client: TaskboardClient,
  boardId: string,
  stageId: string,
  loaded: number,
  upTo: number,
): Promise<Card[]> {
  const summary = (await client.capabilities()).has('snapshot');
  const limit = upTo - loaded > CARDS_A_STAGE ? CARDS_A_JUMP : CARDS_A_STAGE;
  const cards: Card[] = [];
  for (let page = Math.floor(loaded / limit); ; page++) {
    const { value } = await client.listCards({
      params: { board_id: boardId },
      query: { stage: [stageId], page, limit, ...(summary && { view: 'summary' as const }) },
    });
    cards.push(...value.cards);
    if (value.cards.length < limit || (page + 1) * limit >= upTo) return cards;
  }
}

/** Reads one whole card with the newest of its activity. */
export async function loadDetail(client: TaskboardClient, cardId: string): Promise<CardDetail> {
  const params = { card_id: cardId };
  const [card, activity] = await Promise.all([
    client.getCard({ params }),
    client.listActivity({ params, query: { limit: ACTIVITIES } }),
  ]);
  return {
    card: card.value,
    ...(card.etag !== undefined && { etag: card.etag }),
    activities: activity.value.activities,
    activityTotal: activity.value.total,
  };
}

/** Reads the next page of a card's activity. */
export async function loadMoreActivity(client: TaskboardClient, detail: CardDetail): Promise<CardDetail> {
  const { value } = await client.listActivity({
    params: { card_id: detail.card.card_id },
    query: { page: Math.floor(detail.activities.length / ACTIVITIES), limit: ACTIVITIES },
  });
  const known = new Set(detail.activities.map((activity) => activity.event_id));
  const added = value.activities.filter((activity) => !known.has(activity.event_id));
  return { ...detail, activities: [...detail.activities, ...added], activityTotal: value.total };
}

/** Reads all boards that the user may see. */
export async function loadBoards(client: TaskboardClient): Promise<Board[]> {
  const boards: Board[] = [];
  for (let page = 0; ; page++) {
    const { value } = await client.listBoards({ query: { page, limit: 100 } });
    boards.push(...value.boards);
    if (value.boards.length === 0 || boards.length >= value.total) return boards;
  }
}
