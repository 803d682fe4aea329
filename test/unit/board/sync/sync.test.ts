import assert from 'node:assert/strict';
import type { TaskboardClient } from '../../../../src/client/taskboardClient';
import { TaskboardError } from '../../../../src/client/taskboardError';
import { createCard, moveCards } from '../../../../src/board/mutations/mutation';
import { card } from '../builders';
import { settle } from '../fakeClock';
import { BOARD, opened } from '../opened';

const MINUTE = 60_000;
type Changes = Awaited<ReturnType<TaskboardClient['listChanges']>>['value'];

describe('following what others do', () => {
  async function followed(announced: Parameters<typeof opened>[0] = {}) {
    const parts = await opened({
      announced: ['snapshot', 'changes', 'position', 'idempotency'],
      ...announced,
    });
    const asked: number[] = [];
    let next: Partial<Changes> | TaskboardError = {};
    parts.client.listChanges = async () => {
      asked.push(parts.clock.now());
      if (TaskboardError.is(next)) throw next;
      const value = { cards: [], removed: [], board_changed: false, cursor: 'next', more: false, ...next };
      next = {};
      return { value };
    };
    const others: string[][] = [];
    parts.store.onOthers(({ cardIds }) => others.push([...cardIds]));
    return { ...parts, asked, others, answer: (changes: typeof next) => (next = changes) };
  }

  it('asks at most four times a minute while nothing happens, and ever less', async () => {
    const { store, clock, asked } = await followed();
    store.sync.watch(BOARD);
    await clock.advance(0);
    assert.equal(asked.length, 1, 'at once');
    await clock.advance(MINUTE);
    assert.ok(asked.length <= 1 + 4, `${asked.length} in the first minute`);
    const before = asked.length;
    await clock.advance(10 * MINUTE);
    assert.ok(asked.length - before <= 10, `${asked.length - before} in ten minutes`);
  });

  it('does not follow a server that always has more and leads nowhere', async () => {
    const { store, client, clock } = await followed();
    let asked = 0;
    for (const cursorOf of [() => 'c', () => `cursor ${asked}`]) {
      client.listChanges = async () => {
        asked++;
        return { value: { cards: [], removed: [], board_changed: false, cursor: cursorOf(), more: true } };
      };
      const before = asked;
      const stop = store.sync.watch(BOARD);
      await clock.advance(0);
      stop();
      assert.ok(asked > before && asked - before <= 100, `${asked - before} requests at one look`);
    }
  });

  it('asks nothing while nobody sees the board', async () => {
    const { store, clock, asked, server } = await followed();
    const stop = store.sync.watch(BOARD);
    await clock.advance(MINUTE);
    stop();
    const before = asked.length;
    const reads = server.reads;
    await clock.advance(60 * MINUTE);
    assert.equal(asked.length, before);
    assert.equal(server.reads, reads);
  });

  it('asks at once when the board is seen again, and soon after an own write', async () => {
    const { store, clock, asked, writes } = await followed();
    const stop = store.sync.watch(BOARD);
    await clock.advance(MINUTE);
    stop();
    const before = asked.length;
    store.sync.watch(BOARD);
    await clock.advance(0);
    assert.equal(asked.length, before + 1);
    store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:2', after: null }));
    await settle();
    writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await clock.advance(500);
    assert.equal(asked.length, before + 2);
  });

  it('has one request under way at a time, and waits as long as the server asks', async () => {
    const { store, clock, asked, answer, client } = await followed();
    let release = () => {};
    const quick = client.listChanges;
    client.listChanges = async (...args) => {
      const reply = await quick(...args);
      await new Promise<void>((resolve) => (release = resolve));
      return reply;
    };
    store.sync.watch(BOARD);
    await clock.advance(10 * MINUTE);
    assert.equal(asked.length, 1, 'nothing while one is under way');
    client.listChanges = quick;
    release();
    answer(new TaskboardError('Pause.', { kind: 'rateLimited', status: 429, retryAfterMs: 60 * MINUTE }));
    await settle();
    await clock.advance(1_000 * MINUTE);
    const gap = asked[2]! - asked[1]!;
    assert.ok(gap >= 60 * MINUTE, `it came back after ${gap} ms`);
  });

  it('shows a new card once while the answer that made it is lost', async () => {
    const { store, clock, answer, others, writes, ids1, server } = await followed();
    store.sync.watch(BOARD);
    await clock.advance(0);
    const made = { board_id: BOARD, stage_id: 'stage:1', title: 'New' };
    store.mutate(BOARD, createCard('local', made, '2026-01-01T10:00:00Z'));
    await settle();
    writes[0]!.fail(new TaskboardError('Gone.', { kind: 'network', ambiguous: true }));
    const real = card(50, { title: 'New', sequence: 0 });
    const older = card(51, { title: 'New', sequence: 9, created_at: '2025-12-31T10:00:00Z' });
    answer({ cards: [real, older] });
    await clock.advance(500);
    store.sync.watch(BOARD);
    await clock.advance(30_000);
    assert.deepEqual(ids1(), ['local', 'task:1', 'task:2', 'task:3', 'task:51']);
    assert.deepEqual(others, [['task:51']], 'and it is nothing that others did');
    server.cards.unshift(real);
    server.cards.push(older);
    await store.refresh(BOARD);
    assert.deepEqual(ids1(), ['local', 'task:1', 'task:2', 'task:3', 'task:51']);
    await settle();
    writes.at(-1)!.confirm({ card: real });
    await settle();
    assert.deepEqual(ids1(), ['task:50', 'task:1', 'task:2', 'task:3', 'task:51']);
  });

  it('takes in what others did: cards that changed, moved, came and went', async () => {
    const { store, clock, answer, others, ids1, ids2 } = await followed();
    store.sync.watch(BOARD);
    await clock.advance(0);
    answer({
      cards: [
        card(1, { stage_id: 'stage:2', sequence: 99 }),
        card(3, { title: 'Renamed' }),
        card(50, { sequence: 0 }),
      ],
      removed: ['task:2'],
    });
    await clock.advance(30_000);
    assert.deepEqual(ids1(), ['task:50', 'task:3']);
    assert.deepEqual(ids2(), ['task:11', 'task:1']);
    assert.equal(store.state(BOARD).snapshot?.columns.get('stage:1')?.total, 2);
    assert.deepEqual(others, [['task:1', 'task:3', 'task:50', 'task:2']]);
  });

  it('is silent about places that shifted and about our own changes', async () => {
    const { store, clock, answer, others, writes } = await followed();
    store.sync.watch(BOARD);
    await clock.advance(0);
    store.mutate(BOARD, moveCards(['task:1'], { stageId: 'stage:2', after: null }));
    await settle();
    const moved = card(1, { stage_id: 'stage:2', sequence: 1 });
    writes[0]!.confirm({ card: moved });
    answer({
      cards: [moved, card(2, { sequence: 5 }), card(3, { sequence: 6, updated_at: '2026-02-02T00:00:00Z' })],
    });
    await clock.advance(30_000);
    assert.deepEqual(others, []);
  });

  it('begins anew when its cursor is too old or the board itself changed', async () => {
    for (const news of [
      { board_changed: true },
      new TaskboardError('Too old.', { kind: 'validation', status: 400, details: { field: 'since' } }),
    ]) {
      const { store, clock, answer, server, ids1 } = await followed();
      store.sync.watch(BOARD);
      await clock.advance(0);
      answer(news);
      server.cards.push(card(4));
      await clock.advance(30_000);
      assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3', 'task:4']);
    }
  });

  it('reads the open board again where the server has no feed', async () => {
    const { store, clock, server, others, ids1 } = await followed({ announced: ['snapshot'] });
    store.sync.watch(BOARD);
    await clock.advance(0);
    server.cards.push(card(4));
    await clock.advance(30_000);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3', 'task:4']);
    assert.deepEqual(others, [['task:4']]);
  });
});
