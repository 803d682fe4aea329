// Uses nothing but Node's own modules: it runs before `npm ci` has.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { log } from './log.mjs';
import { run } from './run.mjs';

/** The checkout's top folder. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** Runs `npm ci` when `node_modules` is missing or made from another lock file. */
export async function prepare() {
  const [major = 0] = process.versions.node.split('.').map(Number);
  if (major < 20) throw new Error(`Node 20 or newer is needed; this is ${process.version}.`);
  const lock = createHash('sha256')
    .update(await readFile(join(root, 'package-lock.json')))
    .digest('hex');
  const stamp = join(root, 'node_modules', '.taskboard-lock');
  if (existsSync(stamp) && (await readFile(stamp, 'utf8')) === lock) return;
  log('npm ci');
  await run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: root, shell: process.platform === 'win32' });
  await writeFile(stamp, lock);
}
