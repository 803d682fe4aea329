import assert from 'node:assert/strict';
import { card } from '../builders';
import { BOARD, opened } from '../opened';

const cards = (count: number) => Array.from({ length: count }, (_, index) => card(index + 1));

describe('a long stage', () => {
  it('is read 80 cards at a time', async () => {
    const { store, server, ids1 } = await opened({ cards: cards(1000) });
    assert.equal(ids1().length, 80);
    assert.equal(store.state(BOARD).snapshot?.columns.get('stage:1')?.total, 1000);
    await store.loadMore(BOARD, 'stage:1');
    assert.equal(ids1().length, 160);
    await store.loadMore(BOARD, 'stage:1', 181);
    assert.equal(ids1().length, 240);
    assert.deepEqual(server.pages, [
      [1, 80],
      [2, 80],
    ]);
  });

  it('is read in few large pages by somebody who jumps', async () => {
    const { store, server, ids1 } = await opened({ cards: cards(1000) });
    await store.loadMore(BOARD, 'stage:1', 1000);
    assert.deepEqual(
      ids1(),
      cards(1000).map(({ card_id }) => card_id),
    );
    assert.equal(server.pages.length, 3);
  });

  it('keeps as many cards as it had when it is read again', async () => {
    const { store, server, ids1 } = await opened({ cards: cards(300) });
    await store.loadMore(BOARD, 'stage:1', 200);
    const loaded = ids1().length;
    server.cards = cards(300).slice(5);
    await store.refresh(BOARD);
    assert.ok(ids1().length >= Math.min(loaded, 295), `${ids1().length} of ${loaded}`);
    assert.equal(ids1()[0], 'task:6');
    server.cards = cards(4);
    await store.refresh(BOARD);
    assert.deepEqual(ids1(), ['task:1', 'task:2', 'task:3', 'task:4']);
  });
});

describe('cards of one day whose hours only the server knows', () => {
  // 100 of one priority and sequence, due on one day: the server has put them in an order of its own.
  const sameDay = Array.from({ length: 100 }, (_, index) =>
    card(1 + ((index * 37) % 100), { sequence: 10, due_date: '2026-12-15' }),
  );
  const order = sameDay.map(({ card_id }) => card_id);

  it('stand as they were read, page by page', async () => {
    const { store, ids1 } = await opened({ cards: sameDay });
    assert.deepEqual(ids1(), order.slice(0, 80));
    await store.loadMore(BOARD, 'stage:1');
    assert.deepEqual(ids1(), order);
  });

  it('stand so when one of them was known before its page came', async () => {
    const { store, ids1 } = await opened({ cards: sameDay });
    store.know(BOARD, sameDay[95]!);
    await store.loadMore(BOARD, 'stage:1');
    assert.deepEqual(ids1(), order);
  });

  it('are newest first where nothing is due', async () => {
    const { ids1 } = await opened({
      cards: [1, 2, 3].map((number) => card(number, { sequence: 10, due_date: null })),
    });
    assert.deepEqual(ids1(), ['task:3', 'task:2', 'task:1']);
  });
});
