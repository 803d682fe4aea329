import { watch } from 'node:fs';
import { mkdir, open, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { JournalStorage } from './journalStorage';
import { syncFolder, writeWhole } from '../../base/wholeFile';

/** A window that gave no sign of life for so long is gone, or sleeps and will notice that its file was taken. */
const DEAD_MS = 30_000;

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
            return { name, stamp: `${ino} ${size}`, alive: lives(name, mtimeMs) };
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

    async lock(name, owner) {
      const lock = path(`${name}.lock`);
      const holder = await readFile(lock, 'utf8').catch((error: unknown) => orEmpty(error));
      if (holder === owner) {
        const now = new Date();
        await utimes(lock, now, now).catch((error: unknown) => orEmpty(error));
        return true;
      }
      // An empty one is being written just now, or its writer died in that moment.
      const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: 0 }));
      if (holder === '' ? Date.now() - mtimeMs < DEAD_MS : lives(holder, mtimeMs)) return false;
      await rm(lock, { force: true });
      try {
        await writeFile(lock, owner, { flag: 'wx', mode: 0o600 });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        throw error;
      }
    },

    async unlock(name, owner) {
      const lock = path(`${name}.lock`);
      const holder = await readFile(lock, 'utf8').catch((error: unknown) => orEmpty(error));
      if (holder === owner) await rm(lock, { force: true });
    },

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

/** Whether the process that a name begins with runs, and has given a sign of life lately. */
function lives(name: string, mtimeMs: number): boolean {
  const pid = Number(/^([1-9][0-9]*)-/.exec(name)?.[1]);
  if (pid === process.pid) return !name.includes('-taken-') && Date.now() - mtimeMs < DEAD_MS;
  if (Date.now() - mtimeMs > DEAD_MS) return false;
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
