// Where PostgreSQL and Odoo keep their files, and as whom they run.
import { createHash } from 'node:crypto';
import { chmod, chown, mkdir, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { cacheDir } from '../cache.mjs';
import { run } from '../run.mjs';

/**
 * The folder of the rig. It is below the cache folder, except when the scripts run as root and the cache is
 * inside a folder that only root may enter (such as root's own home): PostgreSQL and Odoo run as other users and
 * could not reach it, so it is then below `/var/cache`.
 */
export async function rigHome() {
  const cache = resolve(cacheDir());
  const closed = isRoot() && !(await isOpen(cache));
  const mark = createHash('sha256').update(cache).digest('hex').slice(0, 8);
  const home = join(closed ? `/var/cache/taskboard-${mark}` : cache, 'odoo-rig');
  await mkdir(home, { recursive: true, mode: 0o755 });
  return home;
}

/** Whether every user may enter `dir`: each folder above it that exists, and itself. */
async function isOpen(/** @type {string} */ dir) {
  for (let at = dir; ; at = dirname(at)) {
    const mode = await stat(at).then(
      (found) => found.mode,
      () => 0o755,
    );
    if ((mode & 0o001) === 0) return false;
    if (at === dirname(at)) return true;
  }
}

function isRoot() {
  return process.getuid?.() === 0;
}

/** @typedef {{ uid?: number, gid?: number }} Account empty = the user who runs the scripts */

/**
 * The account that a service runs as: when root runs the scripts, `postgres` or `nobody`; otherwise the same user.
 * @param {'postgres'|'nobody'} name
 * @returns {Promise<Account>}
 */
export async function account(name) {
  if (!isRoot()) return {};
  const [uid, gid] = await Promise.all([run('id', ['-u', name]), run('id', ['-g', name])]);
  return { uid: Number(uid), gid: Number(gid) };
}

/** Makes a folder that only `owner` may enter. @param {string} dir @param {Account} owner */
export async function privateDir(dir, owner) {
  await mkdir(dir, { recursive: true });
  await give(dir, owner);
  await chmod(dir, 0o700);
  return dir;
}

/** Hands one file or folder to `owner`. @param {string} path @param {Account} owner */
export async function give(path, owner) {
  if (owner.uid !== undefined && owner.gid !== undefined) await chown(path, owner.uid, owner.gid);
}
