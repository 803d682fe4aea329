import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { type CheckoutCopy, copyCheckout, DEVELOPED } from '../../gates/checkoutCopy';

describe('npm run watch', function () {
  this.timeout(180_000);
  let copy: CheckoutCopy;
  let child: ChildProcess;
  const lines: string[] = [];
  let wake = () => {};

  before(async () => {
    copy = await copyCheckout(DEVELOPED);
    child = spawn(process.execPath, [join(copy.path, 'scripts', 'watch.mjs')], {
      cwd: copy.path,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    createInterface({ input: child.stdout! }).on('line', (line) => {
      lines.push(line);
      wake();
    });
  });
  after(async () => {
    const exited = once(child, 'exit');
    child.kill('SIGTERM');
    assert.deepEqual(await exited, [0, null], 'it ends when it is told to');
    await copy.remove();
  });

  /** Waits for the next line like this, and leaves what was before it behind. */
  async function next(wanted: RegExp): Promise<string> {
    for (;;) {
      while (lines.length > 0) {
        const line = lines.shift()!;
        if (wanted.test(line)) return line;
      }
      await new Promise<void>((woken) => (wake = woken));
    }
  }
  const board = () => readFile(join(copy.path, 'dist', 'webview', 'board.js'), 'utf8');

  it('builds, and says so', async () => {
    await next(/^\[watch\] build started$/);
    await next(/^\[watch\] build finished$/);
    assert.match(await board(), /Rename\.svelte/);
  });

  it('builds again when a component changes', async () => {
    await copy.plant(
      'webview/board/view/Rename.svelte',
      'let saving = $state(false);',
      "let saving = $state(false); const seen = 'seen anew';",
    );
    await next(/^\[watch\] build finished$/);
    assert.match(await board(), /seen anew/);
  });

  it('says what is wrong, where, and goes on', async () => {
    await copy.plant('src/host.ts', /^/, 'const = 1;\n');
    assert.match(await next(/^✘ /), /^✘ src\/host\.ts:1:\d+: error: /);
    await next(/^\[watch\] build finished, 1 wrong$/);
    await copy.restore();
    await next(/^\[watch\] build finished$/);
  });
});
