import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

/** Kills, without a word, the processes below one whose command line fits. Throws when there is none. */
export function killDescendants(pid: number, fits: RegExp): void {
  const rows = execFileSync('ps', ['-eo', 'pid=,ppid=,args='], { encoding: 'utf8' })
    .split('\n')
    .flatMap((line) => {
      const row = /^ *([0-9]+) +([0-9]+) (.*)$/.exec(line);
      return row ? [{ pid: Number(row[1]), parent: Number(row[2]), command: row[3] ?? '' }] : [];
    });
  const below = new Set([pid]);
  for (let grown = true; grown;) {
    const before = below.size;
    for (const row of rows) if (below.has(row.parent)) below.add(row.pid);
    grown = below.size > before;
  }
  const found = rows.filter((row) => row.pid !== pid && below.has(row.pid) && fits.test(row.command));
  if (found.length === 0) throw new Error(`Nothing that fits ${String(fits)} runs below ${pid}.`);
  for (const row of found) process.kill(row.pid, 'SIGKILL');
}

/** Waits until a journal under a user data folder has this text on the disk. */
export async function journalHas(userDataDir: string, text: string, patienceMs: number): Promise<void> {
  const folder = join(userDataDir, 'User', 'globalStorage', 'taskboard.taskboard-odoo', 'journal');
  const end = Date.now() + patienceMs;
  for (;;) {
    const names = await readdir(folder).catch(() => []);
    const texts = names
      .filter((name) => name.endsWith('.jsonl'))
      .map((name) => readFile(join(folder, name), 'utf8').catch(() => ''));
    if ((await Promise.all(texts)).some((each) => each.includes(text))) return;
    if (Date.now() > end) throw new Error(`No journal in ${folder} has "${text}".`);
    await delay(50);
  }
}
