// npm run screenshots: builds, and makes every picture of docs/images and the page that shows them.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { prepare, root } from './lib/prepare.mjs';

main(async () => {
  await prepare();
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const child = spawn(process.execPath, ['--import', 'tsx', join(root, 'test', 'screenshots', 'take.ts')], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('Not all pictures were made.');
});
