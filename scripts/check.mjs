// npm run check: types, lint, format and generated files.
import { prepare } from './lib/prepare.mjs';

await prepare();
const { runChecks } = await import('./lib/checks.mjs');
const results = await runChecks(({ name, ok, output }) => {
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${name}`);
  if (!ok) console.log(output);
});
process.exitCode = results.every(({ ok }) => ok) ? 0 : 1;
