/**
 * npm run -s bench -- markdown [LENGTH]: what a stranger's text can cost. Each kind of text that is known to be slow, at
 * half the length and at the whole: the time in the renderer's thread, as a ratio (2 grows with its input, 4 with its
 * square), and the longest that the host's own thread was held meanwhile, as a ratio to what it is without any text.
 */
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { root } from '../scripts/lib/prepare.mjs';
import { TextRenderer } from '../src/workbench/markdown/markdown';
import { worstTexts } from './lib/worstTexts';

const length = Number(process.argv[2] ?? 100_000);

async function measured<T>(work: () => Promise<T>): Promise<{ value: T; ms: number; heldMs: number }> {
  const delays = monitorEventLoopDelay({ resolution: 1 });
  await pause(5);
  delays.enable();
  const start = performance.now();
  const value = await work();
  const ms = performance.now() - start;
  await pause(5);
  delays.disable();
  return { value, ms, heldMs: delays.max / 1e6 };
}

async function main(): Promise<void> {
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const renderer = new TextRenderer(join(root, 'dist', 'markdownWorker.js'));
  await renderer.render('first', {});
  const idle = await measured(() => pause(200));
  let worst = 0;
  for (const { name, make } of worstTexts) {
    const [half, whole] = [make(length / 2), make(length)].map((text) => `${text.slice(0, length)}`);
    const short = await measured(() => renderer.render(half!, {}));
    const long = await measured(() => renderer.render(whole!, {}));
    const held = long.heldMs / idle.heldMs;
    worst = Math.max(worst, held);
    const shown =
      long.value.as === 'html' ? `${(long.value.html.length / length).toFixed(1)} of HTML` : 'as text';
    console.log(
      `${name.padEnd(30)} growth ${(long.ms / short.ms).toFixed(1).padStart(5)}  host held ${held.toFixed(1).padStart(5)}  ${shown}`,
    );
  }
  console.log(`The host was held ${worst.toFixed(1)} times as long as without any text, at worst.`);
  renderer.dispose();
}

void main();
