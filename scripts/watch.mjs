// npm run watch: fills dist/ with a build to step through, and again at each change. F5 starts it (.vscode/tasks.json,
// which reads what it prints).
import { main } from './lib/main.mjs';
import { prepare } from './lib/prepare.mjs';

main(async () => {
  await prepare();
  const { watch } = await import('../esbuild.mjs');
  let running = 0;
  /** @type {readonly import('esbuild').Message[]} */
  let wrong = [];
  const stop = await watch((event) => {
    if (event.phase === 'start') {
      if (running === 0) {
        wrong = [];
        console.log('[watch] build started');
      }
      running += 1;
      return;
    }
    running -= 1;
    wrong = [...wrong, ...event.errors];
    if (running > 0) return;
    for (const { text, location } of wrong) {
      const { file = 'esbuild.mjs', line = 1, column = 0 } = location ?? {};
      console.log(`✘ ${file}:${line}:${column + 1}: error: ${text}`);
    }
    console.log(`[watch] build finished${wrong.length > 0 ? `, ${wrong.length} wrong` : ''}`);
  });
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP']))
    process.once(signal, () => void stop().then(() => process.exit(0)));
});
