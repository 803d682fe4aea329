// A running code-server: VS Code's workbench at an address of this machine.
import { spawn } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { endTree, killTree } from '../processes.mjs';
import { run } from '../run.mjs';
import { ensureCodeServer } from './install.mjs';

/**
 * @typedef {object} CodeServerOptions
 * @property {string} folder the workspace that it opens
 * @property {string} userDataDir settings and state; a short path, as a socket lives in it
 * @property {string} extensionsDir
 * @property {number} [port] a free one by default
 * @property {Record<string, string>} [env] for the server and the extension host
 */

/**
 * @typedef {object} RunningCodeServer
 * @property {string} url such as `http://127.0.0.1:41234`
 * @property {number} pid
 * @property {() => string} log what it printed so far
 * @property {Promise<void>} ended when the process is gone, for whatever reason
 * @property {() => Promise<void>} stop ends it and everything that it started
 */

const quiet = {
  VSCODE_CLI: '1', // take the environment as it is, not what a login shell makes of it
  EXTENSIONS_GALLERY: '{}', // no gallery: nothing is looked up or updated
};

/** @type {Set<number>} */
const running = new Set();
process.on('exit', () => running.forEach(killTree));

/**
 * Starts code-server (installs it first when needed) and resolves once it answers.
 * Throws `Unavailable('vscode')`, or an error with its output when it ends early.
 * @param {CodeServerOptions} options
 * @returns {Promise<RunningCodeServer>}
 */
export async function startCodeServer({ folder, userDataDir, extensionsDir, port = 0, env = {} }) {
  const { entry, node } = await ensureCodeServer();
  await Promise.all([userDataDir, extensionsDir].map((dir) => mkdir(dir, { recursive: true })));
  const args = [
    entry,
    ...directories({ userDataDir, extensionsDir }),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${port}`],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    folder,
  ];

  const child = spawn(node, args, {
    env: { ...process.env, ...quiet, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pid = child.pid;
  if (pid === undefined) throw new Error(`code-server could not be started with ${node}.`);
  running.add(pid);
  const ended = /** @type {Promise<void>} */ (
    new Promise((resolve) =>
      child.once('exit', () => {
        running.delete(pid);
        resolve();
      }),
    )
  );
  let output = '';
  const url = await new Promise((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output += chunk;
        const address = /HTTP server listening on (http:\/\/[0-9.]+:[0-9]+)/.exec(output)?.[1];
        if (address) resolve(address);
      });
    void ended.then(() =>
      reject(new Error(`code-server ended before it was ready:\n${output.slice(-4000)}`)),
    );
  });
  return {
    url,
    pid,
    log: () => output,
    ended,
    stop: async () => {
      await endTree(pid);
      await ended;
    },
  };
}

/**
 * The address of the workbench with an extension under development, and optionally its tests.
 * @param {RunningCodeServer} server
 * @param {{ folder: string, extensionPath?: string, testsPath?: string }} what absolute paths; `testsPath` is a
 *   CommonJS module that exports `run()`
 */
export function workbenchUrl(server, { folder, extensionPath, testsPath }) {
  const { host } = new URL(server.url);
  const payload = Object.entries({ extensionDevelopmentPath: extensionPath, extensionTestsPath: testsPath })
    .filter(([, path]) => path !== undefined)
    .map(([name, path]) => [name, `vscode-remote://${host}${resolve(String(path))}`]);
  const query = new URLSearchParams({ folder });
  if (payload.length > 0) query.set('payload', JSON.stringify(payload));
  return `${server.url}/?${query.toString()}`;
}

/**
 * Installs a packed extension into an extensions folder.
 * @param {{ vsix: string, userDataDir: string, extensionsDir: string }} options
 */
export async function installVsix({ vsix, userDataDir, extensionsDir }) {
  const { entry, node } = await ensureCodeServer();
  await run(node, [entry, ...directories({ userDataDir, extensionsDir }), '--install-extension', vsix]);
}

/** @param {{ userDataDir: string, extensionsDir: string }} folders */
function directories({ userDataDir, extensionsDir }) {
  const config = join(userDataDir, 'code-server.yaml'); // else it writes one into the home folder
  return ['--config', config, '--user-data-dir', userDataDir, '--extensions-dir', extensionsDir];
}
