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
    this.timeout(60_000);
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
    const errors = (await readFile(odoo.logFile, 'utf8'))
      .split('\n')
      .filter((line) => / (ERROR|CRITICAL) /.test(line));
    assert.deepEqual(errors, []);
  }).timeout(10 * 60_000);

  const tokenOf = (role: string): string => {
    const user = odoo.users.find((each) => each.role === role);
    assert.ok(user, `nobody is ${role}`);
    return user.token;
  };
});
