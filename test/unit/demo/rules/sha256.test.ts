import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { sha256 } from '../../../../src/demo/rules/sha256';

describe('demo: sha256', () => {
  const expected = (text: string) => createHash('sha256').update(text, 'utf8').digest('hex');

  it('agrees with Node at the lengths where padding turns', () => {
    for (const length of [0, 1, 54, 55, 56, 57, 63, 64, 65, 119, 120, 128, 1000])
      assert.equal(sha256('a'.repeat(length)), expected('a'.repeat(length)), `${length} bytes`);
  });

  it('agrees with Node on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => sha256(text) === expected(text)),
      { seed: 1 },
    );
  });
});
