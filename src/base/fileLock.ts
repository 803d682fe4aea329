import { constants } from 'node:fs';
import { copyFile, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { passed } from './timers';

/** A holder that gave no sign of life for so long is gone, or sleeps and will notice that it holds the lock no more. */
const SILENT_MS = 30_000;

/** Between two signs of life of a lock that is held while something is done. */
const RENEW_MS = 5_000;

/** Between the first two looks at a lock that somebody else holds; then twice that, and so on up to the second. */
const [FIRST_RETRY_MS, LAST_RETRY_MS] = [10, 320];

const is = (error: unknown, code: string) => (error as NodeJS.ErrnoException).code === code;

/**
 * Takes a lock, or keeps it and gives a sign of life. A lock is a file that says who holds it; one is taken over whose
 * process is gone or that is silent.
 * @param owner not two have the same; one that is `123` or `123-…` lives as long as process 123
 * @returns false while somebody else holds it
 */
export async function takeLock(path: string, owner: string): Promise<boolean> {
  const seen = await look(path);
  if (seen?.holder === owner) return renew(path, owner);
  if (seen) {
    if (lives(seen.holder, seen.age)) return false;
    await remove(path, seen);
  }
  return create(path, owner);
}

/** Gives a lock back; what somebody else took over meanwhile stays theirs. */
export async function releaseLock(path: string, owner: string): Promise<void> {
  if ((await look(path))?.holder === owner) await rm(path, { force: true });
}

/** Runs `work` while holding a lock, and waits for it as long as another lives that holds it. */
export async function withFileLock<T>(path: string, owner: string, work: () => Promise<T>): Promise<T> {
  for (let wait = FIRST_RETRY_MS; !(await takeLock(path, owner)); wait = Math.min(2 * wait, LAST_RETRY_MS))
    await passed(wait);
  const renewing = setInterval(() => void renew(path, owner).catch(() => {}), RENEW_MS);
  try {
    return await work();
  } finally {
    clearInterval(renewing);
    await releaseLock(path, owner);
  }
}

/** Whether whoever is called so, as `owner` of `takeLock`, runs and has given a sign of life. @param age in milliseconds */
export function lives(owner: string, age: number): boolean {
  if (age > SILENT_MS) return false;
  const pid = Number(/^([1-9][0-9]*)(?:-|$)/.exec(owner)?.[1]);
  if (!pid || pid === process.pid) return true;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return !is(error, 'ESRCH');
  }
}

interface Seen {
  /** Empty while it is being written. */
  holder: string;
  /** Names this state of the lock: each sign of life makes another. */
  state: string;
  age: number;
}

async function look(path: string): Promise<Seen | undefined> {
  try {
    const { ino, mtimeNs, mtimeMs } = await stat(path, { bigint: true });
    const holder = await readFile(path, 'utf8');
    return { holder, state: `${ino}-${mtimeNs}`, age: Date.now() - Number(mtimeMs) };
  } catch (error) {
    if (is(error, 'ENOENT')) return undefined; // given back just now
    throw error;
  }
}

async function create(path: string, owner: string): Promise<boolean> {
  try {
    await writeFile(path, owner, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if (is(error, 'EEXIST')) return false;
    throw error;
  }
}

/**
 * Removes a lock in the very state that was seen. Who removes it has claimed that state before, so that nobody else is
 * at it, and looks again; a sign of life in the last moment shows on what was moved away, and puts it back.
 */
async function remove(path: string, { state }: Seen): Promise<void> {
  const claim = `${path}.${state}`;
  if (!(await create(claim, ''))) {
    const left = await look(claim);
    if (left && left.age > SILENT_MS) await rm(claim, { force: true }); // whoever claimed it is gone
    return;
  }
  const aside = `${claim}.old`;
  try {
    if ((await look(path))?.state !== state) return;
    await rename(path, aside);
    if ((await look(aside))?.state !== state) await copyFile(aside, path, constants.COPYFILE_EXCL);
  } catch (error) {
    if (!is(error, 'ENOENT') && !is(error, 'EEXIST')) throw error; // it was given back, or taken anew
  } finally {
    await rm(aside, { force: true });
    await rm(claim, { force: true });
  }
}

/** Gives a sign of life, and looks whether it came too late. */
async function renew(path: string, owner: string): Promise<boolean> {
  if ((await look(path))?.holder !== owner) return false;
  const now = new Date();
  await utimes(path, now, now).catch(() => {});
  return (await look(path))?.holder === owner;
}
