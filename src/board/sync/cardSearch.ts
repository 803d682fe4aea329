import { cardIdOf } from '../../contract/ids';
import type { TaskboardClient } from '../../client/taskboardClient';
import { TaskboardError } from '../../client/taskboardError';
import type { Card } from '../../contract/entities';

/** Cards that a search gives at most. */
const MOST = 50;

/** What a search found, best first, and how many there are in all. */
export interface FoundCards {
  cards: readonly Card[];
  total: number;
}

/**
 * Asks the server for a board's cards by words of their title or text, or by number (`260`, `#260`). Throws
 * TaskboardError.
 */
export async function findCards(
  client: TaskboardClient,
  boardId: string,
  typed: string,
): Promise<FoundCards> {
  const summary = (await client.capabilities()).has('snapshot');
  const [named, { value }] = await Promise.all([
    byNumber(client, boardId, typed),
    client.listCards({
      params: { board_id: boardId },
      query: { q: typed, limit: MOST, ...(summary && { view: 'summary' as const }) },
    }),
  ]);
  const others = value.cards.filter(({ card_id }) => card_id !== named?.card_id);
  return {
    cards: named ? [named, ...others] : others,
    total: Math.max(value.total, others.length + (named ? 1 : 0)),
  };
}

async function byNumber(client: TaskboardClient, boardId: string, typed: string): Promise<Card | undefined> {
  const number = /^#?([1-9][0-9]{0,8})$/.exec(typed)?.[1];
  if (number === undefined) return undefined;
  try {
    const { value } = await client.getCard({ params: { card_id: cardIdOf(Number(number)) } });
    return value.board_id === boardId ? value : undefined;
  } catch (error) {
    if (TaskboardError.is(error) && ['notFound', 'permission'].includes(error.kind)) return undefined;
    throw error;
  }
}
