// One PostgreSQL cluster of the rig's own: made, started, stopped. Who may do so is claims.mjs's matter.
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '../log.mjs';
import { run } from '../run.mjs';
import { account, give, privateDir, rigHome } from './home.mjs';
import { readJson, writePrivateJson } from './json.mjs';
import { freePort, identify, isAlive, waitUntilGone } from './processId.mjs';

/**
 * A cluster. `password` is that of both roles: `admin` (superuser) and `odoo` (owns the databases).
 * @typedef {{ port: number, password: string, server?: import('./processId.mjs').ProcessId }} Cluster
 */

/** Starts the cluster when it is down, and makes it when there is none. @returns {Promise<Cluster>} */
export async function startCluster() {
  const stateFile = join(await rigHome(), 'postgres.json');
  /** @type {Cluster} */
  const cluster = (await readJson(stateFile)) ?? { port: 0, password: randomBytes(18).toString('base64url') };
  if (isAlive(cluster.server)) return cluster;
  cluster.port = await freePort(cluster.port);
  // Before the cluster is made: one whose password was lost would be of no use.
  await writePrivateJson(stateFile, cluster);
  const { bin, dir } = await installation();
  const postgres = await account('postgres');
  await privateDir(dir, postgres);
  const data = join(dir, 'data');
  if (!existsSync(data)) await initCluster(bin, dir, postgres, cluster.password);
  log(`starting PostgreSQL on 127.0.0.1:${cluster.port}`);
  cluster.server = await startPostgres(bin, dir, cluster.port, postgres);
  await writePrivateJson(stateFile, cluster);
  return cluster;
}

/** @param {string} bin @param {string} dir @param {number} port @param {import('./home.mjs').Account} postgres */
async function startPostgres(bin, dir, port, postgres) {
  const data = join(dir, 'data');
  // As for every solid-state disk.
  const settings = `-p ${port} -c random_page_cost=1.1`;
  const options = ['-D', data, '-w', '-t', '120', '-l', join(dir, 'log'), '-o', settings];
  // Not in the caller's folder: the account of PostgreSQL may be unable to enter it.
  await run(`${bin}pg_ctl`, [...options, 'start'], { cwd: '/', ...postgres });
  return identify(Number((await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')[0]));
}

/**
 * Makes and starts one more cluster, which is this process's own: what is restored there comes to a server that has seen
 * nothing yet. `branchOff` leads it onto another timeline, as does a server that is set back to an earlier moment, or a
 * standby that takes over.
 * @param {string} password as in `Cluster`
 * @returns {Promise<{ cluster: Cluster, branchOff: () => Promise<void>, stop: () => Promise<void> }>}
 */
export async function startScratchCluster(password) {
  const { bin } = await installation();
  const postgres = await account('postgres');
  const dir = await privateDir(await mkdtemp(join(await rigHome(), 'scratch-')), postgres);
  await initCluster(bin, dir, postgres, password);
  /** @type {Cluster} */
  const cluster = { port: await freePort(), password };
  const start = async () => void (cluster.server = await startPostgres(bin, dir, cluster.port, postgres));
  const halt = async () => {
    if (!isAlive(cluster.server) || !cluster.server) return;
    process.kill(cluster.server.pid, 'SIGINT');
    await waitUntilGone(cluster.server, 60_000);
  };
  const killAtExit = () => {
    if (isAlive(cluster.server) && cluster.server) process.kill(cluster.server.pid, 'SIGQUIT');
  };
  process.once('exit', killAtExit);
  await start();
  return {
    cluster,
    branchOff: async () => {
      await halt();
      const signal = join(dir, 'data', 'standby.signal');
      await writeFile(signal, '');
      await give(signal, postgres);
      await start();
      await run(`${bin}pg_ctl`, ['-D', join(dir, 'data'), '-w', 'promote'], { cwd: '/', ...postgres });
    },
    stop: async () => {
      await halt();
      process.off('exit', killAtExit);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Stops the cluster, whoever is connected. */
export async function stopCluster() {
  /** @type {Cluster | undefined} */
  const cluster = await readJson(join(await rigHome(), 'postgres.json'));
  if (cluster?.server === undefined || !isAlive(cluster.server)) return;
  // PostgreSQL's "fast" shutdown.
  process.kill(cluster.server.pid, 'SIGINT');
  await waitUntilGone(cluster.server, 60_000);
}

/** @param {string} bin @param {string} dir @param {import('./home.mjs').Account} postgres @param {string} password */
async function initCluster(bin, dir, postgres, password) {
  log('making a PostgreSQL cluster');
  const unfinished = join(dir, 'unfinished');
  await rm(unfinished, { recursive: true, force: true });
  const passwordFile = join(dir, 'password');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  await give(passwordFile, postgres);
  const access = ['-U', 'admin', '--auth=scram-sha-256', `--pwfile=${passwordFile}`];
  const initdb = ['-D', unfinished, ...access, '--encoding=UTF8', '--locale=C.UTF-8'];
  await run(`${bin}initdb`, initdb, { cwd: '/', ...postgres });
  await rm(passwordFile);
  await writeFile(
    join(unfinished, 'postgresql.auto.conf'),
    "listen_addresses = '127.0.0.1'\nunix_socket_directories = ''\nmax_connections = 200\n",
  );
  const role = `CREATE ROLE odoo LOGIN CREATEDB PASSWORD '${password}'`;
  await run(`${bin}postgres`, ['--single', '-D', unfinished, 'postgres'], {
    cwd: '/',
    ...postgres,
    input: role,
  });
  await rename(unfinished, join(dir, 'data'));
}

/**
 * The newest PostgreSQL of this machine: the folder of its server programs, which Debian keeps off PATH, and the folder
 * of its cluster, which another major version could not read.
 */
async function installation() {
  const base = '/usr/lib/postgresql';
  const versions = await readdir(base).catch(() => /** @type {string[]} */ ([]));
  const whole = versions.filter((version) => existsSync(join(base, version, 'bin', 'initdb')));
  const newest = whole.sort((a, b) => Number(b) - Number(a))[0];
  const home = await rigHome();
  return newest === undefined
    ? { bin: '', dir: join(home, 'postgres') }
    : { bin: `${join(base, newest, 'bin')}/`, dir: join(home, `postgres-${newest}`) };
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
  const options = ['-X', '-q', '-t', '-A', '-v', 'ON_ERROR_STOP=1', '-f', '-'];
  return run('psql', [...target, ...options], { env, input: sql });
}
