// What is looked at without running the program: types, lint, format, and files that are generated.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from './prepare.mjs';

/** @typedef {{ name: string, ok: boolean, output: string }} CheckResult */

const tsc = 'node_modules/typescript/bin/tsc';

/** @type {[name: string, script: string, ...args: string[]][]} */
const checks = [
  ['types of src', tsc, '-p', 'src'],
  ['types of webview', tsc, '-p', 'webview'],
  ['types around it', tsc, '-p', '.'],
  ['lint', 'node_modules/eslint/bin/eslint.js', '.'],
  ['rooms', 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs', 'src', 'webview'],
  ['what nobody calls', 'node_modules/knip/bin/knip.js', '--treat-config-hints-as-errors'],
  ['format', 'node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.'],
  [
    'svelte',
    'node_modules/svelte-check/bin/svelte-check',
    '--tsconfig',
    'webview/tsconfig.json',
    '--output',
    'human',
    '--fail-on-warnings',
  ],
  ['generated schemas', 'scripts/schemas.mjs', '--check'],
  ["the addon's page", 'scripts/addon.mjs', '--check'],
  ["the addon's lint", 'scripts/lintAddon.mjs'],
];

/**
 * Runs them, two at a time; a failed one does not keep the others from running.
 * @param {(result: CheckResult) => void} report as each ends
 * @returns {Promise<CheckResult[]>}
 */
export async function runChecks(report) {
  const waiting = [...checks];
  /** @type {CheckResult[]} */
  const results = [];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, script, ...args] = next;
      const result = { name, ...(await runScript(script, args)) };
      results.push(result);
      report(result);
    }
  };
  await Promise.all([worker(), worker()]);
  return results;
}

/** @param {string} script @param {string[]} args @returns {Promise<{ ok: boolean, output: string }>} */
function runScript(script, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(root, script), ...args], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}
