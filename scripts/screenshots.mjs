// npm run screenshots [-- tour]: builds, and makes every picture of docs/images and the walkthrough, and the page that
// shows them; with `tour` the moving picture and those of the walkthrough only.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { prepare, root } from './lib/prepare.mjs';

main(async () => {
  await prepare();
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const take = join(root, 'test', 'screenshots', 'take.ts');
  const child = spawn(process.execPath, ['--import', 'tsx', take, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error('Not all pictures were made.');
});
