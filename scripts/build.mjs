// npm run build: fills dist/ with what is packed.
import { main } from './lib/main.mjs';
import { prepare } from './lib/prepare.mjs';

main(async () => {
  await prepare();
  const { build } = await import('../esbuild.mjs');
  const { budgetText, spent } = await import('./lib/budgets.mjs');
  const files = await build({ production: true });
  for (const { file, bytes, gzipped } of files)
    console.log(`${file.padEnd(28)} ${kilobytes(bytes)} KB   ${kilobytes(gzipped)} KB gzip`);
  console.log('');
  for (const line of spent(files)) console.log(budgetText(line));
});

/** @param {number} bytes */
function kilobytes(bytes) {
  return (bytes / 1000).toFixed(1).padStart(7);
}
