// The addon's translations, brought up to what it says now by the Odoo that is here.
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from '../prepare.mjs';
import { addonName, snapshotAddon } from './addon.mjs';
import { claimCluster } from './claims.mjs';
import { createSeeded, dropDatabase } from './databases.mjs';
import { privateDir } from './home.mjs';
import { testDatabase, testDir } from './orphans.mjs';
import { runOdoo, writeConfig } from './process.mjs';
import { findOdoo } from './source.mjs';

const script = fileURLToPath(new URL('terms.py', import.meta.url));
const folder = join(root, 'odoo-module', addonName, 'i18n');

/**
 * Writes the template and every language of i18n/ anew: terms that are gone leave, new ones wait for a translation.
 * @returns {Promise<string[]>} what waits, as `fr.po: term`
 */
export async function updateTerms() {
  const texts = await readTexts();
  const updated = await run(texts);
  for (const [name, text] of Object.entries(updated)) await writeFile(join(folder, name), text);
  const waiting = /^msgid ((?:".*"\n)+)msgstr ""\n(?!")/gm;
  return Object.entries(updated)
    .filter(([name]) => name.endsWith('.po'))
    .flatMap(([name, text]) => [...text.matchAll(waiting)].map((match) => `${name}: ${match[1]?.trim()}`))
    .filter((line) => !line.endsWith(': ""'));
}

/** @returns {Promise<Record<string, string>>} */
async function readTexts() {
  const names = (await readdir(folder)).filter((name) => /\.pot?$/.test(name));
  const entries = names.map(async (name) => [name, await readFile(join(folder, name), 'utf8')]);
  return Object.fromEntries(await Promise.all(entries));
}

/** @param {Record<string, string>} texts @returns {Promise<Record<string, string>>} */
async function run(texts) {
  const source = await findOdoo();
  const addon = await snapshotAddon();
  const { cluster, release } = await claimCluster();
  const db = testDatabase(source);
  const dir = testDir(source, db);
  try {
    await privateDir(dir, source.user);
    await createSeeded(source, cluster, addon, db, join(dir, 'data'));
    const config = await writeConfig(source, dir, { cluster, db, addon });
    const input = `TEXTS = ${JSON.stringify(texts)}\n${await readFile(script, 'utf8')}`;
    const printed = await runOdoo(source, config, ['shell', '-d', db, '--no-http'], input);
    return JSON.parse(printed.trim().split('\n').at(-1) ?? '');
  } finally {
    await dropDatabase(cluster, db);
    await rm(dir, { recursive: true, force: true });
    await release();
  }
}
