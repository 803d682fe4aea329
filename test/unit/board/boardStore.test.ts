import assert from 'node:assert/strict';
import { setImmediate as turn } from 'node:timers/promises';
import type { Rollback } from '../../../src/board/boardState';
import { BoardStore } from '../../../src/board/boardStore';
import { archiveCards, createCard, editCard, moveCards } from '../../../src/board/mutations';
import { TaskboardError } from '../../../src/client/taskboardError';
import type { Capability } from '../../../src/contract/capabilities';
import { card, column } from './builders';
import { refused, scriptedClient } from './scriptedClient';

const BOARD = 'project:1';

async function opened(announced?: Capability[]) {
  const cards = [card(1), card(2), card(3), card(11, { stage_id: 'stage:2' })];
  const { client, writes, server } = scriptedClient(cards, announced);
  let ids = 0;
  const store = new BoardStore({ client, uuid: () => `key-${++ids}` });
  await store.open(BOARD);
  const ids1 = () => column(store.state(BOARD).snapshot, 'stage:1');
  const ids2 = () => column(store.state(BOARD).snapshot, 'stage:2');
  return { store, writes, server, ids1, ids2 };
}

const toSecond = (id: string, after: string | null = null) => moveCards([id], { stageId: 'stage:2', after });

describe('board store', () => {
  it('shows a move at once, sends it once, and keeps it when the server confirms', async () => {
    const { store, writes, ids2 } = await opened();
    const seen: number[] = [];
    store.onBoard(() => seen.push(store.state(BOARD).revision));
    const { revision, settled } = store.mutate(BOARD, toSecond('task:1'));
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
    assert.deepEqual([...store.state(BOARD).pending], ['task:1']);
    assert.equal(seen.at(-1), revision, 'the revision that shows it was published');
    await turn();
    assert.equal(writes.length, 1);
    assert.equal(writes[0]!.options.idempotencyKey, 'key-1');
    writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2', sequence: 0 }) });
    assert.deepEqual(await settled, ['task:1']);
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
    assert.equal(store.state(BOARD).pending.size, 0);
    assert.equal(store.unsent, 0);
  });

  it('takes a refused move back and says why', async () => {
    const { store, writes, ids1, ids2 } = await opened();
    const rollbacks: Rollback[] = [];
    store.onRollback((rollback) => rollbacks.push(rollback));
    const { settled } = store.mutate(BOARD, toSecond('task:1'));
    await turn();
    writes[0]!.fail(refused());
    await assert.rejects(settled, /no right/);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.deepEqual(ids2(), ['task:11']);
    assert.equal(rollbacks[0]?.cardId, 'task:1');
    assert.equal(rollbacks[0]?.label, 'move');
    assert.equal(rollbacks[0].told, false, 'nobody else tells');
  });

  it('takes back only what failed of a bulk', async () => {
    const { store, writes, ids1, ids2 } = await opened(['snapshot']);
    store.mutate(BOARD, moveCards(['task:1', 'task:2'], { stageId: 'stage:2', after: null }));
    await turn();
    writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await turn();
    writes[1]!.fail(refused());
    await turn();
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
    assert.deepEqual(ids1(), ['task:2', 'task:3']);
  });

  it('sends the changes of one card one after the other, those of others beside them', async () => {
    const { store, writes } = await opened();
    store.mutate(BOARD, editCard('task:1', { title: 'A' }));
    store.mutate(BOARD, editCard('task:1', { title: 'B' }));
    store.mutate(BOARD, editCard('task:2', { title: 'C' }));
    await turn();
    assert.deepEqual(
      writes.map(({ request }) => request.body),
      [{ title: 'A' }, { title: 'C' }],
    );
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.title, 'B');
    writes[0]!.confirm({ card: card(1, { title: 'A' }) });
    await turn();
    assert.deepEqual(writes[2]!.request.body, { title: 'B' });
    assert.equal(
      store.state(BOARD).snapshot?.cards.get('task:1')?.title,
      'B',
      'the later change stays on top',
    );
  });

  it('lets a card wait for the one below which it goes', async () => {
    const { store, writes } = await opened();
    store.mutate(BOARD, toSecond('task:1'));
    store.mutate(BOARD, toSecond('task:2', 'task:1'));
    await turn();
    assert.equal(writes.length, 1);
    writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await turn();
    assert.deepEqual(writes[1]!.request.body, { stage_id: 'stage:2', position: { after: 'task:1' } });
  });

  it('keeps unconfirmed changes over a board that was read again', async () => {
    const { store, server, ids1, ids2 } = await opened();
    store.mutate(BOARD, toSecond('task:1'));
    server.cards.push(card(4));
    await store.refresh(BOARD);
    assert.deepEqual(ids1(), ['task:2', 'task:3', 'task:4']);
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
  });

  it('reads the board again after an ambiguous failure, instead of trusting either side', async () => {
    const { store, writes, server, ids1 } = await opened();
    store.mutate(BOARD, archiveCards(['task:1']));
    await turn();
    server.cards.splice(0, 1);
    const reads = server.reads;
    writes[0]!.fail(refused('network'));
    await turn();
    await turn();
    assert.equal(server.reads, reads + 1);
    assert.deepEqual(ids1(), ['task:2', 'task:3']);
  });

  it('keeps the last snapshot when reading fails, and says so', async () => {
    const { store, server, ids1 } = await opened();
    server.failReads = new TaskboardError('Could not reach example.com.', { kind: 'network' });
    await store.refresh(BOARD);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.equal(store.state(BOARD).error?.kind, 'network');
    server.failReads = undefined;
    await store.refresh(BOARD);
    assert.equal(store.state(BOARD).error, undefined);
  });

  it("answers a new card with the server's own id", async () => {
    const { store, writes, ids1 } = await opened();
    const made = { board_id: BOARD, stage_id: 'stage:1', title: 'New' };
    const { settled } = store.mutate(BOARD, createCard('local', made, '2026-01-02T00:00:00Z'));
    assert.equal(ids1()[0], 'local');
    await turn();
    writes[0]!.confirm({ card: card(99, { title: 'New', sequence: 0 }) });
    assert.deepEqual(await settled, ['task:99']);
    assert.deepEqual(ids1(), ['task:99', 'task:1', 'task:2', 'task:3']);
  });

  it('uses the newest entity tag for the next edit of an open card', async () => {
    const { store, writes } = await opened(['etag', 'snapshot']);
    await store.openCard(BOARD, 'task:1');
    store.mutate(BOARD, editCard('task:1', { title: 'A' }));
    await turn();
    writes[0]!.confirm({ card: card(1, { title: 'A' }) }, '"v2"');
    await turn();
    store.mutate(BOARD, editCard('task:1', { title: 'B' }));
    await turn();
    assert.equal(writes[1]!.options.ifMatch, '"v2"');
  });

  it('ends everything that waits when the account goes', async () => {
    const { store } = await opened();
    const { settled } = store.mutate(BOARD, toSecond('task:1'));
    store.dispose();
    await assert.rejects(settled, /signed out/);
  });
});
