// The client under test, a process of its own: it makes changes as a person would, tells what it was told, and may be
// killed at any moment. One line of JSON on the output for each thing that happens.
import { randomUUID } from 'node:crypto';
import { writeSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { BoardStore } from '../../src/board/boardStore';
import { Journal } from '../../src/board/journal/journal';
import { journalFiles, windowName } from '../../src/board/journal/journalFiles';
import { type JournalStorage, memoryJournalStorage } from '../../src/board/journal/journalStorage';
import { createBreaker } from '../../src/client/breaker';
import { seededRandom } from '../../src/demo/seed/random';
import { createRestClient } from '../../src/client/restClient';
import type { TaskboardClient } from '../../src/client/taskboardClient';
import type { OutboxRecord } from '../../src/board/mutations/record';
import { nextMutation } from './plan';
import type { ClientOptions, ClientReport } from './protocol';
import { scaledClock } from './scaledClock';

const options = JSON.parse(process.argv[2] ?? '{}') as ClientOptions;
// Whoever started it is gone: nobody would ever end it.
const asked = createInterface({ input: process.stdin }).on('close', () => process.exit(1));
const say = (report: ClientReport) => void writeSync(1, `${JSON.stringify(report)}\n`);
const clock = scaledClock(options.faster);
const random = seededRandom(options.seed * 7919 + options.from);
const disk = seededRandom(options.seed + options.from);

/** A disk that is full at times, or whose folder may not be written to. */
function faulty(storage: JournalStorage): JournalStorage {
  return {
    ...storage,
    append: async (name, text) => {
      const code = disk.next() < 0.05 ? disk.pick(['ENOSPC', 'EROFS']) : undefined;
      if (code) throw Object.assign(new Error(code), { code });
      await storage.append(name, text);
    },
  };
}

/** A client that forgets the keys: the control that shows that they matter. */
function withoutKeys(client: TaskboardClient): TaskboardClient {
  const strip = (name: 'updateCard' | 'createCard' | 'archiveCard' | 'addComment') => {
    const method = client[name] as (request: unknown, options?: object) => Promise<never>;
    return {
      [name]: (request: unknown, { idempotencyKey: _, ...rest }: { idempotencyKey?: string } = {}) =>
        method(request, rest),
    };
  };
  return { ...client, ...strip('updateCard'), ...strip('createCard'), ...strip('addComment') };
}

const kept = options.control === 'journal' ? memoryJournalStorage() : await journalFiles(options.folder);
const journal = await Journal.open({
  storage: options.badDisk ? faulty(kept) : kept,
  clock,
  window: windowName(randomUUID()),
  lookEvery: 20_000,
});
const rest = createRestClient({
  origin: options.url,
  fetch: (url, init) => fetch(url, init),
  token: () => options.token,
  clock,
  timeouts: options.timeouts,
});
const store = new BoardStore({
  client: options.control === 'keys' ? withoutKeys(rest) : rest,
  journal,
  account: 'bench',
  uuid: randomUUID,
  clock,
  random: () => random.next(),
  breaker: createBreaker(10_000 / options.faster),
  ...(options.control === 'order' && { lanesOf: ({ id }) => [id] }),
});

// What a person does about it, some seconds later.
store.onSignInNeeded(() => {
  say({ says: 'signed out' });
  void clock.wait(3_000).then(() => store.resume());
});
const attend = (record: OutboxRecord) => {
  say({ says: record.state.name === 'conflict' ? 'conflict' : 'asked', record });
  void clock
    .wait(3_000)
    .then(() => {
      if (record.state.name === 'conflict') return store.resolve(record.id, 'mine');
      // Without lanes a change may be sent before its card is made, and is refused for good: no matter, it is a control.
      if (options.control === 'order' && record.state.name === 'parked') return store.discard(record.id);
      return store.retry(record.id);
    })
    .catch(() => {
      // The disk did not take even that: a person sees it waiting still, and tries again.
      const waits = store
        .unsentRecords()
        .find(({ id, state }) => id === record.id && state.name !== 'queued');
      if (waits) attend(waits);
    });
};
store.onAttention(({ record }) => attend(record));
for (const record of store.unsentRecords()) if (record.state.name !== 'queued') attend(record);

while (!store.state(options.boardId).snapshot) {
  await store.refresh(options.boardId);
  if (!store.state(options.boardId).snapshot) await clock.wait(2_000);
}
store.sync.setPace(options.pace);
store.sync.watch(options.boardId);
// A person sees that something of a card waits for them, and settles that first. A new card of which nobody knows
// whether it was made may be on the board already, under an id that nothing links to it: it is settled before all else.
const mustSettle = () =>
  store
    .unsentRecords()
    .some(({ operation, state }) => operation.kind === 'create' && state.name !== 'queued');
const isFree = (cardId: string) =>
  !store
    .unsentRecords()
    .some(({ operation, state }) => operation.cardId === cardId && state.name !== 'queued');
const isMine = (cardId: string) =>
  options.share === undefined ||
  (Number(/[0-9]+$/.exec(cardId)?.[0] ?? 0) % 2 === options.share && !cardId.startsWith('local'));
say({ says: 'ready', unsent: store.unsent });

const idle = () =>
  new Promise<void>((resolve) => {
    const look = () => store.unsent === 0 && resolve();
    store.onUnsent(look);
    look();
  });
const room = () =>
  new Promise<void>((resolve) => {
    const stop = store.onUnsent((unsent) => {
      if (unsent > options.ahead) return;
      stop();
      resolve();
    });
    if (store.unsent <= options.ahead) {
      stop();
      resolve();
    }
  });

for (let index = options.from; index < options.to; index++) {
  await room();
  while (mustSettle()) await clock.wait(1_000);
  const { snapshot } = store.state(options.boardId);
  const { mutation, cardId, trace } = nextMutation(
    snapshot!,
    random,
    `${options.prefix}${index}`,
    (id) => isMine(id) && isFree(id),
  );
  say({
    says: 'does',
    index,
    cardId: journal.cardId('bench', cardId),
    trace,
    operation: mutation.operations[0]!,
  });
  try {
    await store.mutate(options.boardId, mutation).saved;
    say({ says: 'saved', index });
  } catch (error) {
    say({ says: 'refused', index, why: (error as Error).message });
  }
}
await idle();
say({ says: 'drained' });

// The last look at the board: by the changes feed alone, when nothing goes wrong any more.
asked.on('line', () => {
  void (async () => {
    await idle();
    store.sync.wrote(options.boardId);
    await clock.wait(1_000 * options.faster); // a look that hung in a fault ends, and the next comes
    store.sync.wrote(options.boardId);
    await clock.wait(500 * options.faster);
    const { snapshot } = store.state(options.boardId);
    const columns = [...(snapshot?.columns ?? [])].map(([stageId, { cardIds }]): [string, string[]] => [
      stageId,
      [...cardIds],
    ]);
    say({
      says: 'board',
      columns,
      titles: [...(snapshot?.cards.values() ?? [])].map(({ card_id, title }) => [card_id, title]),
    });
    store.dispose();
    await journal.close();
    process.exit(0);
  })();
});
