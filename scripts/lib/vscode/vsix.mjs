import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../prepare.mjs';

/** The time of every file in the package: with the clock's, no two builds would have the same bytes. */
const FILES_FROM = Date.UTC(2000, 0, 1) / 1_000;

/**
 * Packs what `dist/` holds into `taskboard-<version>.vsix` at the checkout's top and gives its path.
 * @returns {Promise<string>}
 */
export async function pack() {
  const { createVSIX } = await import('@vscode/vsce');
  const { version, repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  const home = repository.url.replace(/\.git$/, '');
  const packagePath = join(root, `taskboard-${version}.vsix`);
  process.env['SOURCE_DATE_EPOCH'] ??= String(FILES_FROM);
  // Everything is in the bundles, so no dependencies. The page of the extension stands elsewhere: what its README names
  // is found in the repository, as it was at this version.
  await createVSIX({
    cwd: root,
    packagePath,
    dependencies: false,
    baseContentUrl: `${home}/blob/v${version}`,
    baseImagesUrl: `${home}/raw/v${version}`,
  });
  return packagePath;
}
