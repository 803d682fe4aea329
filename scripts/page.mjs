// npm run page [-- --port N --language fr]: both webviews in a plain browser, on the demo boards, drawn anew at each
// change of their sources.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { main } from './lib/main.mjs';
import { prepare, root } from './lib/prepare.mjs';

const usage = `Usage: npm run page [-- --port N] [--language es|fr]
  Serves the board in the side bar and in a tab, and the card's editor, to a plain browser, and prints the address.
  Behind them runs the extension itself on its demo boards, with a small stand-in for VS Code. At each change of a
  source the page shows it by itself.
  --port N         of the address, which is on this machine only; a free one by default
  --language L     VS Code's display language; English by default`;

main(async () => {
  const { values } = parseArgs({
    options: { port: { type: 'string' }, language: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return void console.log(usage);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number.\n${usage}`);
  await prepare();
  const child = spawn(
    process.execPath,
    [
      ...['--import', 'tsx', join(root, 'test', 'page', 'main.ts')],
      ...['--port', String(port), '--language', values.language ?? 'en'],
    ],
    { cwd: root, stdio: 'inherit' },
  );
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.on(signal, () => child.kill(signal));
  const [code] = await once(child, 'exit');
  process.exitCode = code ?? 1;
});
