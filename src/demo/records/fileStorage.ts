import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileLock } from './fileLock';
import type { DemoStorage } from './storage';

/**
 * Keeps the demo in one file that is always whole: what is saved goes to a file beside it, to the disk, and then takes
 * its place. Several processes (two windows) may share it. The folder is made when it is missing.
 * @param onWarning told where a file that could not be read was set aside
 */
export function fileStorage(
  path: string,
  { onWarning = () => {} }: { onWarning?: (message: string) => void } = {},
): DemoStorage {
  let saves = 0;
  let known: string | null = null;
  return {
    async load() {
      known = await stampOf(path);
      try {
        return await readFile(path, 'utf8');
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
        throw error;
      }
    },

    async save(text) {
      await mkdir(dirname(path), { recursive: true });
      const beside = `${path}.${process.pid}-${++saves}.tmp`;
      try {
        await writeSynced(beside, text);
        await rename(beside, path);
      } catch (error) {
        await rm(beside, { force: true });
        throw error;
      }
      await syncFolder(dirname(path));
      known = await stampOf(path);
    },

    async changed() {
      return (await stampOf(path)) !== known;
    },

    async exclusive(work) {
      await mkdir(dirname(path), { recursive: true });
      return withFileLock(`${path}.lock`, work);
    },

    async setAside(reason) {
      const aside = `${path}.corrupt-${new Date().toISOString().replace(/[:.]/g, '-')}`;
      await rename(path, aside);
      onWarning(
        `The demo boards in ${path} could not be read (${reason}). New ones were made; the old file is now ${aside}.`,
      );
    },
  };
}

/** Names one state of the file: each save makes a new file, with a time of its own. */
async function stampOf(path: string): Promise<string | null> {
  try {
    const { ino, mtimeNs, size } = await stat(path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function writeSynced(path: string, text: string): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The rename itself must reach the disk, too. Windows cannot, and need not, sync a folder. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
