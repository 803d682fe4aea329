// The addon as an instance runs it: a copy that its user may read and that stays as it is while the source is edited.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { log } from '../log.mjs';
import { root } from '../prepare.mjs';
import { rigHome } from './home.mjs';

export const addonName = 'ipai_taskboard_api';

/**
 * `hash` names the content; `path` is the folder for `--addons-path`.
 * @typedef {{ hash: string, path: string }} Addon
 */

/** Copies the addon's source as it is now; undefined, and said, when there is none yet. @returns {Promise<Addon | undefined>} */
export async function snapshotAddon() {
  const source = join(root, 'odoo-module', addonName);
  if (!existsSync(join(source, '__manifest__.py'))) {
    log(`there is no addon in odoo-module/${addonName}: Odoo starts without it`);
    return undefined;
  }
  const base = join(await rigHome(), 'addons');
  const staging = join(base, `.copy-${process.pid}-${Date.now()}`);
  await mkdir(staging, { recursive: true });
  await cp(source, join(staging, addonName), {
    recursive: true,
    filter: (path) => !/(^|\/)(__pycache__|\.[^/]*)$|\.pyc$/.test(relative(source, path)),
  });
  // Hashed after copying, so that the name tells the copy even when a file was saved meanwhile.
  const hash = await hashTree(staging);
  const path = join(base, hash);
  await rename(staging, path).catch(async (error) => {
    if (!existsSync(path)) throw error;
    await rm(staging, { recursive: true });
  });
  return { hash, path };
}

/** @param {string} dir */
async function hashTree(dir) {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hash = createHash('sha256');
  for (const file of files.sort()) {
    const content = await readFile(file);
    hash.update(`${relative(dir, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 12);
}
