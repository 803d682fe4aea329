import assert from 'node:assert/strict';
import { keepFocus, moveFocus, rangeOf } from '../../../../../webview/board/logic/focus';
import { card, column } from '../../../../webview/samples';

const [a, b, c, d] = [card(1, 'A'), card(2, 'B'), card(3, 'C'), card(4, 'D')];
const before = [column(1, 'To Do', [a, b, c]), column(2, 'Review', [d])];
const on = (stage: number, number: number | null) => ({
  stageId: `stage:${stage}`,
  cardId: number === null ? null : `task:${number}`,
});

describe('the focus of the board', () => {
  it('follows its card to another column', () => {
    const after = [column(1, 'To Do', [a, c]), column(2, 'Review', [d, b])];
    assert.deepEqual(keepFocus(before, after, on(1, 2)), { focus: on(2, 2) });
  });

  it('goes to the next card when its own is gone, else to the one before, else to the column', () => {
    assert.deepEqual(keepFocus(before, [column(1, 'To Do', [a, c])], on(1, 2)), { focus: on(1, 3), gone: b });
    assert.deepEqual(keepFocus(before, [column(1, 'To Do', [a, b])], on(1, 3)), { focus: on(1, 2), gone: c });
    const emptied = [before[0] ?? column(1, '', []), column(2, 'Review', [])];
    assert.deepEqual(keepFocus(before, emptied, on(2, 4)), { focus: on(2, null), gone: d });
  });

  it('stays in its column when the column is gone with the card only if there is one', () => {
    assert.deepEqual(keepFocus(before, [column(1, 'To Do', [a])], on(2, 4)), { focus: on(1, 1) });
    assert.deepEqual(keepFocus(before, [], on(2, 4)), { focus: null });
  });

  it('is not lost when a new card gets the id of the server', () => {
    const fresh = { ...card(9, 'New'), cardId: 'local-1', fresh: true };
    const after = [column(1, 'To Do', [card(9, 'New'), a])];
    assert.deepEqual(
      keepFocus([column(1, 'To Do', [fresh, a])], after, { stageId: 'stage:1', cardId: 'local-1' }),
      {
        focus: on(1, 9),
      },
    );
  });

  it('takes the first card of the first column that has one when there was none', () => {
    assert.deepEqual(keepFocus([], [column(1, 'To Do', []), column(2, 'Review', [d])], null), {
      focus: on(2, 4),
    });
  });

  it('moves to the first card that comes into an empty column that has it', () => {
    assert.deepEqual(keepFocus([], [column(2, 'Review', [d])], on(2, null)), { focus: on(2, 4) });
  });

  it('moves by keys and stops at the ends', () => {
    assert.deepEqual(moveFocus(before, on(1, 1), 'down'), on(1, 2));
    assert.deepEqual(moveFocus(before, on(1, 3), 'down'), on(1, 3));
    assert.deepEqual(moveFocus(before, on(1, 1), 'up'), on(1, 1));
    assert.deepEqual(moveFocus(before, on(1, 1), 'last'), on(1, 3));
    assert.deepEqual(moveFocus(before, on(1, 3), 'right'), on(2, 4));
    assert.deepEqual(moveFocus(before, on(2, 4), 'right'), on(2, 4));
    assert.deepEqual(moveFocus(before, on(2, 4), 'firstColumn'), on(1, 1));
  });

  it('enters an empty column as a whole', () => {
    assert.deepEqual(
      moveFocus([column(1, 'To Do', [a]), column(2, 'Review', [])], on(1, 1), 'right'),
      on(2, null),
    );
  });

  it('goes to the card at the same height where the caller knows it', () => {
    assert.deepEqual(
      moveFocus(before, on(2, 4), 'left', () => 'task:3'),
      on(1, 3),
    );
  });

  it('selects what lies between two cards of a column', () => {
    assert.deepEqual(rangeOf(before, 'task:3', 'task:1'), ['task:1', 'task:2', 'task:3']);
    assert.deepEqual(rangeOf(before, 'task:1', 'task:4'), ['task:4']);
  });
});
