// All Odoo instances share one PostgreSQL: it is up only while a living process claims it.
import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureApt } from '../apt.mjs';
import { withLock } from '../cache.mjs';
import { startCluster, stopCluster } from './cluster.mjs';
import { rigHome } from './home.mjs';
import { readJson, writePrivateJson } from './json.mjs';
import { identify, isAlive } from './processId.mjs';

/** @typedef {import('./processId.mjs').ProcessId} ProcessId */

/**
 * `handOver` leaves the claim to a process that stays, under a name that replaces its former one; `release` after it
 * does nothing.
 * @typedef {{ cluster: import('./cluster.mjs').Cluster, release: () => Promise<void>,
 *   handOver: (name: string, to: ProcessId) => Promise<void> }} Claim
 */

/** Starts PostgreSQL when it is down, and keeps it up until `release`. @returns {Promise<Claim>} */
export async function claimCluster() {
  await ensureApt('postgres', ['postgresql', 'postgresql-client']);
  const own = `${process.pid}-${randomBytes(4).toString('hex')}`;
  const cluster = await locked(async (dir) => {
    await writePrivateJson(join(dir, `${own}.json`), identify(process.pid));
    return startCluster();
  });
  return {
    cluster,
    release: () => dropClaim(own),
    handOver: (name, to) =>
      locked(async (dir) => {
        await writePrivateJson(join(dir, `${name}.json`), to);
        await rm(join(dir, `${own}.json`), { force: true });
      }),
  };
}

/** Takes back a claim, such as one that was handed over; PostgreSQL stops when it was the last. @param {string} name */
export async function dropClaim(name) {
  await locked(async (dir) => {
    await rm(join(dir, `${name}.json`), { force: true });
    for (const file of await readdir(dir)) {
      if (isAlive(await readJson(join(dir, file)))) return;
      await rm(join(dir, file), { force: true });
    }
    await stopCluster();
  });
}

/** @template T @param {(dir: string) => Promise<T>} work */
async function locked(work) {
  const home = await rigHome();
  const dir = join(home, 'claims');
  await mkdir(dir, { recursive: true });
  return withLock(join(home, 'claims.lock'), () => work(dir));
}
