import assert from 'node:assert/strict';
import { failedOf, runGate } from '../gates/runGate';
import { openSession } from './rpc';
import { freshOdoo, type RunningOdoo } from './server';

describe('the live gates against a real Odoo', function () {
  this.timeout(300_000);
  let odoo: RunningOdoo;

  before(async function () {
    odoo = await freshOdoo(this, { name: 'gates' });
  });

  after(async function () {
    await odoo?.stop();
  });

  it('pass with a session, and remove all that they made', async () => {
    const before = await inDatabase();
    const env = { ODOO_SESSION: await openSession(odoo), ODOO_DB: odoo.db };
    const result = await runGate('validate-live-api.sh', [odoo.url, '--json'], { env });
    assert.equal(result.exit, 0, result.stdout + result.stderr);
    assert.equal(result.json.leftBehind, undefined);
    assert.deepEqual(await inDatabase(), before);
  });

  it('pass with login and password: every endpoint, and no token stays', async () => {
    const before = await inDatabase();
    const env = { ODOO_DB: odoo.db, ODOO_LOGIN: odoo.login, ODOO_PASSWORD: odoo.password };
    const result = await runGate('validate-live-api.sh', [odoo.url, '--json'], { env });
    assert.equal(result.exit, 0, result.stdout + result.stderr);
    const success = result.json.checks.filter(({ name }) => name.startsWith('every endpoint answers'));
    assert.ok(success.length > 0 && success.every(({ state }) => state === 'ok'));
    assert.deepEqual(await inDatabase(), before);
  });

  it('find no drift between the addon and the fixtures', async () => {
    const before = await inDatabase();
    const env = { ODOO_DB: odoo.db, ODOO_LOGIN: odoo.login, ODOO_PASSWORD: odoo.password };
    const args = [odoo.url, '--write', '--json'];
    const result = await runGate('check-contract-drift.sh', args, { env });
    assert.deepEqual(failedOf(result), [], result.stdout + result.stderr);
    assert.equal(result.exit, 0);
    assert.deepEqual(await inDatabase(), before);
  });

  /** How many rows there are of all that a run makes. Not a person's own stages: Odoo makes those with their first task. */
  async function inDatabase() {
    const [counts] = await odoo.query(`
      SELECT (SELECT count(*) FROM project_project) AS projects, (SELECT count(*) FROM project_task) AS tasks,
             (SELECT count(*) FROM project_task_type WHERE user_id IS NULL) AS stages, (SELECT count(*) FROM project_tags) AS tags,
             (SELECT count(*) FROM res_users_apikeys) AS tokens,
             (SELECT count(*) FROM account_analytic_account) AS accounts`);
    return counts;
  }
});
