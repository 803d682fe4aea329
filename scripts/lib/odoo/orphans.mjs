// What test runs left that were killed before they could clean up.
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from '../log.mjs';
import { admin, dropDatabase } from './databases.mjs';
import { instanceDir, lockInstance, readInstance, removeInstance, stopServer } from './instance.mjs';
import { identify, isAlive } from './processId.mjs';

/** @param {import('./source.mjs').OdooSource} source @param {import('./cluster.mjs').Cluster} cluster */
export async function reapOrphans(source, cluster) {
  const runs = await folder(join(await instanceDir('any'), '..'));
  await reapInstances(cluster, runs);
  await reapTestDatabases(source, cluster);
  await dropOldLogs(runs, 'odoo.log');
  await dropOldLogs(await folder(join(source.home, 'tests')), '');
}

/** Stops the servers whose owner is gone; their databases wait for the next start. */
export async function stopOrphans() {
  await reapInstances(undefined, await folder(join(await instanceDir('any'), '..')));
}

/**
 * Stops instances whose owner is gone, and removes them when PostgreSQL is there to do so.
 * @param {import('./cluster.mjs').Cluster | undefined} cluster
 * @param {string} runs
 */
async function reapInstances(cluster, runs) {
  for (const file of await readdir(runs)) {
    if (!file.endsWith('.json')) continue;
    const name = file.slice(0, -'.json'.length);
    const seen = await readInstance(name);
    if (seen?.owner === undefined || isAlive(seen.owner)) continue;
    await lockInstance(name, async () => {
      const instance = await readInstance(name);
      if (instance?.owner === undefined || isAlive(instance.owner)) return;
      log(`stopping the Odoo instance "${name}", whose test run is gone`);
      await (cluster ? removeInstance(cluster, instance) : stopServer(instance));
    });
  }
}

/**
 * The name of a throwaway database for the addon's tests; it says which process will drop it.
 * @param {import('./source.mjs').OdooSource} source
 */
export function testDatabase(source) {
  return `${testPrefix(source)}${process.pid}_${Date.now().toString(36)}`;
}

/** @param {import('./source.mjs').OdooSource} source @param {string} db */
export function testDir(source, db) {
  return join(source.home, 'tests', db);
}

/** Where the log of its run stays for a day. @param {import('./source.mjs').OdooSource} source @param {string} db */
export function testLog(source, db) {
  return `${testDir(source, db)}.log`;
}

/** @param {import('./source.mjs').OdooSource} source @param {import('./cluster.mjs').Cluster} cluster */
async function reapTestDatabases(source, cluster) {
  const prefix = testPrefix(source);
  const sql = `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}')`;
  for (const db of (await admin(cluster, sql)).split('\n').filter(Boolean)) {
    if (identify(Number.parseInt(db.slice(prefix.length), 10))) continue;
    await dropDatabase(cluster, db);
    await rm(testDir(source, db), { recursive: true, force: true });
  }
}

/** @param {import('./source.mjs').OdooSource} source */
function testPrefix(source) {
  return `taskboard_${source.key}_tests_`;
}

/**
 * Removes what a test run left to be read, a day later: each entry of `dir` (or `log` in it) that nobody writes to.
 * @param {string} dir @param {string} log
 */
async function dropOldLogs(dir, log) {
  const yesterday = Date.now() - 24 * 3_600_000;
  for (const name of await readdir(dir)) {
    const entry = join(dir, name);
    if (/\.(json|lock)$/.test(name) || existsSync(`${entry}.json`)) continue;
    const written = await stat(join(entry, log)).catch(() => undefined);
    if (written && written.mtimeMs < yesterday) await rm(entry, { recursive: true, force: true });
  }
}

/** Makes a folder if it is not there. @param {string} dir */
async function folder(dir) {
  await mkdir(dir, { recursive: true });
  return dir;
}
