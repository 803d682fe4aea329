import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { log } from '../../scripts/lib/log.mjs';
import { answersAll } from '../generated/answersAll';
import { freshOdoo, type RunningOdoo } from './server';

describe('Odoo with the addon: any request', () => {
  let odoo: RunningOdoo;

  // One of its own: the requests change whatever they can.
  before(async function () {
    odoo = await freshOdoo(this, { name: 'generated' });
  });

  after(async function () {
    this.timeout(300_000);
    await odoo?.stop();
  });

  it('is answered as the published documents say, and nothing fails inside', async () => {
    const tokens = { manager: odoo.token, contributor: tokenOf('user'), viewer: tokenOf('portal') };
    const login = { username: odoo.login, password: odoo.password };
    const started = Date.now();
    const statuses = await answersAll(
      { url: odoo.url, login, tokens },
      { seed: 18, requests: 5000, parallel: 4 },
    );
    log(
      `5000 generated requests in ${Math.round((Date.now() - started) / 1000)} s: ${JSON.stringify(statuses)}`,
    );
    assert.deepEqual(faults(await readFile(odoo.logFile, 'utf8')), []);
  }).timeout(10 * 60_000);

  const tokenOf = (role: string): string => {
    const user = odoo.users.find((each) => each.role === role);
    assert.ok(user, `nobody is ${role}`);
    return user.token;
  };
});

/** The errors in a log of Odoo, with their lines. Of two writes at once one is logged so, too, and then tried again. */
const faults = (log: string): string[] =>
  log
    .split(/^(?=\d{4}-\d\d-\d\d )/m)
    .filter((entry) => / (ERROR|CRITICAL) /.test(entry.slice(0, 60)))
    .filter((entry) => !/could not serialize access|deadlock detected/.test(entry));
