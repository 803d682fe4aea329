import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { withFileLock } from '../../base/fileLock';
import { writeWhole } from '../../base/wholeFile';
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
      await writeWhole(path, text, `${process.pid}-${++saves}`);
      known = await stampOf(path);
    },

    async changed() {
      return (await stampOf(path)) !== known;
    },

    async exclusive(work) {
      await mkdir(dirname(path), { recursive: true });
      return withFileLock(`${path}.lock`, `${process.pid}-${randomUUID()}`, work);
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
