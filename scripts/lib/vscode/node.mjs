// A Node of a given major version: the one that runs this script, or one from npm.
import { existsSync, realpathSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { cached } from '../cache.mjs';
import { run } from '../run.mjs';

/**
 * @typedef {{ path: string, headers: string | undefined }} NodeProgram
 *   the executable, and the folder whose `include/node` holds its headers (for native modules), when it has one
 */

/**
 * @param {string} major such as `20`
 * @returns {Promise<NodeProgram>}
 */
export async function ensureNode(major) {
  if (process.versions.node.split('.')[0] === major) return withHeaders(process.execPath);
  const name = `node-${process.platform}-${process.arch}`;
  const dir = await cached(`node-${major}`, `${name}@${major}`, async (dir) => {
    await writeFile(join(dir, 'package.json'), '{"private":true}\n');
    await run('npm', ['install', '--ignore-scripts', '--no-audit', '--no-fund', `${name}@${major}`], {
      cwd: dir,
    });
  });
  return withHeaders(join(dir, 'node_modules', name, 'bin', 'node'));
}

/** @param {string} path */
function withHeaders(path) {
  const prefix = dirname(dirname(realpathSync(path)));
  return { path, headers: existsSync(join(prefix, 'include', 'node', 'node.h')) ? prefix : undefined };
}
