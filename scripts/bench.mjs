// npm run -s bench -- NAME […]: runs bench/NAME.ts (or .mjs); each measures one claim and prints it.
import { spawn } from 'node:child_process';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { log } from './lib/log.mjs';
import { prepare, root } from './lib/prepare.mjs';

await prepare();
const [name, ...args] = process.argv.slice(2);
const folder = join(root, 'bench');
const scripts = (await readdir(folder)).filter((file) => /^[^.]+\.(ts|mjs)$/.test(file));
const script = scripts.find((file) => file.replace(/\..*$/, '') === name);
if (script) {
  const child = spawn(process.execPath, ['--import', 'tsx', join(folder, script), ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM']))
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => (process.exitCode = code ?? 1));
} else {
  const names = scripts.map((file) => file.replace(/\..*$/, '')).sort();
  log(name ? `There is no benchmark "${name}".` : 'Which benchmark? npm run -s bench -- NAME');
  log(`Names: ${names.join(', ') || 'none yet'}`);
  process.exitCode = 1;
}
