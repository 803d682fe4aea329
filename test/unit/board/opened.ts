import type { Capability } from '../../../src/contract/capabilities';
import type { Card } from '../../../src/contract/entities';
import { BoardStore } from '../../../src/board/boardStore';
import { Journal } from '../../../src/board/journal/journal';
import { type JournalStorage, memoryJournalStorage } from '../../../src/board/journal/journalStorage';
import { card, column } from './builders';
import { FakeClock } from './fakeClock';
import { scriptedClient } from './scriptedClient';

export const BOARD = 'project:1';

export interface Opening {
  cards?: Card[];
  announced?: Capability[];
  storage?: JournalStorage;
  window?: string;
}

/** A store with a board that is open, a server that the test plays, and a clock that it turns. */
export async function opened({
  cards = [card(1), card(2), card(3), card(11, { stage_id: 'stage:2' })],
  announced = ['position', 'snapshot', 'idempotency'],
  storage = memoryJournalStorage(),
  window = 'window-1',
}: Opening = {}) {
  const { client, writes, server } = scriptedClient(cards, announced);
  const clock = new FakeClock();
  const journal = await Journal.open({ storage, clock, window });
  let ids = 0;
  const store = new BoardStore({
    client,
    journal,
    account: 'account',
    uuid: () => `${window}-${++ids}`,
    clock,
    random: () => 0.5,
  });
  await store.open(BOARD);
  return {
    store,
    client,
    writes,
    server,
    clock,
    journal,
    storage,
    ids1: () => column(store.state(BOARD).snapshot, 'stage:1'),
    ids2: () => column(store.state(BOARD).snapshot, 'stage:2'),
  };
}
