import { randomUUID } from 'node:crypto';
import { BoardStore } from '../../../src/board/boardStore';
import { Journal } from '../../../src/board/journal/journal';
import { memoryJournalStorage } from '../../../src/board/journal/journalStorage';
import { createDemoServer } from '../../../src/demo/http/handler';
import { seedDemo } from '../../../src/demo/seed/seedDemo';
import { systemClock } from '../../../src/base/clock';
import { createRestClient } from '../../../src/client/restClient';
import type { Capability } from '../../../src/contract/capabilities';

interface Options {
  login?: string;
  /** What the server does not announce. */
  without?: Capability[];
  /** The first stage of the first board is on the second board too. */
  sharing?: boolean;
}

const opened: { dispose(): void }[] = [];

export function closeDemos(): void {
  for (const each of opened.splice(0)) each.dispose();
}

/** The store of somebody who is signed in at a demo server. `closeDemos` ends it. */
export async function demoStore({ login = 'dev@example.com', without = [], sharing }: Options = {}) {
  const demo = createDemoServer({
    seed: (now) => {
      const data = seedDemo(now);
      const [first, second] = data.boards;
      if (sharing) second!.stages.push(first!.stages[0]!);
      return data;
    },
  });
  const token = demo.issueToken(login);
  const client = createRestClient({
    origin: 'http://demo.invalid',
    fetch: (url, init) => demo.fetch(url, init),
    token: () => token,
  });
  const capabilities = client.capabilities.bind(client);
  client.capabilities = async (options) => {
    const announced = await capabilities(options);
    return new Set([...announced].filter((name) => !without.includes(name)));
  };
  const journal = await Journal.open({
    storage: memoryJournalStorage(),
    clock: systemClock,
    window: 'window',
  });
  const store = new BoardStore({ client, journal, account: 'account', uuid: randomUUID });
  opened.push(store, demo, { dispose: () => void journal.close() });
  await store.loadList();
  const boards = store.boardList().boards!;
  const board = (id: string) => store.state(id).snapshot!.board;
  return { demo, client, store, boards, board, boardId: boards[0]!.board_id };
}
