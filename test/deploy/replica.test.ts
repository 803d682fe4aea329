import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chmod, chown, cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { account } from '../../scripts/lib/odoo/home.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { Unavailable } from '../../scripts/lib/unavailable.mjs';
import { orSkip } from '../orSkip';
import { freePort, root } from './nginx';

/** The newest PostgreSQL of this machine. */
function serverPrograms(): string {
  const parent = '/usr/lib/postgresql';
  const versions = existsSync(parent) ? readdirSync(parent).sort((a, b) => Number(b) - Number(a)) : [];
  const bin = versions
    .map((version) => join(parent, version, 'bin'))
    .find((each) => existsSync(join(each, 'initdb')));
  if (!bin) throw new Unavailable('postgres', 'PostgreSQL is not installed, so the replica is not tried.');
  return bin;
}

// The scripts of the containers, with the machine's own PostgreSQL and everything on loopback.
describe('a primary and its replica', function () {
  this.timeout(120_000);
  let dir: string;
  let bin: string;
  let user: { uid?: number; gid?: number };
  const ports = { primary: 0, replica: 0 };
  const running: ChildProcess[] = [];

  before(async function () {
    bin = await orSkip(this, async () => serverPrograms());
    user = await account('postgres');
    dir = await mkdtemp(join(tmpdir(), 'taskboard-replica-'));
    await chmod(dir, 0o755);
    for (const name of ['postgres_password', 'odoo_db_password', 'replication_password'])
      await writeFile(join(dir, name), `${name}-of-the-tests\n`);
    for (const name of ['primary-init.sh', 'replica.sh'])
      await cp(join(root, 'deploy', 'postgres', name), join(dir, name));
    if (user.uid !== undefined && user.gid !== undefined) await chown(dir, user.uid, user.gid);
    ports.primary = await freePort();
    ports.replica = await freePort();

    const data = join(dir, 'primary');
    const passwordFile = join(dir, 'postgres_password');
    await as(join(bin, 'initdb'), [
      ...[
        '-D',
        data,
        '-U',
        'postgres',
        '--auth=scram-sha-256',
        `--pwfile=${passwordFile}`,
        '--encoding=UTF8',
      ],
    ]);
    const first = await startPrimary();
    await as(join(dir, 'primary-init.sh'), [], { PGDATA: data });
    await end(first);
    await startPrimary();
    await start(join(dir, 'replica.sh'), [...onLoopback(ports.replica)], {
      PGDATA: join(dir, 'replica'),
      PRIMARY_HOST: '127.0.0.1',
      PRIMARY_PORT: String(ports.primary),
    });
  });

  after(async () => {
    for (const child of running.reverse()) await end(child);
    if (dir) await rm(dir, { recursive: true, force: true });
  });

  it('show what was written the moment the write is confirmed', async () => {
    await sql('primary', 'CREATE TABLE moments (n integer)', 'odoo');
    for (let n = 1; n <= 20; n++) {
      await sql('primary', `INSERT INTO moments VALUES (${n})`, 'odoo');
      assert.equal(await sql('replica', 'SELECT max(n) FROM moments', 'odoo'), String(n));
    }
  });

  it('stream, and the primary waits for what the replica shows', async () => {
    const state = await sql('primary', 'SELECT application_name, state, sync_state FROM pg_stat_replication');
    assert.equal(state, 'taskboard_replica|streaming|sync');
    assert.equal(await sql('primary', 'SHOW synchronous_commit'), 'remote_apply');
  });

  it('let Odoo in with its own password, and nobody write to the replica', async () => {
    assert.equal(await sql('replica', 'SELECT pg_is_in_recovery()', 'odoo'), 't');
    await assert.rejects(sql('replica', 'INSERT INTO moments VALUES (0)', 'odoo'), /read-only transaction/);
    await assert.rejects(sql('primary', 'CREATE DATABASE another', 'odoo'), /permission denied/);
  });

  const onLoopback = (port: number) => [
    ...['-p', String(port), '-c', 'listen_addresses=127.0.0.1', '-c', `unix_socket_directories=${dir}`],
  ];

  const environment = (more: Record<string, string> = {}) => ({
    PATH: `${bin}:${process.env['PATH']}`,
    PGHOST: '127.0.0.1',
    PGPORT: String(ports.primary),
    PGUSER: 'postgres',
    PGPASSWORD: 'postgres_password-of-the-tests',
    ODOO_PASSWORD_FILE: join(dir, 'odoo_db_password'),
    REPLICATION_PASSWORD_FILE: join(dir, 'replication_password'),
    ...more,
  });

  const as = (program: string, args: string[], more?: Record<string, string>) =>
    run(program, args, { cwd: '/', env: environment(more), ...user });

  const startPrimary = () =>
    start(join(bin, 'postgres'), [
      '-D',
      join(dir, 'primary'),
      ...onLoopback(ports.primary),
      '-c',
      'wal_level=replica',
    ]);

  /** Starts a server and resolves when it says that it takes connections. */
  async function start(
    program: string,
    args: string[],
    more?: Record<string, string>,
  ): Promise<ChildProcess> {
    const child = spawn(program, args, {
      ...{ cwd: '/', env: environment(more), ...user },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    running.push(child);
    const said: string[] = [];
    for await (const line of createInterface(child.stderr)) {
      said.push(line);
      if (/started streaming WAL|ready to accept connections/.test(line)) {
        if (program.endsWith('replica.sh') && !line.includes('streaming')) continue;
        child.stderr.resume();
        return child;
      }
    }
    throw new Error(`${program} ended:\n${said.join('\n')}`);
  }

  async function end(child: ChildProcess): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGINT');
    await ended;
  }

  /** One statement; columns are divided by |. */
  async function sql(where: keyof typeof ports, statement: string, as: 'postgres' | 'odoo' = 'postgres') {
    const login: Record<string, string> =
      as === 'odoo' ? { PGUSER: 'odoo', PGPASSWORD: 'odoo_db_password-of-the-tests' } : {};
    const args = ['-X', '-t', '-A', '-d', as === 'odoo' ? 'odoo' : 'postgres', '-c', statement];
    const env = { ...environment(login), PGPORT: String(ports[where]) };
    return (await run(join(bin, 'psql'), args, { env })).trim();
  }
});
