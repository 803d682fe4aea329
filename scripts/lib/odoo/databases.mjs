// Databases by copying: Odoo takes a minute to install into an empty one, PostgreSQL a second to copy it.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { withLock } from '../cache.mjs';
import { log } from '../log.mjs';
import { run } from '../run.mjs';
import { privateDir } from './home.mjs';
import { install } from './install.mjs';
import { readJson, writePrivateJson } from './json.mjs';
import { psql } from './cluster.mjs';
import { runOdoo, writeConfig } from './process.mjs';

/** @typedef {import('./source.mjs').OdooSource} OdooSource */
/** @typedef {import('./cluster.mjs').Cluster} Cluster */
/** @typedef {import('./addon.mjs').Addon} Addon */

/**
 * Who may sign in to a seeded database. `main` is the developer: manager of projects, with an API key.
 * @typedef {{ login: string, name: string, password: string, token: string, partnerId: number, role: 'manager'|'user'|'portal'|'admin' }} SeededUser
 * @typedef {{ main: SeededUser, users: SeededUser[] }} Seeded
 */

const modules = 'base,project,contacts,hr_timesheet';
const seedScript = fileURLToPath(new URL('seed.py', import.meta.url));

/**
 * Makes `db`, with its files in `dataDir`, as a copy of the template that has the addon and the demo projects.
 * @param {OdooSource} source @param {Cluster} cluster @param {Addon | undefined} addon
 * @param {string} db @param {string} dataDir
 * @returns {Promise<Seeded>}
 */
export async function createSeeded(source, cluster, addon, db, dataDir) {
  const script = await readFile(seedScript, 'utf8');
  // The month: due dates are laid around the day of seeding and would all lie in the past one day.
  const parts = [
    source.stamp,
    modules,
    addon?.hash ?? 'no addon',
    script,
    new Date().toISOString().slice(0, 7),
  ];
  const template = `taskboard_${source.key}_ready_${digest(parts)}`;
  return locked(source, async () => {
    if (!(await exists(cluster, template))) {
      const base = await baseTemplate(source, cluster);
      await build(source, cluster, template, async (name, dir) => {
        log(`Odoo ${source.version}: ${addon ? 'installing the addon and ' : ''}making demo projects`);
        await copy(source, cluster, base, name, join(dir, 'data'));
        const config = await writeConfig(source, dir, { cluster, db: name, addon });
        if (addon) await install(source, cluster, config, name, { logFile: join(source.home, 'build.log') });
        const printed = await runOdoo(source, config, ['shell', '-d', name, '--no-http'], script);
        const file = `${filesOf(source, template)}.json`;
        await writePrivateJson(file, JSON.parse(printed.trim().split('\n').at(-1) ?? ''));
      });
      await dropOldTemplates(source, cluster, 'ready', 3);
    }
    const file = `${filesOf(source, template)}.json`;
    await utimes(filesOf(source, template), new Date(), new Date());
    await copy(source, cluster, template, db, dataDir);
    return readJson(file);
  });
}

/**
 * Makes `db` as a copy of the template with Odoo's modules alone.
 * @param {OdooSource} source @param {Cluster} cluster @param {string} db @param {string} dataDir
 */
export async function createBare(source, cluster, db, dataDir) {
  await locked(source, async () => {
    const base = await baseTemplate(source, cluster);
    await copy(source, cluster, base, db, dataDir);
  });
}

/** @param {OdooSource} source @param {Cluster} cluster */
async function baseTemplate(source, cluster) {
  const template = `taskboard_${source.key}_base_${digest([source.stamp, modules])}`;
  if (await exists(cluster, template)) return template;
  await build(source, cluster, template, async (name, dir) => {
    log(`Odoo ${source.version}: installing ${modules}; this takes a minute or two, once`);
    await admin(cluster, `CREATE DATABASE "${name}" OWNER odoo TEMPLATE template0 LC_COLLATE 'C'`);
    const config = await writeConfig(source, dir, { cluster, db: name });
    await install(source, cluster, config, name, { modules, logFile: join(source.home, 'build.log') });
  });
  await dropOldTemplates(source, cluster, 'base', 1);
  return template;
}

