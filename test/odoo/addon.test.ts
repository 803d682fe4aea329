import assert from 'node:assert/strict';
import { runOdooTests } from '../../scripts/lib/odoo/index.mjs';
import { log } from '../../scripts/lib/log.mjs';
import { requiredParts, Unavailable } from '../../scripts/lib/unavailable.mjs';

describe("the addon's own tests, in Odoo", function () {
  this.timeout(60 * 60_000); // for what hangs: on a busy machine it takes half an hour

  it('pass', async function () {
    const result = await runOdooTests().catch((error: unknown) => {
      if (!(error instanceof Unavailable) || requiredParts().has(error.part)) throw error;
      log(`skipped: ${error.message}`);
      return this.skip();
    });
    const { passed, failed, skipped, failures, odooVersion } = result;
    log(`Odoo ${odooVersion}, the addon's own tests: ${passed} passed, ${failed} failed, ${skipped} skipped`);
    assert.deepEqual(failures, []);
    assert.equal(failed, 0);
    assert.ok(passed > 0);
  });
});
