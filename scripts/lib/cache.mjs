// One folder outside the checkout for everything the scripts fetch or build: editors, Odoo, databases.
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { log } from './log.mjs';

/** The cache folder: `TASKBOARD_CACHE`, else the user's own cache directory. */
export function cacheDir() {
  if (process.env.TASKBOARD_CACHE) return process.env.TASKBOARD_CACHE;
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'taskboard');
  if (process.platform === 'win32')
    return join(process.env.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'taskboard');
  return join(process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'), 'taskboard');
}

/**
 * Runs `make` once for a `name` and `stamp`, and gives the folder it filled. A second call with the same
 * stamp returns at once; another stamp empties the folder and makes it anew. Two processes take turns.
 * @param {string} name folder below the cache
 * @param {string} stamp what the content depends on: versions, flags
 * @param {(dir: string) => Promise<void>} make fills the (empty) folder
 * @param {string} [base] instead of the cache folder
 */
export async function cached(name, stamp, make, base = cacheDir()) {
  const dir = join(base, name);
  const stampFile = `${dir}.stamp`;
  await mkdir(base, { recursive: true });
  const done = async () => (await readFile(stampFile, 'utf8').catch(() => '')) === stamp;
  if (await done()) return dir;
  return withLock(`${dir}.lock`, async () => {
    if (await done()) return dir;
    log(`preparing ${name} (${stamp.slice(0, 60)})`);
    await rm(stampFile, { force: true });
    await rm(dir, { recursive: true, force: true });
    await mkdir(dir, { recursive: true });
    await make(dir);
    await writeFile(stampFile, stamp);
    return dir;
  });
}

/**
 * Holds a lock file while `work` runs. A lock whose owner has not touched it for 30 s is taken over: its process was
 * killed. Whether it runs is not asked, since who shares a cache may not see each other's processes.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 */
export async function withLock(path, work) {
  const { tsImport } = await import('tsx/esm/api'); // not before there is something to lock: `npm ci` comes first
  /** @type {typeof import('../../src/base/fileLock.ts')} */
  const { withFileLock } = await tsImport('../../src/base/fileLock.ts', import.meta.url);
  return withFileLock(path, `script-${randomUUID()}`, work);
}
