import { readdirSync, readFileSync } from 'node:fs';

const TICKS_A_SECOND = 100; // USER_HZ of every Linux that Node runs on

/**
 * Processor time that a process and all its descendants have used, in seconds, those that ended included as far as
 * their parents waited for them. Source: proc(5), `/proc/[pid]/stat`.
 * @param serving counts only those whose command line holds this: PostgreSQL's name the database that they serve
 */
export function processorSeconds(root: number, serving?: string): number {
  const processes = new Map<number, { parent: number; ticks: number }>();
  for (const entry of readdirSync('/proc')) {
    if (!/^[0-9]+$/.test(entry)) continue;
    const fields = statOf(entry);
    if (!fields) continue;
    // Without pid and name: state is 0, ppid 1, utime to cstime 11 to 14.
    const ticks = fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0);
    processes.set(Number(entry), { parent: Number(fields[1]), ticks });
  }
  const isBelow = (pid: number): boolean => {
    for (let at: number | undefined = pid; at; at = processes.get(at)?.parent) if (at === root) return true;
    return false;
  };
  let ticks = 0;
  for (const [pid, process] of processes)
    if (isBelow(pid) && (serving === undefined || commandOf(pid).includes(serving))) ticks += process.ticks;
  return ticks / TICKS_A_SECOND;
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return ''; // it ended meanwhile
  }
}

function statOf(pid: string): string[] | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name stands in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return null; // it ended meanwhile
  }
}
