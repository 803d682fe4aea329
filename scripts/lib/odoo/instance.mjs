// One Odoo by name: its database, its ports, its server process, and what is remembered of it between scripts.
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { withLock } from '../cache.mjs';
import { addonName } from './addon.mjs';
import { psql } from './cluster.mjs';
import { createSeeded, dropDatabase, exists } from './databases.mjs';
import { privateDir, rigHome } from './home.mjs';
import { install } from './install.mjs';
import { readJson, writePrivateJson } from './json.mjs';
import { dropClaim } from './claims.mjs';
import { spawnOdoo, waitForHealth, writeConfig } from './process.mjs';
import { freePort, isAlive, stopGroup } from './processId.mjs';
import { odooKey } from './source.mjs';

/** @typedef {import('./source.mjs').OdooSource} OdooSource */
/** @typedef {import('./cluster.mjs').Cluster} Cluster */
/** @typedef {import('./addon.mjs').Addon} Addon */
/** @typedef {import('./processId.mjs').ProcessId} ProcessId */

/**
 * What is kept of an instance, in a file that only the user of the scripts may read. `owner` is the process that will
 * stop it; without one it stays until `down`. `addonHash` is what the database has installed, `''` for nothing.
 * @typedef {{ name: string, stamp: string, version: string, db: string, port: number, livePort: number,
 *   addonHash: string, seeded: import('./databases.mjs').Seeded, server?: ProcessId, owner?: ProcessId }} Instance
 */

/** Checks a name: it becomes part of a database's name and of paths. @param {string} name */
export function checkName(name) {
  if (!/^[a-z0-9][a-z0-9_]{0,23}$/.test(name))
    throw new Error(`"${name}" cannot name an Odoo instance: use up to 24 of a-z, 0-9 and _.`);
}

/** The folder of an instance: settings, log, attachments. @param {string} name */
export async function instanceDir(name) {
  return join(await rigHome(), await odooKey(), 'run', name);
}

/** @param {string} name @returns {Promise<Instance | undefined>} */
export async function readInstance(name) {
  return readJson(`${await instanceDir(name)}.json`);
}

/** @param {Instance} instance */
async function writeInstance(instance) {
  await writePrivateJson(`${await instanceDir(instance.name)}.json`, instance);
}

/** Lets one script at a time work on the instance. @template T @param {string} name @param {() => Promise<T>} work */
export async function lockInstance(name, work) {
  checkName(name);
  const dir = await instanceDir(name);
  await mkdir(join(dir, '..'), { recursive: true, mode: 0o755 });
  return withLock(`${dir}.lock`, work);
}

/**
 * Makes a new instance with a fresh copy of the seeded database; a former one of the name is removed.
 * @param {OdooSource} source @param {Cluster} cluster @param {string} name @param {Addon | undefined} addon
 * @param {ProcessId} [owner] the process that it ends with
 * @returns {Promise<Instance>} its server is not started yet
 */
export async function createInstance(source, cluster, name, addon, owner) {
  const former = await readInstance(name);
  if (former) await removeInstance(cluster, former);
  const dir = await privateDir(await instanceDir(name), source.user);
  const db = `taskboard_${source.key}_${name}`;
  await dropDatabase(cluster, db);
  const seeded = await createSeeded(source, cluster, addon, db, join(dir, 'data'));
  const { stamp, version } = source;
  const addonHash = addon?.hash ?? '';
  const instance = { name, stamp, version, db, port: 0, livePort: 0, addonHash, seeded, owner };
  await writeInstance(instance);
  return instance;
}

/** Whether the instance's database is still there and was made by this Odoo. @param {OdooSource} source @param {Cluster} cluster @param {Instance} instance */
export async function isUsable(source, cluster, instance) {
  return instance.stamp === source.stamp && (await exists(cluster, instance.db));
}

/**
 * Brings the addon in the instance's database to `addon`, with the server down.
 * @param {OdooSource} source @param {Cluster} cluster @param {Instance} instance @param {Addon} addon
 */
export async function updateAddon(source, cluster, instance, addon) {
  const dir = await instanceDir(instance.name);
  const config = await writeConfig(source, dir, { cluster, db: instance.db, addon });
  const flag = instance.addonHash === '' ? '-i' : '-u';
  await install(source, cluster, config, instance.db, { flag, logFile: logFile(dir) });
  instance.addonHash = addon.hash;
  await writeInstance(instance);
}

/**
 * Starts the server, on the same ports as before where they are free, and waits until it answers.
 * @param {OdooSource} source @param {Cluster} cluster @param {Instance} instance @param {Addon | undefined} addon
 * @param {{ workers?: number, extraConfig?: Record<string, string | number | boolean> }} [options]
 */
export async function startServer(source, cluster, instance, addon, { workers = 2, extraConfig = {} } = {}) {
  const dir = await instanceDir(instance.name);
  instance.port = await freePort(instance.port);
  instance.livePort = await freePort(instance.livePort);
  const settings = {
    http_port: instance.port,
    // With workers, websockets have a process and a port of their own.
    gevent_port: instance.livePort,
    workers,
    server_wide_modules: [...source.serverWide, ...(addon ? [addonName] : [])].join(','),
    ...extraConfig,
  };
  // The address in links that Odoo writes, such as those in mails.
  const url = `UPDATE ir_config_parameter SET value = '${urlOf(instance)}' WHERE key = 'web.base.url'`;
  await psql(cluster, instance.db, url);
  const config = await writeConfig(source, dir, { cluster, db: instance.db, addon }, settings);
  const server = await spawnOdoo(source, config, logFile(dir));
  instance.server = server.id;
  await writeInstance(instance);
  await waitForHealth(server, `${urlOf(instance)}/web/health`, logFile(dir));
  server.detach();
}

/** @param {Instance} instance @param {{ crash?: boolean }} [how] `crash`: killed, without a chance to finish */
export async function stopServer(instance, { crash = false } = {}) {
  if (instance.server) await stopGroup(instance.server, { crash });
  delete instance.server;
  await writeInstance(instance);
}

/** Stops the server and removes database and files; the log stays. @param {Cluster} cluster @param {Instance} instance */
export async function removeInstance(cluster, instance) {
  const dir = await instanceDir(instance.name);
  await stopServer(instance);
  await dropDatabase(cluster, instance.db);
  await rm(join(dir, 'data'), { recursive: true, force: true });
  await rm(`${dir}.json`, { force: true });
}

/** Whether its server runs. @param {Instance | undefined} instance */
export function isUp(instance) {
  return isAlive(instance?.server);
}

/** @param {Instance} instance */
export function urlOf(instance) {
  return `http://127.0.0.1:${instance.port}`;
}

/** @param {string} dir of the instance */
export function logFile(dir) {
  return join(dir, 'odoo.log');
}

/** The name under which an instance that stays claims PostgreSQL. @param {string} name */
export async function claimName(name) {
  return `instance-${await odooKey()}-${name}`;
}

/** Takes back the claim of an instance that stayed. @param {string} name */
export async function releaseClaim(name) {
  await dropClaim(await claimName(name));
}
