import { open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Puts a text in a file's place so that a crash leaves the old or the new one: another file, synced, then renamed. */
export async function writeWhole(path: string, text: string, unique: string): Promise<void> {
  const beside = `${path}.${unique}.tmp`;
  try {
    const file = await open(beside, 'w', 0o600);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** A rename or a new file must reach the disk, too. Windows cannot, and need not, sync a folder. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
