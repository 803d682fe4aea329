import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * The licences of the packages whose code is really in the bundles.
 * Throws when such a package has no licence text, and is not of those below.
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

/** Packages that state the MIT licence and forgot its text, with who holds the rights by their sources. */
const MIT_WITHOUT_TEXT = new Map(
  ['@microsoft/fast-element', '@microsoft/fast-foundation', '@microsoft/fast-web-utilities'].map((name) => [
    name,
    'Microsoft Corporation',
  ]),
);

/** @param {string} holder */
const mit = (holder) => `MIT License

Copyright (c) ${holder}. All rights reserved.

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without limitation the
rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit
persons to whom the Software is furnished to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the
Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE
WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR
COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR
OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** @param {string} folder */
async function notice(folder) {
  /** @type {{ name: string, version: string, license?: string }} */
  const { name, version, license } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));
  const file = (await readdir(folder)).find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const holder = license === 'MIT' ? MIT_WITHOUT_TEXT.get(name) : undefined;
  if (!file && !holder) throw new Error(`The package ${name} is bundled without the text of its licence.`);
  const text = file ? (await readFile(join(folder, file), 'utf8')).trim() : mit(holder ?? '');
  return `${name} ${version} (${license ?? 'see below'})\n\n${text}`;
}
