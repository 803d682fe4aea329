import assert from 'node:assert/strict';
import { boardKey, grabKey } from '../../../webview/board/keyMap';

const stroke = (key: string, more: Partial<Parameters<typeof boardKey>[0]> = {}) => ({
  key,
  code: '',
  ctrlKey: false,
  metaKey: false,
  shiftKey: false,
  altKey: false,
  ...more,
});

describe('the keys of the board', () => {
  it('does what the help says', () => {
    assert.equal(boardKey(stroke('j')), 'down');
    assert.equal(boardKey(stroke('ArrowLeft')), 'left');
    assert.equal(boardKey(stroke(' ')), 'peek');
    assert.equal(boardKey(stroke(' ', { shiftKey: true })), 'grab');
    assert.equal(boardKey(stroke('ArrowUp', { shiftKey: true })), 'extendUp');
    assert.equal(boardKey(stroke('Home', { ctrlKey: true })), 'firstColumn');
    assert.equal(boardKey(stroke('a', { metaKey: true })), 'selectColumn');
    assert.equal(boardKey(stroke('?', { shiftKey: true })), 'help');
  });

  it('takes Shift and a digit by its key, whatever character the keyboard makes of it', () => {
    assert.equal(boardKey(stroke('"', { code: 'Digit2', shiftKey: true })), 'stage2');
    assert.equal(boardKey(stroke('2', { code: 'Digit2' })), null);
  });

  it('leaves the chords of VS Code alone', () => {
    assert.equal(boardKey(stroke('ArrowUp', { altKey: true })), null);
    assert.equal(boardKey(stroke('n', { ctrlKey: true })), null);
    assert.equal(boardKey(stroke('a', { ctrlKey: true, shiftKey: true })), null);
    assert.equal(boardKey(stroke('toString')), null);
  });

  it('steps, drops and cancels while a card is grabbed', () => {
    assert.equal(grabKey(stroke('ArrowUp')), 'up');
    assert.equal(grabKey(stroke('ArrowUp', { ctrlKey: true })), 'top');
    assert.equal(grabKey(stroke('ArrowRight', { ctrlKey: true })), 'last');
    assert.equal(grabKey(stroke('Enter')), 'drop');
    assert.equal(grabKey(stroke('Escape')), 'cancel');
    assert.equal(grabKey(stroke('x')), null);
    assert.equal(grabKey(stroke('ArrowUp', { altKey: true })), null);
  });
});
