import assert from 'node:assert/strict';
import { snapshotOf, withCardAfter, withFound } from '../../../../src/board/snapshot/snapshot';
import { closeDemos, demoStore } from '../../workbench/demoStore';
import { board, card, column } from '../builders';

// Cards that somebody reached without their column having been read that far.

const all = Array.from({ length: 5 }, (_, index) => card(index + 1));
/** Two of five cards are loaded. */
const partly = snapshotOf(board(all), all.slice(0, 2));

describe('a card from beyond what is loaded', () => {
  after(closeDemos);

  it('is known, and counted once', () => {
    const found = withFound(partly, all[4]!);
    assert.equal(found.cards.get('task:5')?.title, 'Card 5');
    assert.deepEqual(column(found, 'stage:1'), ['task:1', 'task:2']);
    assert.equal(found.columns.get('stage:1')?.total, 5);
    assert.equal(withFound(found, all[4]!).columns.get('stage:1')?.total, 5, 'read again');
  });

  it('can be worked on: a move takes it out of its stage’s count', () => {
    const found = withFound(partly, all[4]!);
    const moved = withCardAfter(found, { ...all[4]!, stage_id: 'stage:2' }, null);
    assert.equal(moved.columns.get('stage:1')?.total, 4);
    assert.deepEqual(column(moved, 'stage:2'), ['task:5']);
  });

  it('is a new one where it stands among those that are loaded', () => {
    const found = withFound(partly, card(9, { sequence: 1.5 }));
    assert.deepEqual(column(found, 'stage:1'), ['task:1', 'task:9', 'task:2']);
    assert.equal(found.columns.get('stage:1')?.total, 6);
  });

  it('is found by words and by number, on its own board only', async () => {
    const { store, boards, boardId } = await demoStore();
    await store.open(boardId);
    const [known] = [...store.state(boardId).snapshot!.cards.values()];
    const ids = async (typed: string, on = boardId) =>
      (await store.findCards(on, typed)).cards.map(({ card_id }) => card_id);
    const number = known!.card_id.slice('task:'.length);
    assert.ok((await ids(known!.title)).includes(known!.card_id));
    assert.equal((await ids(`#${number}`))[0], known!.card_id);
    assert.equal((await ids(number))[0], known!.card_id);
    assert.ok(!(await ids(`#${number}`, boards[1]!.board_id)).includes(known!.card_id));
    assert.deepEqual(await ids('nothing is called like this'), []);
  });
});
