import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { ensureApt } from './apt.mjs';
import { Unavailable } from './unavailable.mjs';

// Nothing but the pages of a test: no background traffic, no first-run dialogs.
const flags = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * A Chrome or Chromium: `CHROME_PATH`, one that is installed, else Debian's.
 * Throws `Unavailable('browser')` when there is none to be had.
 * @returns {Promise<string>} its executable
 */
export async function ensureBrowser() {
  const wanted = process.env.CHROME_PATH;
  if (wanted) {
    if (isExecutable(wanted)) return wanted;
    throw new Unavailable('browser', `CHROME_PATH names no program: ${wanted}`);
  }
  const found = installedBrowser();
  if (found) return found;
  await ensureApt('browser', ['chromium']);
  const installed = installedBrowser();
  if (installed) return installed;
  throw new Unavailable(
    'browser',
    'No Chrome or Chromium is installed: install one, or name it in CHROME_PATH.',
  );
}

/**
 * Starts that browser, headless unless the options say otherwise, with a fresh profile.
 * @param {import('playwright-core').LaunchOptions} [options]
 * @returns {Promise<import('playwright-core').Browser>}
 */
export async function launchBrowser(options = {}) {
  const executablePath = await ensureBrowser();
  const { chromium } = await import('playwright-core');
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return chromium.launch({
    ...options,
    executablePath,
    args: [...flags, ...asRoot, ...(options.args ?? [])],
  });
}

/** @returns {string | undefined} */
function installedBrowser() {
  const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const byPlatform = {
    darwin: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    win32: ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA'].map((variable) =>
      join(process.env[variable] ?? '', 'Google', 'Chrome', 'Application', 'chrome.exe'),
    ),
  };
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  const wellKnown =
    process.platform === 'darwin' || process.platform === 'win32' ? byPlatform[process.platform] : [];
  return [...onPath, ...wellKnown].find(isExecutable);
}

/** @param {string} path */
function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
