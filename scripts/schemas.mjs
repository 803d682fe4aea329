// npm run schemas [-- --check]: everything that is generated from src/contract: schemas/, the addon's own copy of what
// it checks requests against, and docs/contract.md.
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { prepare, root } from './lib/prepare.mjs';

await prepare();
const { loadContract } = await import('./lib/contract/load.mjs');
const { beyondSchema, jsonSchemas } = await import('./lib/contract/jsonSchemas.mjs');
const { openapi } = await import('./lib/contract/openapi.mjs');
const { addonRequests } = await import('./lib/contract/addonRequests.mjs');
const { reference } = await import('./lib/contract/reference.mjs');
const prettier = await import('prettier');

const files = await generate();
if (process.argv.includes('--check')) await check();
else await write();

/** The files by their path below the checkout, formatted as the rest of it. @returns {Promise<Map<string, string>>} */
async function generate() {
  const contract = await loadContract();
  const schemas = jsonSchemas(contract);
  /** @type {[string, string][]} */
  const sources = [
    ...[...schemas].map(([name, schema]) => json(`schemas/${name}.schema.json`, schema)),
    json('schemas/openapi.json', openapi(contract)),
    json('schemas/beyond-schema.json', beyondSchema(contract)),
    json('odoo-module/ipai_taskboard_api/schemas/requests.json', addonRequests(contract)),
    ['docs/contract.md', reference(contract, schemas)],
  ];
  const config = await prettier.resolveConfig(join(root, 'package.json'));
  return new Map(
    await Promise.all(
      sources.map(
        async ([file, text]) =>
          /** @type {const} */ ([
            file,
            await prettier.format(text, { ...config, plugins: [], filepath: file }),
          ]),
      ),
    ),
  );
}

/** @param {string} file @param {unknown} value @returns {[string, string]} */
function json(file, value) {
  return [file, JSON.stringify(value, null, 2)];
}

async function write() {
  for (const [file, text] of files) {
    await mkdir(dirname(join(root, file)), { recursive: true });
    await writeFile(join(root, file), text);
  }
  for (const file of await leftOver()) await rm(join(root, file));
  console.log(`${files.size} files written, in schemas/, docs/ and the addon`);
}

/** Ends with 1 and the names of the files that are not what the contract says now. */
async function check() {
  /** @type {string[]} */
  const differ = [];
  for (const [file, text] of files)
    if ((await readFile(join(root, file), 'utf8').catch(() => '')) !== text) differ.push(file);
  differ.push(...(await leftOver()));
  if (differ.length === 0) return;
  console.error(`Not what src/contract says now: ${differ.join(', ')}. Run: npm run schemas`);
  process.exitCode = 1;
}

/** Files in schemas/ that nothing generates any more. */
async function leftOver() {
  const present = await readdir(join(root, 'schemas')).catch(() => []);
  return present.map((name) => `schemas/${name}`).filter((file) => !files.has(file));
}
