import assert from 'node:assert/strict';
import { BoardStore } from '../../../../src/board/boardStore';
import { Journal } from '../../../../src/board/journal/journal';
import { memoryJournalStorage } from '../../../../src/board/journal/journalStorage';
import { addComment, archiveCards } from '../../../../src/board/mutations/mutation';
import type { CachedBoard, SnapshotCache } from '../../../../src/board/sync/snapshotCache';
import { machineDay } from '../../../../src/base/userDay';
import { TaskboardError } from '../../../../src/client/taskboardError';
import { boardModel } from '../../../../src/workbench/board/boardModel';
import { anna, board, card } from '../builders';
import { FakeClock, settle } from '../fakeClock';
import { BOARD } from '../opened';
import { scriptedClient } from '../scriptedClient';

const offline = new TaskboardError('Could not reach example.com.', { kind: 'network' });

function memoryCache(kept: CachedBoard | null = null): SnapshotCache & { saved: CachedBoard[] } {
  const saved: CachedBoard[] = [];
  return {
    saved,
    loadBoard: async () => saved.at(-1) ?? kept,
    saveBoard: async (_, value) => void saved.push(value),
    loadList: async () => [board([])],
    saveList: async () => {},
    clear: async () => {},
  };
}

describe('without a connection', () => {
  async function store(account: string, journal: Journal, clock: FakeClock, cache?: SnapshotCache) {
    const server = scriptedClient([card(1), card(2)], ['snapshot', 'idempotency', 'position']);
    let ids = 0;
    const uuid = () => `${account}-${++ids}`;
    const made = new BoardStore({
      ...{ client: server.client, journal, account, uuid, clock, random: () => 0.5 },
      ...(cache && { cache }),
    });
    return { store: made, ...server };
  }
  const journalOn = (clock: FakeClock) =>
    Journal.open({ storage: memoryJournalStorage(), clock, window: 'window' });

  it('shows the last snapshot with its age, lets one work on it, and sends that later', async () => {
    const clock = new FakeClock();
    const kept = { at: Date.parse('2026-03-01T10:42:00Z'), board: board([card(1)]), cards: [card(1)] };
    const { store: one, server, writes } = await store('a', await journalOn(clock), clock, memoryCache(kept));
    server.failReads = offline;
    server.failCapabilities = offline;
    await one.open(BOARD);
    const state = one.state(BOARD);
    assert.equal(state.asOf, kept.at);
    const input = {
      ref: { connectionId: 'a', boardId: BOARD },
      signedIn: true,
      canPlace: true,
      me: null,
      day: machineDay,
    };
    assert.match(boardModel({ ...input, state }).problem!.sentence, /Could not reach .* Shown as of .*42/);
    await one.mutate(BOARD, archiveCards(['task:1'])).saved;
    assert.equal(one.state(BOARD).snapshot?.cards.size, 0);
    await clock.advance(600_000);
    assert.equal(writes.length, 0);
    server.failReads = undefined;
    server.failCapabilities = undefined;
    await one.refresh(BOARD);
    await settle();
    assert.equal(writes[0]?.endpoint, 'archiveCard', 'at once, not at the next try');
    assert.equal(one.state(BOARD).asOf, undefined);
  });

  it('does not wait for a slow disk when the server answers, nor shows what came from it too late', async () => {
    const clock = new FakeClock();
    const cache = memoryCache();
    let found: (kept: CachedBoard) => void = () => {};
    cache.loadBoard = () => new Promise((resolve) => (found = resolve));
    const { store: one } = await store('a', await journalOn(clock), clock, cache);
    await one.open(BOARD);
    assert.equal(one.state(BOARD).snapshot?.cards.size, 2);
    found({ at: 0, board: board([]), cards: [] });
    await settle();
    assert.equal(one.state(BOARD).snapshot?.cards.size, 2);
    assert.equal(one.state(BOARD).asOf, undefined);
  });

  it('shows a card that was open when the window closed, and forgets it with its editor', async () => {
    const clock = new FakeClock();
    const cache = memoryCache();
    const first = await store('a', await journalOn(clock), clock, cache);
    first.server.cards[0] = card(1, { description_md: 'As it was' });
    await first.store.openCard(BOARD, 'task:1');
    await clock.advance(3_000);
    first.store.dispose();

    const next = await store('a', await journalOn(clock), clock, cache);
    next.server.failReads = offline;
    await assert.rejects(next.store.openCard(BOARD, 'task:1'), offline);
    const shown = () => next.store.state(BOARD).snapshot?.details.get('task:1');
    assert.equal(shown()?.card.description_md, 'As it was');
    next.server.failReads = undefined;
    await next.store.refresh(BOARD);
    assert.ok(shown(), 'its editor is open');
    next.store.closeCard(BOARD, 'task:1');
    next.store.dispose();

    const last = await store('a', await journalOn(clock), clock, cache);
    await last.store.open(BOARD);
    assert.equal(last.store.state(BOARD).snapshot?.details.size, 0);
  });

  it('has the list of boards of the last time', async () => {
    const clock = new FakeClock();
    const { store: one, client } = await store('a', await journalOn(clock), clock, memoryCache());
    client.listBoards = () => Promise.reject(offline);
    await one.loadList();
    assert.equal(one.boardList().boards?.length, 1);
    assert.equal(one.boardList().error, offline);
  });

  it('keeps a board on the disk soon after it was read or changed', async () => {
    const clock = new FakeClock();
    const cache = memoryCache();
    const { store: one, writes } = await store('a', await journalOn(clock), clock, cache);
    await one.open(BOARD);
    await clock.advance(3_000);
    assert.equal(cache.saved.at(-1)?.cards.length, 2);
    one.mutate(BOARD, archiveCards(['task:1']));
    await settle();
    assert.equal(cache.saved.length, 1, 'what is not confirmed is not the server’s');
    writes[0]!.confirm(undefined);
    await clock.advance(3_000);
    assert.equal(cache.saved.at(-1)?.cards.length, 1);
  });

  it('keeps several accounts apart: one journal, each its own line, and one that waits stops no other', async () => {
    const clock = new FakeClock();
    const journal = await journalOn(clock);
    const [one, two] = [await store('a', journal, clock), await store('b', journal, clock)];
    for (const { store: each } of [one, two]) await each.open(BOARD);
    const comment = { localId: 'l', mentions: [], author: anna, at: '' };
    one.store.mutate(BOARD, addComment('task:1', { ...comment, body_md: 'for a' }));
    two.store.mutate(BOARD, addComment('task:1', { ...comment, body_md: 'for b' }));
    await settle();
    assert.deepEqual(
      [one, two].map(({ writes }) => writes.map(({ request }) => request.body?.['body_md'])),
      [['for a'], ['for b']],
    );
    one.writes[0]!.fail(new TaskboardError('Sign in again.', { kind: 'auth', status: 401 }));
    two.writes[0]!.confirm({
      activity: { event_id: 'msg:1', type: 'comment', author: anna, created_at: '' },
    });
    await settle();
    assert.deepEqual([one.store.unsent, two.store.unsent], [1, 0]);
    assert.deepEqual(journal.accounts(), ['a']);
    assert.equal(two.store.state(BOARD).snapshot?.cards.size, 2);
  });
});
