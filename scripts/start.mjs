// npm start [-- --no-open --port N]: VS Code with the extension and the demo board.
import { parseArgs } from 'node:util';
import { main } from './lib/main.mjs';
import { prepare } from './lib/prepare.mjs';
import { killDescendants } from './lib/processes.mjs';

const usage = `Usage: npm start [-- --no-open] [-- --port N]
  Builds the extension and opens VS Code with it and the demo board. Without a display or a download, VS Code is served
  to the browser and its address is printed.
  --no-open   opens no window: serves and prints the address
  --port N    of that address; a free one by default`;

// A signal ends it at any time, with all that it started.
let stop = async () => process.exit(0);
process.on('exit', killDescendants);
for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
  process.on(signal, () => void stop());

main(async () => {
  const { values } = parseArgs({
    options: { 'no-open': { type: 'boolean' }, port: { type: 'string' }, help: { type: 'boolean' } },
  });
  if (values.help) return void console.log(usage);
  const port = Number(values.port ?? 0);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new Error(`--port takes a number.\n${usage}`);
  await prepare();
  const { build } = await import('../esbuild.mjs');
  const { openEditor, serveEditor } = await import('./lib/vscode/tryOut.mjs');
  await build({ production: true });
  if (!values['no-open'] && !values.port && (await openEditor())) return;
  const server = await serveEditor(port);
  stop = async () => {
    await server.stop();
    process.exit(0);
  };
  console.log(`Open ${server.url}`);
  await server.ended;
});
