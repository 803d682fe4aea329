import assert from 'node:assert/strict';
import { prove, QUICK } from '../../bench/faults/proof';

describe('no user action is lost, none is done twice', function () {
  this.timeout(4 * 60_000);

  // The long form is `npm run bench -- faults`.
  it('through faults of every kind, kills, a bad disk and two windows; and the controls show their teeth', async () => {
    assert.deepEqual(await prove({ ...QUICK, print: (line) => console.log(`      ${line}`) }), []);
  });
});
