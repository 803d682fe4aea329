// npm run -s bench -- bundle: the size of what is shipped, beside its budget, and of the largest parts in it.
import { build } from '../esbuild.mjs';

/** Budgets of what is downloaded or parsed: gzip for the webviews, minified for the host. In KB of 1000 bytes. */
const BUDGETS = {
  'dist/webview/board.js': { size: 'gzipped', most: 80 },
  'dist/webview/card.js': { size: 'gzipped', most: 160 },
  'dist/extension.js': { size: 'bytes', most: 400 },
};

const files = await build({ production: true });
let over = false;
for (const [name, { size, most }] of Object.entries(BUDGETS)) {
  const file = files.find(({ file }) => file === name);
  if (!file) throw new Error(`${name} was not built.`);
  const kilobytes = file[/** @type {'bytes' | 'gzipped'} */ (size)] / 1000;
  over ||= kilobytes > most;
  const ratio = (kilobytes / most).toFixed(2);
  console.log(
    `${name.padEnd(24)} ${kilobytes.toFixed(1).padStart(7)} KB ${size === 'gzipped' ? 'gzip    ' : 'minified'}  budget ${most}  ratio ${ratio}`,
  );
}
if (over) process.exitCode = 1;
