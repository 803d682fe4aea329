// What may be downloaded or parsed, in KB of 1000 bytes: gzip for the webviews, minified for the host.

/** @typedef {{ file: string, size: 'bytes' | 'gzipped', most: number }} Budget `file` is relative to the checkout */

/** @type {Budget[]} */
const budgets = [
  { file: 'dist/webview/board.js', size: 'gzipped', most: 80 },
  { file: 'dist/webview/card.js', size: 'gzipped', most: 160 },
  { file: 'dist/extension.js', size: 'bytes', most: 10 },
  { file: 'dist/host.js', size: 'bytes', most: 400 },
  { file: 'dist/markdownWorker.js', size: 'bytes', most: 150 },
];

/**
 * Each budget beside what was built.
 * @param {import('../../esbuild.mjs').BuiltFile[]} files
 */
export function spent(files) {
  return budgets.map((budget) => {
    const file = files.find(({ file }) => file === budget.file);
    if (!file) throw new Error(`${budget.file} was not built.`);
    const kilobytes = file[budget.size] / 1000;
    return { ...budget, kilobytes, over: kilobytes > budget.most };
  });
}

/** @param {ReturnType<typeof spent>[number]} line */
export function budgetText({ file, size, most, kilobytes, over }) {
  const used = `${kilobytes.toFixed(1).padStart(7)} KB ${size === 'gzipped' ? 'gzip    ' : 'minified'}`;
  return `${file.padEnd(24)} ${used}  budget ${String(most).padStart(3)}  ratio ${(kilobytes / most).toFixed(2)}${over ? '  OVER' : ''}`;
}
