// npm run package: builds and packs the extension.
import { stat } from 'node:fs/promises';
import { main } from './lib/main.mjs';
import { prepare } from './lib/prepare.mjs';

main(async () => {
  await prepare();
  const { build } = await import('../esbuild.mjs');
  const { pack } = await import('./lib/vscode/vsix.mjs');
  await build({ production: true });
  const file = await pack();
  console.log(`${file} (${((await stat(file)).size / 1000).toFixed(0)} KB)`);
});
