import { cp, mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../scripts/lib/prepare.mjs';

export const OURS = 'taskboard.taskboard-odoo';

/** Alike, so that one slow moment does not count. The first pays for what a window's first activation costs whoever it is. */
export const TRIVIAL = ['first', 'before1', 'before2', 'after1', 'after2'].map((name) => `bench.${name}`);

/** What a run activates: ours in the middle. */
export const ORDER = [...TRIVIAL.slice(0, 3), OURS, ...TRIVIAL.slice(3)];

const REGISTERS_ONE = `const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(vscode.commands.registerCommand('NAME.hello', () => {}));
};`;

/** Once the window is calm: activates the others, each timed, then uses ours for the first time. */
const STOPWATCH = `const vscode = require('vscode');
const { writeFileSync, renameSync } = require('node:fs');
const time = async (work) => {
  const begin = performance.now();
  await work();
  return performance.now() - begin;
};
exports.activate = async () => {
  await new Promise((resolve) => setTimeout(resolve, 2000));
  const result = {};
  for (const id of JSON.parse(process.env.STOPWATCH_ORDER))
    result[id] = await time(() => vscode.extensions.getExtension(id).activate());
  result.firstUse = await time(() => vscode.commands.executeCommand('taskboard.refresh'));
  writeFileSync(process.env.STOPWATCH_FILE + '.part', JSON.stringify(result));
  renameSync(process.env.STOPWATCH_FILE + '.part', process.env.STOPWATCH_FILE);
};`;

/** Fills an extensions folder with ours as it ships, two trivial ones and the stopwatch. */
export async function installAll(folder: string): Promise<void> {
  for (const id of TRIVIAL) {
    const name = id.slice('bench.'.length);
    await write(folder, name, REGISTERS_ONE.replace('NAME', name), []);
  }
  await write(folder, 'stopwatch', STOPWATCH, ['onStartupFinished']);
  const ours = join(folder, `${OURS}-0.1.0`);
  await mkdir(ours, { recursive: true });
  for (const name of ['package.nls.json', 'dist', 'l10n', 'media'])
    await cp(join(root, name), join(ours, name), { recursive: true });
  // It waits for the stopwatch instead of the start; what is activated is the same.
  const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as object;
  await writeFile(join(ours, 'package.json'), JSON.stringify({ ...manifest, activationEvents: [] }));
}

async function write(folder: string, name: string, main: string, activationEvents: string[]): Promise<void> {
  const own = join(folder, `bench.${name}-0.0.1`);
  const manifest = {
    ...{ name, publisher: 'bench', version: '0.0.1', main: './main.js', engines: { vscode: '^1.100.0' } },
    ...{ activationEvents, contributes: { commands: [{ command: `${name}.hello`, title: 'Hello' }] } },
  };
  await mkdir(own, { recursive: true });
  await writeFile(join(own, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(own, 'main.js'), main);
}
