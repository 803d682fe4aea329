// The slow parts of the rig: fetched and set up once, then cached. `npm test` starts that early.
import { ensureBrowser } from './browser.mjs';
import { startOdoo } from './odoo/index.mjs';
import { Unavailable } from './unavailable.mjs';
import { ensureCodeServer } from './vscode/install.mjs';

/** @typedef {'vscode' | 'browser' | 'odoo'} SlowPart */
/** @typedef {{ minutes: number, missing?: Unavailable }} Ready `missing`: this machine can't have it, and why */

/** @type {Record<SlowPart, () => Promise<unknown>>} */
const setUp = {
  vscode: () => ensureCodeServer(),
  browser: () => ensureBrowser(),
  // Downloads Odoo and makes the database template, which each later start copies.
  odoo: async () => (await startOdoo({ name: `warm_${process.pid}` })).stop(),
};

/**
 * Sets a part up. Rejects when that goes wrong; a part that can't be had here is no error.
 * @param {SlowPart} part
 * @returns {Promise<Ready>}
 */
export async function readyPart(part) {
  const started = Date.now();
  const minutes = () => (Date.now() - started) / 60_000;
  try {
    await setUp[part]();
    return { minutes: minutes() };
  } catch (error) {
    if (error instanceof Unavailable) return { minutes: minutes(), missing: error };
    throw error;
  }
}
