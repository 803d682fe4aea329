import assert from 'node:assert/strict';
import type { Attention } from '../../../src/board/sync/boardState';
import { createCard, editCard, moveCards } from '../../../src/board/mutations/mutation';
import { TaskboardError } from '../../../src/client/taskboardError';
import { card } from './builders';
import { settle as turn } from './fakeClock';
import { BOARD, opened } from './opened';
import { refused } from './scriptedClient';

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
    assert.match(writes[0]!.options.idempotencyKey ?? '', /^window-1-/);
    writes[0]!.confirm({ card: card(1, { stage_id: 'stage:2', sequence: 0 }) });
    assert.deepEqual(await settled, ['task:1']);
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
    assert.equal(store.state(BOARD).pending.size, 0);
    assert.equal(store.unsent, 0);
  });

  it('takes a refused move off the board, says why, and keeps it for the person', async () => {
    const { store, writes, ids1, ids2 } = await opened();
    const told: Attention[] = [];
    store.onAttention((attention) => told.push(attention));
    const { settled } = store.mutate(BOARD, toSecond('task:1'));
    await turn();
    writes[0]!.fail(refused());
    await assert.rejects(settled, /no right/);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.deepEqual(ids2(), ['task:11']);
    assert.equal(told[0]?.record.operation.cardId, 'task:1');
    assert.equal(told[0]?.record.label, 'move');
    assert.equal(store.unsent, 1);
    await store.retry(told[0].record.id);
    assert.deepEqual(ids2(), ['task:1', 'task:11'], 'shown again once it is sent again');
    await turn();
    writes[1]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await turn();
    assert.equal(store.unsent, 0);
  });

  it('takes back only what failed of a bulk', async () => {
    const { store, writes, ids1, ids2 } = await opened({ announced: ['snapshot'] });
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
    const { store, writes, server } = await opened();
    store.mutate(BOARD, editCard('task:1', { title: 'A' }));
    store.mutate(BOARD, editCard('task:1', { title: 'B' }));
    store.mutate(BOARD, editCard('task:2', { title: 'C' }));
    await turn();
    assert.deepEqual(
      writes.map(({ request }) => request.body),
      [{ title: 'A' }, { title: 'C' }],
    );
    assert.equal(store.state(BOARD).snapshot?.cards.get('task:1')?.title, 'B');
    server.cards[0] = card(1, { title: 'A' });
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

  it('keeps a change on the board while the server can’t be reached, and sends it with the same key', async () => {
    const { store, writes, clock, ids2 } = await opened();
    const { settled } = store.mutate(BOARD, toSecond('task:1'));
    await turn();
    writes[0]!.fail(refused('network'));
    await turn();
    assert.deepEqual(ids2(), ['task:1', 'task:11']);
    assert.equal(store.unsent, 1);
    await clock.advance(1_000);
    assert.equal(writes[1]!.options.idempotencyKey, writes[0]!.options.idempotencyKey);
    assert.deepEqual(writes[1]!.request, writes[0]!.request);
    writes[1]!.confirm({ card: card(1, { stage_id: 'stage:2' }) });
    await settled;
  });

  it('takes back a change that the disk did not take, and says so', async () => {
    const { store, storage, writes, ids1 } = await opened();
    storage.append = () => Promise.reject(Object.assign(new Error('no space'), { code: 'ENOSPC' }));
    const { saved, settled } = store.mutate(BOARD, toSecond('task:1'));
    await assert.rejects(saved, /the disk is full/);
    await assert.rejects(settled, /not done/);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3']);
    assert.equal(store.unsent, 0);
    assert.equal(writes.length, 0, 'what is not saved is not sent');
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
    const { store, writes, server } = await opened({ announced: ['etag', 'snapshot', 'idempotency'] });
    server.etag = '"v1"';
    await store.openCard(BOARD, 'task:1');
    store.mutate(BOARD, editCard('task:1', { title: 'A' }));
    await turn();
    writes[0]!.confirm({ card: card(1, { title: 'A' }) }, '"v2"');
    await turn();
    store.mutate(BOARD, editCard('task:1', { title: 'B' }));
    await turn();
    assert.equal(writes[0]!.options.ifMatch, '"v1"');
    assert.equal(writes[1]!.options.ifMatch, '"v2"');
  });

  it('ends everything that waits when the account goes', async () => {
    const { store } = await opened();
    const { settled } = store.mutate(BOARD, toSecond('task:1'));
    store.dispose();
    await assert.rejects(settled, /signed out/);
  });
});
