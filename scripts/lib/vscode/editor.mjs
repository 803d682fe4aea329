// A desktop VS Code, for machines that have a display and may download one.
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheDir } from '../cache.mjs';
import { log } from '../log.mjs';
import { root } from '../prepare.mjs';
import { wantedVersion } from './install.mjs';

/**
 * The executable of a downloaded VS Code (in the cache), or undefined where there is no display or no download.
 * @returns {Promise<string | undefined>}
 */
export async function downloadedEditor() {
  if (!hasDisplay()) return undefined;
  const versions = JSON.parse(await readFile(join(root, 'versions.json'), 'utf8'));
  const { download } = await import('@vscode/test-electron');
  const cachePath = join(cacheDir(), 'vscode');
  await mkdir(cachePath, { recursive: true });
  return download({ version: versions.vscode[wantedVersion()], cachePath }).catch((error) => {
    log(`VS Code cannot be downloaded (${error.message}): using code-server instead.`);
    return undefined;
  });
}

/** Whether a window can be opened here. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}
