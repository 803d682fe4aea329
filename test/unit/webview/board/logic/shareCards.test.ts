import assert from 'node:assert/strict';
import { shareCards } from '../../../../../webview/board/logic/shareCards';
import { board, card, column, tags } from '../../../../webview/samples';

describe('a new snapshot', () => {
  const first = () =>
    board([column(1, 'To Do', [card(1, 'A', { tags: [tags.bug] }), card(2, 'B')]), column(2, 'Done', [])]);

  it('takes over what did not change, object for object', () => {
    const before = first();
    const after = shareCards(before, { ...first(), revision: 2 });
    assert.deepEqual(after, { ...before, revision: 2 });
    assert.equal(after.columns[0], before.columns[0]);
    assert.equal(after.columns[1], before.columns[1]);
  });

  it('shows what changed: a card, a column, an order', () => {
    const before = first();
    const renamed = first();
    renamed.columns[0] = column(1, 'To Do', [card(1, 'A', { tags: [tags.bug] }), card(2, 'B2')]);
    const after = shareCards(before, renamed);
    assert.deepEqual(after, renamed);
    assert.equal(
      after.columns[0]?.cards[0],
      before.columns[0]?.cards[0],
      'the other card stays the same object',
    );

    const limited = first();
    limited.columns[0] = {
      ...limited.columns[0],
      ...column(1, 'To Do', limited.columns[0]?.cards ?? [], { wipLimit: 1 }),
    };
    assert.equal(shareCards(before, limited).columns[0]?.wipLimit, 1);

    const turned = first();
    turned.columns[0]?.cards.reverse();
    assert.deepEqual(shareCards(before, turned), turned);
  });
});
