import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages whose code is really in the bundles.
 * Throws when such a package has neither a licence file nor a licence field.
 * @param {string} root the checkout
 * @param {import('esbuild').Metafile['outputs']} outputs
 */
export async function thirdPartyNotices(root, outputs) {
  const folders = new Set();
  for (const { inputs } of Object.values(outputs))
    for (const [input, { bytesInOutput }] of Object.entries(inputs)) {
      const folder = bytesInOutput > 0 && packageFolder(input);
      if (folder) folders.add(folder);
    }
  const notices = await Promise.all([...folders].sort().map((folder) => notice(join(root, folder))));
  return ['Taskboard for Odoo contains code of these packages.', ...notices].join(
    `\n\n${'-'.repeat(72)}\n\n`,
  );
}

/**
 * `node_modules/a/node_modules/@b/c/d.js` → `node_modules/a/node_modules/@b/c`
 * @param {string} input
 */
function packageFolder(input) {
  return /^(.*\bnode_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll('\\', '/'))?.[1];
}

/** @param {string} folder */
async function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  if (!file && !license) throw new Error(`The package ${name} is bundled but states no licence.`);
  const text = file
    ? (await readFile(join(folder, file), 'utf8')).trim()
    : 'No licence text is in the package.';
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}`;
}
