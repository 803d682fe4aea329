import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { dirname, join } from 'node:path';
import { run } from '../../scripts/lib/run.mjs';
import { odooSettings } from '../deploy/odooSettings';
import { root } from '../deploy/nginx';
import { freshOdoo, type RunningOdoo } from './server';

/** What depends on the machine; the rest of deploy/odoo.conf is tried as it is shipped. */
const OF_THE_MACHINE = /^(addons_path|db_name|db_replica_|http_port|gevent_port|server_wide_modules)/;

describe('an Odoo with the settings of deploy/odoo.conf', function () {
  this.timeout(120_000);
  let odoo: RunningOdoo;

  before(async function () {
    const shipped = Object.entries(odooSettings()).filter(([name]) => !OF_THE_MACHINE.test(name));
    odoo = await freshOdoo(this, { name: 'production', extraConfig: Object.fromEntries(shipped) });
  });

  after(async () => {
    await odoo?.stop();
  });

  it('knows every one of them', async () => {
    const wanted = Number(odooSettings()['workers']);
    let log = '';
    let workers = 0;
    // The first of them answers before the last is there.
    while (workers < wanted) {
      log = await readFile(odoo.logFile, 'utf8');
      workers = log.match(/Worker WorkerHTTP \(\d+\) alive/g)?.length ?? 0;
      await delay(50);
    }
    assert.equal(workers, wanted);
    assert.doesNotMatch(log, /unknown option|unrecognized|deprecated option/i);
  });

  it('logs each request to the API as a line of JSON', async () => {
    await fetch(`${odoo.url}/api/v1/me`, { headers: { 'X-Request-Id': 'in-production' } });
    const log = await readFile(odoo.logFile, 'utf8');
    const line = log.split('\n').find((each) => each.includes('in-production'));
    assert.match(line ?? '', /ipai_taskboard_api\.requests: \{.*"status": ?401/);
  });

  it('does not list its databases', async () => {
    const answer = await fetch(`${odoo.url}/web/database/list`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: '{"jsonrpc": "2.0", "params": {}}',
    });
    assert.match(await answer.text(), /AccessDenied/);
  });

  it('comes back from a backup with all that was in it', async () => {
    const target = await mkdtemp(join(tmpdir(), 'taskboard-backup-'));
    const config = await readFile(join(dirname(odoo.logFile), 'odoo.conf'), 'utf8');
    const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(config)?.[1] ?? '';
    const env = {
      ...process.env,
      PGHOST: setting('db_host'),
      PGPORT: setting('db_port'),
      PGUSER: setting('db_user'),
      PGPASSWORD: setting('db_password'),
      KEEP: '2',
    };
    const restored = `${odoo.db}_back`;
    const filestore = join(setting('data_dir'), 'filestore', odoo.db);
    const backup = async () =>
      (await run(join(root, 'deploy', 'backup.sh'), [odoo.db, filestore, target], { env })).trim();
    const count = (db: string) =>
      run('psql', ['-X', '-t', '-A', '-d', db, '-c', 'SELECT count(*), max(id) FROM project_task'], { env });
    try {
      const made = await backup();
      const args = [made, restored, join(target, 'filestore')];
      await run(join(root, 'deploy', 'restore.sh'), args, { env });
      assert.equal(await count(restored), await count(odoo.db));
      await assert.rejects(
        run(join(root, 'deploy', 'restore.sh'), args, { env }),
        /is not empty|already exists/,
      );
    } finally {
      await run('dropdb', ['--if-exists', restored], { env });
      await rm(target, { recursive: true, force: true });
    }
  });
});
