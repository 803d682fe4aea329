import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './nginx';

describe('deploy/preflight.sh', function () {
  this.timeout(30_000);
  let dir: string;

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'taskboard-preflight-'));
  });

  after(() => rm(dir, { recursive: true, force: true }));

  function preflight(only: string[], env: Record<string, string> = {}) {
    const args = only.flatMap((name) => ['--only', name]);
    const { status, stdout } = spawnSync(join(root, 'deploy', 'preflight.sh'), args, {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      encoding: 'utf8',
    });
    return { status, stdout };
  }

  it('says of every check that cannot look what it lacks', () => {
    const names = ['smoke', 'live', 'https', 'metrics', 'addon', 'replica', 'backup'];
    const { status, stdout } = preflight(names);
    assert.equal(status, 0);
    for (const name of names) assert.match(stdout, new RegExp(`^skipped ${name}: needs `, 'm'));
  });

  it('passes the settings that are shipped, and finds each that was turned round', async () => {
    assert.equal(preflight(['settings']).status, 0);
    const shipped = await readFile(join(root, 'deploy', 'odoo.conf'), 'utf8');
    const file = join(dir, 'odoo.conf');
    const changes: [from: string | RegExp, to: string, says: RegExp][] = [
      ['proxy_mode = True', 'proxy_mode = False', /proxy_mode is not True/],
      ['list_db = False', '', /list_db is not False/],
      [/^server_wide_modules.*$/m, 'server_wide_modules = base,web', /not server-wide/],
      [/^db_name.*$/m, '', /neither db_name nor dbfilter/],
    ];
    for (const [from, to, says] of changes) {
      await writeFile(file, shipped.replace(from, to));
      const { status, stdout } = preflight(['settings'], { ODOO_CONF: file });
      assert.equal(status, 1, stdout);
      assert.match(stdout, says);
    }
  });

  it('wants a backup of the last day that is whole', async () => {
    const env = { BACKUPS: dir };
    assert.match(preflight(['backup'], env).stdout, /FAILED +backup\n +no backup of the last 26 hours/);
    const backup = join(dir, '2026-03-02T023000Z');
    await mkdir(backup);
    await writeFile(join(backup, 'database.dump'), 'dump');
    await writeFile(
      join(backup, 'SHA256SUMS'),
      spawnSync('sha256sum', ['database.dump'], { cwd: backup, encoding: 'utf8' }).stdout,
    );
    assert.equal(preflight(['backup'], env).status, 0);
    await writeFile(join(backup, 'database.dump'), 'torn');
    assert.match(preflight(['backup'], env).stdout, /FAILED +backup\n +database\.dump: FAILED/);
    const longAgo = new Date(Date.now() - 3 * 86_400_000);
    await utimes(backup, longAgo, longAgo);
    assert.match(preflight(['backup'], env).stdout, /no backup of the last 26 hours/);
  });
});

describe('docs/production.md', () => {
  it('names only files that are there, and every check of the preflight', async () => {
    const text = await readFile(join(root, 'docs', 'production.md'), 'utf8');
    const { stdout } = spawnSync(join(root, 'deploy', 'preflight.sh'), ['--list'], { encoding: 'utf8' });
    for (const name of stdout.trim().split('\n')) assert.match(text, new RegExp(`--only ${name}\\b`), name);
    const named = new Set(
      [
        ...text.matchAll(
          /`((?:ci|deploy|docs|src|test|fixtures|schemas|odoo-module|bench|\.github)\/[^`\s*…]+)`/g,
        ),
      ].map((match) => match[1] ?? ''),
    );
    // These are made on the host, and never committed.
    for (const own of ['deploy/secrets/', 'deploy/.env']) assert.ok(named.delete(own), own);
    assert.ok(named.size > 20);
    const missing = [...named].filter((path) => spawnSync('test', ['-e', join(root, path)]).status !== 0);
    assert.deepEqual(missing, []);
  });
});
