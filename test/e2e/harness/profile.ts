import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { BrowserContext } from 'playwright-core';

/**
 * What a browser keeps for an editor's window: restored views, the extensions' mementos and secrets. It belongs to
 * an origin, so a later window is the same one only at the same port.
 */
export interface Profile {
  port: number;
  state: Awaited<ReturnType<BrowserContext['storageState']>>;
}

/** The profile kept in a user data folder by `keepProfile`; undefined in a new one. */
export async function keptProfile(userDataDir: string): Promise<Profile | undefined> {
  const text = await readFile(file(userDataDir), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Profile);
}

export async function keepProfile(userDataDir: string, url: string, context: BrowserContext): Promise<void> {
  const profile: Profile = {
    port: Number(new URL(url).port),
    state: await context.storageState({ indexedDB: true }),
  };
  await writeFile(file(userDataDir), JSON.stringify(profile));
}

function file(userDataDir: string): string {
  return join(userDataDir, 'browser-profile.json');
}
