// Processes and everything below them: an editor or a database starts children that outlive a plain kill.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * The processes below `pid`, parents before their children, without `pid` itself.
 * @param {number} pid
 * @returns {number[]}
 */
function descendants(pid) {
  /** @type {Map<number, number[]>} */
  const children = new Map();
  for (const [child, parent] of processTable())
    children.set(parent, [...(children.get(parent) ?? []), child]);
  const found = [];
  for (
    let next = children.get(pid) ?? [];
    next.length > 0;
    next = next.flatMap((each) => children.get(each) ?? [])
  )
    found.push(...next);
  return found;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return !isZombie(pid);
  } catch {
    return false;
  }
}

/**
 * Ends a process and all below it: asks the top one first, then kills what is left.
 * @param {number} pid
 * @param {number} [patience] milliseconds to let them end by themselves
 */
export async function endTree(pid, patience = 5000) {
  if (process.platform === 'win32') return killTree(pid);
  const all = [pid, ...descendants(pid)];
  send(pid, 'SIGTERM');
  const deadline = Date.now() + patience;
  while (all.some(isAlive) && Date.now() < deadline) await delay(50);
  // A child that was started meanwhile hangs below one of those that are still there.
  for (const each of new Set(all.filter(isAlive).flatMap((left) => [left, ...descendants(left)])))
    send(each, 'SIGKILL');
}

/**
 * Kills a process and all below it at once; for use when this process itself is about to end.
 * @param {number} pid
 */
export function killTree(pid) {
  if (process.platform === 'win32') {
    execFileSync('taskkill', ['/pid', String(pid), '/t', '/f'], { stdio: 'ignore' });
    return;
  }
  for (const each of [pid, ...descendants(pid)]) send(each, 'SIGKILL');
}

/** Kills all that this process started and that is still there. */
export function killDescendants() {
  if (process.platform === 'win32') return; // taskkill would end this process too; its children end with the console
  for (const each of descendants(process.pid)) send(each, 'SIGKILL');
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function send(pid, signal) {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}

/** @returns {[pid: number, parent: number][]} */
function processTable() {
  if (process.platform !== 'linux')
    return execFileSync('ps', ['-A', '-o', 'pid=,ppid='], { encoding: 'utf8' })
      .trim()
      .split('\n')
      .map((line) => /** @type {[number, number]} */ (line.trim().split(/\s+/).map(Number)));
  return readdirSync('/proc')
    .filter((name) => /^[0-9]+$/.test(name))
    .flatMap((name) => {
      const [, parent] = stat(name);
      return parent === undefined ? [] : [/** @type {[number, number]} */ ([Number(name), Number(parent)])];
    });
}

/** @param {number} pid */
function isZombie(pid) {
  return process.platform === 'linux' && stat(String(pid))[0] === 'Z';
}

/**
 * State and parent of a process, from Linux's process table; the name before them may hold spaces and brackets.
 * @param {string} pid
 * @returns {string[]}
 */
function stat(pid) {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return line.slice(line.lastIndexOf(')') + 2).split(' ');
  } catch {
    return []; // it ended while we looked
  }
}
