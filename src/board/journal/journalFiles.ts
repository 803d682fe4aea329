import { watch } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { lives, releaseLock, takeLock } from '../../base/fileLock';
import type { JournalStorage } from './journalStorage';
import { syncFolder, writeWhole } from '../../base/wholeFile';

const missing = (error: unknown) => (error as NodeJS.ErrnoException).code === 'ENOENT';

/** Journals in a folder. File names begin with the process that writes them, so that a dead one is known at once. */
export async function journalFiles(folder: string): Promise<JournalStorage> {
  await mkdir(folder, { recursive: true });
  const path = (name: string) => join(folder, name);
  let taken = 0;

  return {
    async list() {
      const names = (await readdir(folder)).filter((name) => name.endsWith('.jsonl'));
      const files = await Promise.all(
        names.map(async (name) => {
          try {
            const { ino, mtimeMs, size } = await stat(path(name));
            return { name, stamp: `${ino} ${size}`, alive: isWritten(name, mtimeMs) };
          } catch (error) {
            if (missing(error)) return []; // taken just now
            throw error;
          }
        }),
      );
      return files.flat();
    },

    read: (name) => readFile(path(name), 'utf8').catch((error: unknown) => orEmpty(error)),

    async append(name, text) {
      // A window that slept may find that its file was taken meanwhile: what it writes must stand in a new one.
      for (;;) if (await appendOnce(path(name), text)) break;
    },

    replace: (name, text) => writeWhole(path(name), text, 'compact'),

    async takeOver(name) {
      const mine = path(`${process.pid}-taken-${++taken}-${Date.now()}.jsonl`);
      try {
        await rename(path(name), mine);
        return { text: await readFile(mine, 'utf8'), discard: () => rm(mine, { force: true }) };
      } catch (error) {
        return { text: orEmpty(error), discard: async () => {} }; // another window was faster
      }
    },

    async touch(name) {
      const now = new Date();
      await utimes(path(name), now, now).catch((error: unknown) => orEmpty(error));
    },

    lock: (name, owner) => takeLock(path(`${name}.lock`), owner),

    unlock: (name, owner) => releaseLock(path(`${name}.lock`), owner),

    watch(changed) {
      try {
        const watcher = watch(folder, (_, name) => name?.endsWith('.jsonl') && changed(name));
        watcher.on('error', () => watcher.close()); // looking at intervals goes on
        return () => watcher.close();
      } catch {
        return () => {};
      }
    },
  };
}

/** A name for this window's file and locks: it says which process writes it. */
export const windowName = (unique: string): string => `${process.pid}-${unique}`;

function orEmpty(error: unknown): string {
  if (missing(error)) return '';
  throw error;
}

/** Gives false when the file is no longer the one of that name: then it was taken, and the text must go elsewhere. */
async function appendOnce(path: string, text: string): Promise<boolean> {
  const file = await open(path, 'a', 0o600);
  try {
    const { size: before, ino } = await file.stat();
    try {
      await file.writeFile(text);
      await file.sync();
      if (before === 0) await syncFolder(join(path, '..'));
    } catch (error) {
      // Nobody is told that it is saved, so it must not come back after a restart.
      await file.truncate(before).then(
        () => file.sync(),
        () => {},
      );
      throw error;
    }
    return await stat(path).then(
      (now) => now.ino === ino,
      (error: unknown) => orEmpty(error) !== '',
    );
  } finally {
    await file.close();
  }
}

/** Whether the window that writes a file lives; what one of this process took over and left is nobody's. */
function isWritten(name: string, mtimeMs: number): boolean {
  if (!/^[1-9][0-9]*-/.test(name) || name.startsWith(`${process.pid}-taken-`)) return false;
  return lives(name, Date.now() - mtimeMs);
}
