import assert from 'node:assert/strict';
import type { BoardView } from '../../../src/messages/boardMessages';
import { SentColumns } from '../../../src/workbench/board/sentColumns';
import { Received } from '../../../webview/board/logic/received';
import { board, card, column } from '../../webview/samples';

describe('a board on its way to the page', () => {
  const [a, b, c] = [card(1, 'A'), card(2, 'B'), card(3, 'C')];
  const first = () => board([column(1, 'To Do', [a, b]), column(2, 'Done', [c])]);
  const wire = <T>(value: T): T => structuredClone(value);

  it('names the columns that did not change, and is whole again over there', () => {
    const [sent, received] = [new SentColumns(), new Received()];
    const page = (view: BoardView) => received.take(wire(sent.update(view)));
    const before = page(first())!;
    assert.deepEqual(before, first());

    const moved = board([column(1, 'To Do', [b, a]), column(2, 'Done', [c])], { revision: 2 });
    const update = sent.update(moved);
    assert.deepEqual(
      update.columns.map((each) => 'known' in each),
      [false, true],
    );
    const after = received.take(wire(update))!;
    assert.deepEqual(after, moved);
    assert.equal(after.columns[1], before.columns[1], 'what is the same is not drawn again');
    assert.equal(after.columns[0]?.cards[0], before.columns[0]?.cards[1]);
  });

  it('sends a column whose limit, name or number changed', () => {
    for (const more of [{ wipLimit: 1 }, { name: 'Later' }, { total: 9 }]) {
      const sent = new SentColumns();
      sent.update(first());
      const next = first();
      next.columns[0] = { ...next.columns[0]!, ...more };
      assert.deepEqual(
        sent.update(next).columns.map((each) => 'known' in each),
        [false, true],
        JSON.stringify(more),
      );
    }
  });

  it('is whole for a new page, and for another board with the same stages', () => {
    const sent = new SentColumns();
    sent.update(first());
    sent.forget();
    assert.ok(sent.update(first()).columns.every((each) => !('known' in each)));
    assert.ok(
      sent
        .update(board(first().columns, { identity: { connectionId: 'other', boardId: 'project:7' } }))
        .columns.every((each) => !('known' in each)),
    );
  });

  it('is asked for again when a named column never came', () => {
    const sent = new SentColumns();
    sent.update(first());
    assert.equal(new Received().take(sent.update(first())), null);
  });
});
