import assert from 'node:assert/strict';
import { type Choice, rowsApart } from '../../../src/widgets/rows';
import { shown, shownName } from '../../../src/widgets/shownText';

const row = (label: string, description = '', ...apart: string[]): Choice<number> => ({
  label: shownName(label),
  description: shown(description),
  apart: apart.map(shown),
  value: 0,
});
const look = (choices: Choice<number>[]) =>
  rowsApart(choices).map((one) => [one.label, one.description].join(' | '));

describe('the rows of a pick', () => {
  it('stay as they are while they differ', () => {
    assert.deepEqual(look([row('A', 'x', '#1'), row('A', 'y', '#2'), row('B', 'x', '#3')]), [
      'A | x',
      'A | y',
      'B | x',
    ]);
  });

  it('say what tells them apart where they look alike, and only there', () => {
    assert.deepEqual(
      look([
        row('Done', '3', 'column 2 of 4'),
        row('Done', '3', 'column 4 of 4'),
        row('New', '3', 'column 1 of 4'),
      ]),
      ['Done | 3 · column 2 of 4', 'Done | 3 · column 4 of 4', 'New | 3'],
    );
  });

  it('go on to the next fact where the first is the same too', () => {
    assert.deepEqual(
      look([row('A', '', 'Ann', '#1'), row('A', '', 'Ann', '#2'), row('A', '', 'Ben', '#3')]),
      ['A | Ann · #1', 'A | Ann · #2', 'A | Ben'],
    );
  });

  it('are numbered where nothing tells them apart', () => {
    assert.deepEqual(look([row('A'), row('A')]), ['A | 1 of 2', 'A | 2 of 2']);
  });

  it('differ to the eye, not by signs without width', () => {
    const rows = look([
      row('A\u200b', '', '#1'),
      row('A', '', '#2'),
      row('', '', '#3'),
      row('\u2800', '', '#4'),
    ]);
    assert.deepEqual(rows, ['A\u200b | #1', 'A | #2', '(no name) | #3', '(no name) | #4']);
  });
});
