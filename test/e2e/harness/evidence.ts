import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';
import type { Workbench } from './workbench';

const results = join(root, 'test-results');

/** The path of the next screenshot, numbered in the order of taking; the test runner empties the folder first. */
export async function nextScreenshot(name: string): Promise<string> {
  const folder = join(results, 'screenshots');
  await mkdir(folder, { recursive: true });
  const taken = 1 + (await readdir(folder)).filter((file) => file.endsWith('.png')).length;
  return join(folder, `${String(taken).padStart(2, '0')}-${fileName(name)}.png`);
}

/** Keeps a screenshot and the logs of every test of this suite that fails. Call it inside `describe`. */
export function keepEvidence(workbench: () => Workbench | undefined): void {
  afterEach('evidence of a failure', async function () {
    const test = this.currentTest;
    const open = workbench();
    if (!open || test?.state !== 'failed') return;
    await keep(open, `failed-${test.fullTitle()}`);
  });
}

/** Keeps a picture of the window, and its logs beside it. */
export async function keep(workbench: Workbench, name: string): Promise<void> {
  const picture = await workbench.screenshot(name);
  await writeFile(picture.replace(/\.png$/, '.log'), await workbench.logs());
}

/** The extension host's log and those of its output channels, under a user data folder. */
export async function hostLogs(userDataDir: string): Promise<string> {
  const folder = join(userDataDir, 'logs');
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  const logs = entries.filter((entry) => /exthost.*\.log$/.test(entry)).sort();
  const texts = logs.map(async (log) => `== ${log}\n${await readFile(join(folder, log), 'utf8')}`);
  return (await Promise.all(texts)).join('\n\n');
}

function fileName(text: string): string {
  return text
    .replace(/[^a-z0-9]+/gi, '-')
    .slice(0, 80)
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
