// code-server from npm: a whole VS Code that runs without a display and without a download from elsewhere.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';
import { ensureApt } from '../apt.mjs';
import { cached } from '../cache.mjs';
import { log } from '../log.mjs';
import { root } from '../prepare.mjs';
import { run } from '../run.mjs';
import { Unavailable } from '../unavailable.mjs';
import { ensureNode } from './node.mjs';
import { allowDevelopment, shareServiceWorker } from './patches.mjs';

/** @typedef {'floor' | 'newest'} Which the oldest VS Code that we support, or a pinned new one; see versions.json */
/** @typedef {{ dir: string, entry: string, node: string, version: string }} CodeServer */

// Its native modules are compiled here, as its own postinstall refuses to run as root and wants the internet.
const compilers = ['build-essential', 'python3', 'ripgrep'];
const nativeModules = {
  floor: ['@vscode/spdlog', 'native-watchdog'],
  newest: ['@vscode/spdlog', '@vscode/native-watchdog'],
};

// Goes up when what `install` does changes.
const recipes = { floor: 2, newest: 2 };

/** The one that is tested: `TASKBOARD_VSCODE=newest`, else the floor. @returns {Which} */
export function wantedVersion() {
  const wanted = process.env.TASKBOARD_VSCODE ?? 'floor';
  if (wanted === 'floor' || wanted === 'newest') return wanted;
  throw new Error(`TASKBOARD_VSCODE is "floor" or "newest", not "${wanted}".`);
}

/**
 * Installs code-server into the cache (some minutes, once) and says where it is.
 * Throws `Unavailable('vscode')` when this machine can't have it.
 * @param {Which} [which]
 * @returns {Promise<CodeServer>}
 */
export async function ensureCodeServer(which = wantedVersion()) {
  if (process.platform === 'win32')
    throw new Unavailable('vscode', 'code-server does not run on Windows; use a downloaded editor or WSL.');
  const versions = JSON.parse(await readFile(join(root, 'versions.json'), 'utf8'));
  /** @type {{ version: string, node: string }} */
  const pin = versions.codeServer[which];
  const node = await ensureNode(pin.node);
  const name = `code-server-${which}`;
  const stamp = `code-server@${pin.version} node@${pin.node} ${process.platform}-${process.arch} recipe ${recipes[which]}`;
  const dir = await cached(name, stamp, async (dir) => {
    const started = Date.now();
    await ensureApt('vscode', compilers);
    await install(dir, pin.version, which, node);
    log(`code-server ${pin.version} installed in ${((Date.now() - started) / 60_000).toFixed(1)} minutes`);
  });
  const home = join(dir, 'node_modules', 'code-server');
  return { dir, entry: join(home, 'out', 'node', 'entry.js'), node: node.path, version: pin.version };
}

/**
 * @param {string} dir @param {string} version @param {Which} which
 * @param {import('./node.mjs').NodeProgram} node
 */
async function install(dir, version, which, node) {
  const env = {
    ...process.env,
    PATH: `${dirname(node.path)}${delimiter}${process.env.PATH}`,
    ...(node.headers ? { npm_config_nodedir: node.headers } : {}),
  };
  /** @param {string} cwd @param {string[]} args */
  const npm = (cwd, ...args) => run('npm', ['--no-audit', '--no-fund', ...args], { cwd, env });

  await writeFile(join(dir, 'package.json'), '{"private":true}\n');
  await npm(dir, 'install', '--ignore-scripts', `code-server@${version}`);
  const home = join(dir, 'node_modules', 'code-server');
  const vscode = join(home, 'lib', 'vscode');
  await Promise.all([
    npm(vscode, 'install', '--omit=dev', '--ignore-scripts'),
    npm(join(vscode, 'extensions'), 'install', '--omit=dev', '--ignore-scripts'),
    npm(existsSync(join(home, 'node_modules', 'argon2')) ? home : dir, 'rebuild', 'argon2'),
  ]);
  // Two at a time is what a small machine can do. For node-pty not `rebuild`: its postinstall asks npx for another
  // node-gyp, which npm may be set up to refuse.
  await Promise.all([
    npm(vscode, 'rebuild', ...nativeModules[which]),
    npm(vscode, 'explore', 'node-pty', '--', 'node-gyp', 'rebuild'),
  ]);
  await (which === 'floor' ? shareServiceWorker(vscode) : allowDevelopment(vscode));

  const ripgrep = join(vscode, 'node_modules', '@vscode', 'ripgrep', 'bin');
  await mkdir(ripgrep, { recursive: true });
  await rm(join(ripgrep, 'rg'), { force: true });
  await symlink((await run('which', ['rg'])).trim(), join(ripgrep, 'rg'));
  await symlink('node_modules', join(vscode, 'node_modules.asar')).catch((error) => {
    if (error.code !== 'EEXIST') throw error;
  });
}
