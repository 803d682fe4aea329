/**
 * npm run -s bench -- activation [RUNS]: what our activation costs a window, beside an extension that registers one
 * command, both activated through the extension host of the same real VS Code: reading the code, the texts and
 * `activate` itself. Each run is a new window in a new profile; the trivial one is there several times, around ours.
 */
import { access, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { launchBrowser } from '../scripts/lib/browser.mjs';
import { startCodeServer, workbenchUrl } from '../scripts/lib/vscode/codeServer.mjs';
import { quietSettings } from '../scripts/lib/vscode/settings.mjs';
import { installAll, ORDER, OURS, TRIVIAL } from './activation/extensions';

const GOAL = 5;
const PATIENCE_MS = 60_000;

type Times = Record<string, number>;

async function measure(): Promise<Times> {
  const temporary = await mkdtemp(join(tmpdir(), 'taskboard-'));
  const [userDataDir, extensionsDir, folder] = ['data', 'extensions', 'workspace'].map((name) =>
    join(temporary, name),
  ) as [string, string, string];
  const file = join(temporary, 'times.json');
  await Promise.all([join(userDataDir, 'User'), folder].map((each) => mkdir(each, { recursive: true })));
  await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify(quietSettings));
  await installAll(extensionsDir);
  const env = { STOPWATCH_FILE: file, STOPWATCH_ORDER: JSON.stringify(ORDER) };
  const server = await startCodeServer({ folder, userDataDir, extensionsDir, env });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      await page.goto(workbenchUrl(server, { folder }));
      for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await pause(100)) {
        const there = await access(file).then(
          () => true,
          () => false,
        );
        if (there) return JSON.parse(await readFile(file, 'utf8')) as Times;
      }
      throw new Error(`No times after ${PATIENCE_MS / 1000} s:\n${server.log().slice(-2000)}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

const median = (values: number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1]!;
const ms = (value: number): string => `${value.toFixed(1).padStart(7)} ms`;

async function main(): Promise<void> {
  const runs = Number(process.argv[2] ?? 7);
  const { build } = await import('../esbuild.mjs');
  await build({ production: true });
  const all: { trivial: number; ours: number; firstUse: number }[] = [];
  for (let run = 0; run < runs; run++) {
    const times = await measure();
    const trivial = median(TRIVIAL.slice(1).map((id) => times[id]!));
    const last = { trivial, ours: times[OURS]!, firstUse: times['firstUse']! };
    all.push(last);
    console.log(
      `run ${run + 1}: trivial ${ms(trivial)}  ours ${ms(last.ours)}  ratio ${(last.ours / trivial).toFixed(2)}`,
    );
  }
  const of = (name: 'trivial' | 'ours' | 'firstUse') => median(all.map((times) => times[name]));
  const ratio = median(all.map(({ ours, trivial }) => ours / trivial));
  console.log('');
  console.log(`trivial extension, median of ${runs}   ${ms(of('trivial'))}`);
  console.log(
    `ours                              ${ms(of('ours'))}   ratio ${ratio.toFixed(2)} (goal ≤ ${GOAL})`,
  );
  console.log(`ours at its first use: the rest   ${ms(of('firstUse'))}`);
  if (ratio > GOAL) process.exitCode = 1;
}

void main();
