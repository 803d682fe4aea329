// The page of `npm run page`: the extension as it is built from the sources of the moment, in a stand-in for VS Code
// (vscodeApi.ts) whose window is a page in a browser (shell.ts). Nothing of the extension is written twice here: its own
// host makes the webviews' pages, answers them, and works on its own demo server.
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { log } from '../../scripts/lib/log.mjs';
import { watch } from '../../esbuild.mjs';
import { ExtensionRun } from './extensionRun';
import { servePage } from './server';
import { PageWindow } from './window';

/** Below the checkout: another folder than `dist`, which a test or F5 may be building meanwhile. */
const OUT = join('out', 'page');
/** So long after a build another may end that belongs to the same change, in milliseconds. */
const TOGETHER_MS = 60;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: { port: { type: 'string', default: '0' }, language: { type: 'string', default: 'en' } },
  });
  const storage = await mkdtemp(join(tmpdir(), 'taskboard-page-'));
  const window = new PageWindow();
  const run = new ExtensionRun(window, { out: OUT, storage, language: values.language });
  const server = await servePage(window, run, Number(values.port));

  let building = 0;
  let wrong: string[] = [];
  let timer: NodeJS.Timeout | undefined;
  const stopBuilding = await watch(
    (event) => {
      clearTimeout(timer);
      if (event.phase === 'start') {
        if (building === 0) wrong = [];
        building += 1;
        return;
      }
      building -= 1;
      wrong = [
        ...wrong,
        ...event.errors.map(({ text, location }) =>
          location ? `${location.file}:${location.line}: ${text}` : text,
        ),
      ];
      if (building > 0) return;
      timer = setTimeout(() => {
        for (const line of wrong) log(line);
        if (wrong.length > 0) window.setTrouble(wrong);
        else void run.restart();
      }, TOGETHER_MS);
    },
    { folder: join(OUT, 'dist') },
  );

  const stop = async () => {
    clearTimeout(timer);
    await stopBuilding();
    await run.stop();
    await server.stop();
    await rm(storage, { recursive: true, force: true });
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => void stop());
  await run.started;
  process.stdout.write(`Open ${server.url}\n`);
}

main().catch((error: unknown) => {
  log(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exit(1);
});