/**
 * Makes a template under another name and renames it at the end: a template that exists is whole.
 * @param {OdooSource} source @param {Cluster} cluster @param {string} template
 * @param {(name: string, dir: string) => Promise<void>} make fills the database `name`, with its files in `dir/data`
 */
async function build(source, cluster, template, make) {
  const name = `taskboard_${source.key}_building`;
  const dir = join(source.home, 'building');
  await dropDatabase(cluster, name);
  await rm(dir, { recursive: true, force: true });
  await privateDir(dir, source.user);
  await make(name, dir);
  const files = filesOf(source, template);
  await rm(files, { recursive: true, force: true });
  await mkdir(dirname(files), { recursive: true, mode: 0o700 });
  const made = join(dir, 'data', 'filestore', name);
  await (existsSync(made) ? rename(made, files) : mkdir(files));
  await rm(dir, { recursive: true });
  await admin(cluster, `ALTER DATABASE "${name}" ALLOW_CONNECTIONS false`);
  await admin(cluster, `ALTER DATABASE "${name}" RENAME TO "${template}"`);
}

/**
 * @param {OdooSource} source @param {Cluster} cluster @param {string} template
 * @param {string} db @param {string} dataDir
 */
async function copy(source, cluster, template, db, dataDir) {
  await admin(cluster, `CREATE DATABASE "${db}" OWNER odoo TEMPLATE "${template}"`);
  await privateDir(dataDir, source.user);
  const filestore = join(await privateDir(join(dataDir, 'filestore'), source.user), db);
  await rm(filestore, { recursive: true, force: true });
  await run('cp', ['-a', '-T', '--', filesOf(source, template), filestore]);
}

/** @param {OdooSource} source @param {string} template */
function filesOf(source, template) {
  return join(source.home, 'templates', template);
}

/**
 * Drops the templates of a kind that were not used lately.
 * @param {OdooSource} source @param {Cluster} cluster @param {'base'|'ready'} kind @param {number} kept
 */
async function dropOldTemplates(source, cluster, kind, kept) {
  const prefix = `taskboard_${source.key}_${kind}_`;
  const sql = `SELECT datname FROM pg_database WHERE starts_with(datname, '${prefix}')`;
  const names = (await admin(cluster, sql)).trim().split('\n');
  const used = await Promise.all(
    names.map(async (name) => ({
      name,
      at: (await stat(filesOf(source, name)).catch(() => ({ mtimeMs: 0 }))).mtimeMs,
    })),
  );
  for (const { name } of used.sort((a, b) => b.at - a.at).slice(kept)) {
    await dropDatabase(cluster, name);
    await rm(filesOf(source, name), { recursive: true, force: true });
    await rm(`${filesOf(source, name)}.json`, { force: true });
  }
}

/** Drops a database, whoever is connected. @param {Cluster} cluster @param {string} db */
export async function dropDatabase(cluster, db) {
  await admin(cluster, `DROP DATABASE IF EXISTS "${db}" WITH (FORCE)`);
}

/** @param {Cluster} cluster @param {string} db */
export async function exists(cluster, db) {
  return (await admin(cluster, `SELECT 1 FROM pg_database WHERE datname = '${db}'`)).trim() === '1';
}

/** @param {Cluster} cluster @param {string} sql */
export function admin(cluster, sql) {
  return psql(cluster, 'postgres', sql, { role: 'admin' });
}

/** @param {string[]} parts */
function digest(parts) {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 10);
}

/** @template T @param {OdooSource} source @param {() => Promise<T>} work */
function locked(source, work) {
  return withLock(join(source.home, 'databases.lock'), work);
}
