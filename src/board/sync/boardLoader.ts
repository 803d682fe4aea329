import { type Paged, readPages } from '../../client/paging';
import type { TaskboardClient } from '../../client/taskboardClient';
import type { Activity, Board, Card } from '../../contract/entities';
import { type BoardSnapshot, type CardDetail, snapshotOf } from '../snapshot/snapshot';

/** Cards of a stage that are loaded at first, and each time that somebody comes to their end. */
const CARDS_A_STAGE = 80;

/** Cards a request while many are wanted at once. */
const CARDS_A_JUMP = 400;

const ACTIVITIES = 50;

export interface LoadedBoard {
  snapshot: BoardSnapshot;
  cursor?: string;
  /** Cards that could not be read. */
  leftOut: number;
}

/** Reads a board: in one request with `snapshot`, else the board and one page a stage. */
export async function loadBoard(
  client: TaskboardClient,
  boardId: string,
  signal?: AbortSignal,
): Promise<LoadedBoard> {
  const options = signal ? { signal } : {};
  const params = { board_id: boardId };
  const announced = await client.capabilities(options);
  if (announced.has('snapshot')) {
    const query = { per_stage: CARDS_A_STAGE, view: 'summary' as const };
    const { value, leftOut = 0 } = await client.getSnapshot({ params, query }, options);
    return {
      snapshot: snapshotOf(value.board, value.cards),
      leftOut,
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
  const leftOut = pages.reduce((sum, page) => sum + (page.leftOut ?? 0), 0);
  return { snapshot: snapshotOf(board, cards), leftOut };
}

/**
 * Reads the cards of a stage from its first beyond those that are loaded until `upTo` are there. A little ahead is one
 * page; who jumped far reads larger ones.
 */
export async function loadCardsUpTo(
  client: TaskboardClient,
  boardId: string,
  stageId: string,
  loaded: ReadonlySet<string>,
  upTo: number,
): Promise<Paged<Card>> {
  const summary = (await client.capabilities()).has('snapshot');
  const wanted = upTo - loaded.size;
  const limit = wanted > CARDS_A_STAGE ? CARDS_A_JUMP : CARDS_A_STAGE;
  return readPages(
    ({ card_id }: Card) => card_id,
    async (page) => {
      const { value, ...rest } = await client.listCards({
        params: { board_id: boardId },
        query: { stage: [stageId], page, limit, ...(summary && { view: 'summary' as const }) },
      });
      return { items: value.cards, total: value.total, ...rest };
    },
    { limit, first: Math.floor(loaded.size / limit), has: (id) => loaded.has(id as string), wanted },
  );
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
  const known = new Set<unknown>(detail.activities.map((activity) => activity.event_id));
  let activityTotal = detail.activityTotal;
  const { items } = await readPages(
    ({ event_id }: Activity) => event_id,
    async (page) => {
      const query = { page, limit: ACTIVITIES };
      const { value, ...rest } = await client.listActivity({
        params: { card_id: detail.card.card_id },
        query,
      });
      activityTotal = value.total;
      return { items: value.activities, total: value.total, ...rest };
    },
    {
      limit: ACTIVITIES,
      first: Math.floor(known.size / ACTIVITIES),
      has: (id) => known.has(id),
      wanted: 1,
    },
  );
  const added = items.filter(({ event_id }) => !known.has(event_id));
  const activities = [...detail.activities, ...added];
  // Where nothing more came there is no more, whatever was counted.
  return { ...detail, activities, activityTotal: added.length > 0 ? activityTotal : activities.length };
}

/** Reads all boards that the user may see. */
export function loadBoards(client: TaskboardClient): Promise<Paged<Board>> {
  const limit = 100;
  return readPages(
    ({ board_id }: Board) => board_id,
    async (page) => {
      const { value, ...rest } = await client.listBoards({ query: { page, limit } });
      return { items: value.boards, total: value.total, ...rest };
    },
    { limit },
  );
}
