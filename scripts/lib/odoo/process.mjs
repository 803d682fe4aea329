// Odoo as a program: its settings file, a run to the end, and a server that stays.
import { spawn } from 'node:child_process';
import { chmod, open, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { run } from '../run.mjs';
import { give } from './home.mjs';
import { identify, stopGroup } from './processId.mjs';

/** @typedef {import('./source.mjs').OdooSource} OdooSource */
/** @typedef {import('./processId.mjs').ProcessId} ProcessId */

/**
 * Writes `dir/odoo.conf`, which only Odoo's user may read, and gives the command line that goes with it.
 * @param {OdooSource} source
 * @param {string} dir
 * @param {{ cluster: import('./cluster.mjs').Cluster, db: string, addon?: import('./addon.mjs').Addon }} on
 * @param {Record<string, string | number | boolean>} [extra] settings by Odoo's own names; they win
 */
export async function writeConfig(source, dir, { cluster, db, addon }, extra = {}) {
  const settings = {
    db_host: '127.0.0.1',
    db_port: cluster.port,
    db_user: 'odoo',
    db_password: cluster.password,
    db_name: db,
    list_db: false,
    data_dir: join(dir, 'data'),
    addons_path: [...source.addonsPath, ...(addon ? [addon.path] : [])].join(','),
    http_interface: '127.0.0.1',
    // Nothing stands before it; whoever puts a proxy there says so.
    proxy_mode: false,
    // No mail leaves the machine, whatever listens on port 25.
    smtp_server: '127.0.0.1',
    smtp_port: 1,
    max_cron_threads: 1,
    ...extra,
  };
  const text = (/** @type {string|number|boolean} */ value) =>
    String(value).replace(/^(true|false)$/, (word) => word[0]?.toUpperCase() + word.slice(1));
  const lines = Object.entries(settings).map(([key, value]) => `${key} = ${text(value)}\n`);
  const file = join(dir, 'odoo.conf');
  await writeFile(file, `[options]\n${lines.join('')}`, { mode: 0o600 });
  await chmod(file, 0o600);
  await give(file, source.user);
  return file;
}

/**
 * Runs Odoo to its end and gives its standard output; its log is part of the error when it fails.
 * @param {OdooSource} source
 * @param {string} config
 * @param {string[]} args the first may be a subcommand
 * @param {string} [input]
 * @param {Record<string, string>} [env] more of it
 */
export async function runOdoo(source, config, args, input = '', env = {}) {
  const [command = '', ...before] = source.command;
  const subcommand = args[0]?.startsWith('-') ? [] : args.slice(0, 1);
  const rest = args.slice(subcommand.length);
  const options = { cwd: '/', env: { ...source.env, ...env }, ...source.user, input };
  return run(command, [...before, ...subcommand, '-c', config, ...rest], options);
}

/**
 * Starts Odoo in a group of its own, with its log in `logFile`. This process lives as long, until `detach`.
 * @param {OdooSource} source
 * @param {string} config
 * @param {string} logFile emptied first
 * @param {string[]} [args]
 */
export async function spawnOdoo(source, config, logFile, args = []) {
  const [command = '', ...before] = source.command;
  const log = await open(logFile, 'w');
  const child = spawn(command, [...before, '-c', config, ...args], {
    cwd: '/',
    env: source.env,
    ...source.user,
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
  });
  /** @type {Promise<number>} */
  const ended = new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code) => resolve(code ?? -1));
  });
  ended.catch(() => {});
  await log.close();
  const id = child.pid === undefined ? undefined : identify(child.pid);
  if (id === undefined) throw new Error(`Odoo ended at once:\n${await logTail(logFile)}`);
  return { id, ended, detach: () => child.unref() };
}

/**
 * Waits until `url` answers 200; fails with the end of the log when the server ends first or takes over two minutes.
 * @param {{ id: ProcessId, ended: Promise<number> }} server
 * @param {string} url
 * @param {string} logFile
 */
export async function waitForHealth(server, url, logFile) {
  let over = false;
  const ended = server.ended.then((code) => {
    over = true;
    return code;
  });
  const answers = (async () => {
    for (const end = Date.now() + 120_000; Date.now() < end && !over; await delay(200)) {
      const answer = await fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(30_000) }).catch(
        () => undefined,
      );
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.status === 200) return 'up';
    }
    return 'late';
  })();
  const outcome = await Promise.race([answers, ended]);
  if (outcome === 'up') return;
  await stopGroup(server.id);
  const what = outcome === 'late' ? 'did not answer within two minutes' : `ended with ${outcome}`;
  throw new Error(`Odoo ${what}. The end of its log:\n${await logTail(logFile)}`);
}

/** The last lines of a log, some 4000 characters. @param {string} file */
export async function logTail(file) {
  return (await readFile(file, 'utf8').catch(() => '')).slice(-4000);
}
