// npm run -s serve -- [--port N] [--data DIR] [--cards N]: the demo server over loopback HTTP, until SIGTERM.
import { parseArgs } from 'node:util';
import { log } from './lib/log.mjs';
import { prepare, root } from './lib/prepare.mjs';

const USAGE = 'Usage: npm run -s serve -- [--port N] [--data DIR] [--cards N]';

/** @typedef {typeof import('../src/demo/http/serve.ts')} Demo */

/** A mistake in the arguments. */
class UsageError extends Error {}

/**
 * @param {string} name
 * @param {string | undefined} text
 * @param {number} most
 */
function wholeNumber(name, text, most) {
  if (text === undefined) return undefined;
  if (!/^[0-9]+$/.test(text) || Number(text) > most)
    throw new UsageError(`--${name} must be a whole number from 0 to ${most}. ${USAGE}`);
  return Number(text);
}

function readArguments() {
  try {
    const { values } = parseArgs({
      options: { port: { type: 'string' }, data: { type: 'string' }, cards: { type: 'string' } },
    });
    return {
      port: wholeNumber('port', values.port, 65_535) ?? 0,
      data: values.data,
      cards: wholeNumber('cards', values.cards, 200_000),
    };
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`${/** @type {Error} */ (error).message} ${USAGE}`);
  }
}

/** Bundles the server, and runs it in this process. @returns {Promise<Demo>} */
async function loadDemo() {
  const esbuild = await import('esbuild');
  const { outputFiles } = await esbuild.build({
    absWorkingDir: root,
    entryPoints: ['src/demo/http/serve.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    logLevel: 'error',
  });
  await esbuild.stop(); // or its helper process would stay beside the server
  const code = outputFiles[0]?.text ?? '';
  return import(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`);
}

async function main() {
  const { port, data, cards } = readArguments();
  await prepare();
  const { serve } = await loadDemo();
  const { stop, ...about } = await serve({
    port,
    onWarning: log,
    ...(data !== undefined && { data }),
    ...(cards !== undefined && { cards }),
  });
  process.stdout.write(`${JSON.stringify(about)}\n`);
  for (const signal of /** @type {const} */ (['SIGTERM', 'SIGINT']))
    process.once(signal, () => void stop().then(() => process.exit(0)));
}

main().catch((error) => {
  log(error instanceof Error ? error.message : String(error));
  process.exit(error instanceof UsageError ? 2 : 1);
});
