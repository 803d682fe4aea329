// One PostgreSQL cluster of the rig's own, shared by all its Odoo instances, up only while somebody claims it.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureApt } from '../apt.mjs';
import { withLock } from '../cache.mjs';
import { log } from '../log.mjs';
import { run } from '../run.mjs';
import { account, give, privateDir, rigHome } from './home.mjs';
import { freePort, identify, isAlive } from './processId.mjs';

/**
 * A running cluster. `password` is that of both roles: `admin` (superuser) and `odoo` (owns the databases).
 * @typedef {{ port: number, password: string, server?: import('./processId.mjs').ProcessId }} Cluster
 * @typedef {{ cluster: Cluster, release: () => Promise<void>, handOver: (name: string, to: import('./processId.mjs').ProcessId) => Promise<void> }} Claim
 */

/**
 * Starts the cluster when it is down (makes it when there is none) and keeps it up until `release`, or until this
 * process ends. `handOver` leaves the claim to a process that stays, under a name that replaces its former one.
 * @returns {Promise<Claim>}
 */
export async function claimCluster() {
  await ensureApt('postgres', ['postgresql', 'postgresql-client']);
  const claims = await claimsDir();
  const self = identify(process.pid);
  const file = join(claims, `${process.pid}-${randomBytes(4).toString('hex')}.json`);
  const cluster = await locked(async () => {
    await writeFile(file, JSON.stringify(self));
    return startCluster();
  });
  return {
    cluster,
    release: () => locked(() => dropClaim(file)),
    handOver: (name, to) =>
      locked(async () => {
        await writeFile(join(claims, `${name}.json`), JSON.stringify(to));
        await rm(file, { force: true });
      }),
  };
}

/** Takes back the claim that was handed over under `name`; the cluster stops when it was the last one. @param {string} name */
export async function releaseNamed(name) {
  const file = join(await claimsDir(), `${name}.json`);
  await locked(() => dropClaim(file));
}

/** @param {string} file */
async function dropClaim(file) {
  await rm(file, { force: true });
  const claims = await claimsDir();
  for (const name of await readdir(claims)) {
    const claim = join(claims, name);
    if (isAlive(await readJson(claim))) return;
    await rm(claim, { force: true });
  }
  await stopCluster();
}

async function startCluster() {
  const home = await rigHome();
  const postgres = await account('postgres');
  const data = join(home, 'postgres', 'data');
  const stateFile = join(home, 'postgres.json');
  /** @type {Cluster} */
  const cluster = (await readJson(stateFile)) ?? { port: 0, password: randomBytes(18).toString('base64url') };
  if (isAlive(cluster.server)) return cluster;
  await privateDir(join(home, 'postgres'), postgres);
  if (!existsSync(join(data, 'PG_VERSION'))) await initCluster(data, postgres, cluster.password);
  cluster.port = await freePort(cluster.port);
  log(`starting PostgreSQL on 127.0.0.1:${cluster.port}`);
  const logFile = join(home, 'postgres', 'log');
  await (
    await program('pg_ctl')
  )(['-D', data, '-w', '-t', '120', '-l', logFile, '-o', `-p ${cluster.port}`, 'start'], {
    ...postgres,
  });
  const pid = Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]);
  cluster.server = identify(pid);
  await writeFile(stateFile, JSON.stringify(cluster), { mode: 0o600 });
  const role = `DO $$ BEGIN IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'odoo') THEN
    CREATE ROLE odoo LOGIN CREATEDB PASSWORD '${cluster.password}'; END IF; END $$`;
  await psql(cluster, 'postgres', role, { role: 'admin' });
  return cluster;
}

/** @param {string} data @param {import('./home.mjs').Account} postgres @param {string} password */
async function initCluster(data, postgres, password) {
  log('making a PostgreSQL cluster');
  const initdb = await program('initdb');
  // Half-made data of a run that was killed would stop initdb.
  await rm(data, { recursive: true, force: true });
  const file = `${data}.password`;
  await writeFile(file, `${password}\n`, { mode: 0o600 });
  await give(file, postgres);
  await initdb(
    [
      '-D',
      data,
      '-U',
      'admin',
      '--auth=scram-sha-256',
      `--pwfile=${file}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
    ],
    postgres,
  );
  await rm(file);
  await writeFile(
    join(data, 'postgresql.auto.conf'),
    "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n",
  );
}

async function stopCluster() {
  const home = await rigHome();
  /** @type {Cluster | undefined} */
  const cluster = await readJson(join(home, 'postgres.json'));
  if (cluster === undefined || !isAlive(cluster.server)) return;
  const data = join(home, 'postgres', 'data');
  await (
    await program('pg_ctl')
  )(['-D', data, '-w', '-m', 'fast', 'stop'], await account('postgres'));
}

/**
 * Runs SQL through psql and gives what it prints, unaligned and without headers.
 * @param {Cluster} cluster
 * @param {string} db
 * @param {string} sql
 * @param {{ role?: 'odoo'|'admin' }} [options]
 */
export async function psql(cluster, db, sql, { role = 'odoo' } = {}) {
  const target = ['-h', '127.0.0.1', '-p', String(cluster.port), '-U', role, '-d', db];
  const env = { ...process.env, PGPASSWORD: cluster.password, PGCLIENTENCODING: 'UTF8' };
  return run('psql', ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', ...target, '-f', '-'], {
    env,
    input: sql,
  });
}

/** A server program of the newest PostgreSQL on this machine; Debian keeps them off PATH. @param {string} name */
async function program(name) {
  const base = '/usr/lib/postgresql';
  const versions = await readdir(base).catch(() => /** @type {string[]} */ ([]));
  const newest = versions
    .filter((version) => existsSync(join(base, version, 'bin', name)))
    .sort((a, b) => +b - +a)[0];
  const path = newest === undefined ? name : join(base, newest, 'bin', name);
  // Not in the caller's folder: the account of PostgreSQL may be unable to enter it.
  return (/** @type {string[]} */ args, /** @type {Parameters<typeof run>[2]} */ options) =>
    run(path, args, { cwd: '/', ...options });
}

async function claimsDir() {
  const dir = join(await rigHome(), 'claims');
  await mkdir(dir, { recursive: true });
  return dir;
}

/** @template T @param {() => Promise<T>} work */
async function locked(work) {
  return withLock(join(await rigHome(), 'postgres.lock'), work);
}

/** @param {string} path @returns {Promise<any>} undefined when it is not there or no JSON */
export async function readJson(path) {
  try {
    return JSON.parse(await readFile(path, 'utf8'));
  } catch {
    return undefined;
  }
}
