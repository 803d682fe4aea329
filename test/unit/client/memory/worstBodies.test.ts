import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { WORST_BODIES } from './worstBodies';

const run = promisify(execFile);
const READER = fileURLToPath(new URL('readWorst.ts', import.meta.url));

/** What the whole of a reader's heap may hold, in MB: TypeScript's loader and the client in it take about 60. */
const HEAP_MB = 200;

/** Whoever goes beyond dies of it, whatever the machine does meanwhile. */
async function read(name: string): Promise<{ ended: string; megabytes: number }> {
  const args = [`--max-old-space-size=${HEAP_MB}`, '--max-semi-space-size=8', '--expose-gc', '--import=tsx'];
  const { stdout } = await run(process.execPath, [...args, READER, name]);
  return JSON.parse(stdout) as { ended: string; megabytes: number };
}

describe('an answer of 20 MB that is the worst of its kind', function () {
  this.timeout(120_000); // for what hangs

  const refused = /^contract: .* sent an answer that does not fit the contract/;
  for (const name of Object.keys(WORST_BODIES))
    it(`ends in a sentence or is read, in little memory: ${name}`, async () => {
      const { ended } = await read(name);
      assert.ok(refused.test(ended) || ended.startsWith('read, '), ended);
    });
});
