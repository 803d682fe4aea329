// A real Odoo for tests: each instance has a name, a fresh database with demo projects, and ends with the test.
import { identify, killGroup } from './processId.mjs';
import { snapshotAddon } from './addon.mjs';
import { admin } from './databases.mjs';
import * as instances from './instance.mjs';
import { reapOrphans } from './orphans.mjs';
import { claimCluster } from './claims.mjs';
import { query } from './query.mjs';
import { seedTasks } from './seedTasks.mjs';
import { findOdoo } from './source.mjs';

export { runOdooTests } from './addonTests.mjs';

/**
 * A running Odoo. `login`, `password` and `token` (an API key) are those of the developer, who manages projects; `users`
 * holds everybody. `liveUrl` is where websockets go when there are workers.
 * @typedef {object} RunningOdoo
 * @property {string} url
 * @property {string} liveUrl
 * @property {string} db
 * @property {string} login
 * @property {string} password
 * @property {string} token
 * @property {string} odooVersion such as `19.0`
 * @property {import('./databases.mjs').SeededUser[]} users
 * @property {string} logFile
 * @property {<T = Record<string, unknown>>(sql: string, params?: import('./query.mjs').Param[]) => Promise<T[]>} query one statement that gives rows
 *   (`$1` … are the params); each row an object. `UPDATE` and the like need `RETURNING`.
 * @property {(wanted: { project: string, tasks: number }) => Promise<{ projectId: number, tasks: number }>} seedTasks makes
 *   the project when there is none, and fills it up to so many tasks
 * @property {() => { server: number, database: number }} processes the pids of Odoo and of PostgreSQL, each with all its
 *   children
 * @property {(how?: { crash?: boolean }) => Promise<void>} stopServer Odoo goes, its database stays
 * @property {() => Promise<void>} startServer Odoo comes back, at the same address
 * @property {() => Promise<void>} closeDatabase PostgreSQL ends all connections to this database and refuses new ones
 * @property {() => Promise<void>} openDatabase
 * @property {() => Promise<void>} stop ends it and removes the database; the log stays
 */

/**
 * Starts an instance. It is this process's own: it goes when the process ends.
 * @param {{ name?: string, workers?: number, extraConfig?: Record<string, string | number | boolean> }} [options]
 *   `name`: one at a time on this machine may have it (a–z, 0–9, _); `extraConfig`: Odoo's settings by their own names
 * @returns {Promise<RunningOdoo>}
 * @throws {import('../unavailable.mjs').Unavailable} where Odoo can't be had
 */
export async function startOdoo({ name = `test_${process.pid}`, ...options } = {}) {
  const source = await findOdoo();
  const addon = await snapshotAddon();
  const { cluster, release } = await claimCluster();
  try {
    await reapOrphans(source, cluster);
    const instance = await instances.lockInstance(name, async () => {
      if (instances.isUp(await instances.readInstance(name)))
        throw new Error(`An Odoo instance "${name}" is running already: give this one another name.`);
      const created = await instances.createInstance(source, cluster, name, addon, identify(process.pid));
      await instances.startServer(source, cluster, created, addon, options);
      return created;
    });
    const killAtExit = () => killGroup(instance.server);
    process.once('exit', killAtExit);
    const { login, password, token } = instance.seeded.main;
    return {
      url: instances.urlOf(instance),
      liveUrl: `http://127.0.0.1:${instance.livePort}`,
      db: instance.db,
      login,
      password,
      token,
      odooVersion: instance.version,
      users: instance.seeded.users,
      logFile: instances.logFile(await instances.instanceDir(name)),
      query: (sql, params) => query(cluster, instance.db, sql, params),
      seedTasks: (wanted) => seedTasks(source, instance, wanted),
      processes: () => ({ server: instance.server?.pid ?? 0, database: cluster.server?.pid ?? 0 }),
      stopServer: (how) => instances.stopServer(instance, how),
      startServer: () => instances.startServer(source, cluster, instance, addon, options),
      closeDatabase: () => setOpen(cluster, instance.db, false),
      openDatabase: () => setOpen(cluster, instance.db, true),
      stop: async () => {
        await instances.lockInstance(name, () => instances.removeInstance(cluster, instance));
        process.off('exit', killAtExit);
        await release();
      },
    };
  } catch (error) {
    await release();
    throw error;
  }
}

/** @param {import('./cluster.mjs').Cluster} cluster @param {string} db @param {boolean} open */
async function setOpen(cluster, db, open) {
  await admin(cluster, `ALTER DATABASE "${db}" ALLOW_CONNECTIONS ${open}`);
  if (!open)
    await admin(cluster, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${db}'`);
}
