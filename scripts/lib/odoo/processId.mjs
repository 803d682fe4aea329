// Processes that outlive the script which started them: a pid alone may by then belong to somebody else, so each is
// remembered together with the moment of its start.
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

/** @typedef {{ pid: number, started: string }} ProcessId `started`: kernel clock ticks from boot to the start */

/** @param {number} pid @returns {ProcessId | undefined} undefined when there is no such process, or it ended */
export function identify(pid) {
  // The second field is the program's name in parentheses and may hold anything: count from behind it.
  const text = processStat(pid);
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const started = fields[19];
  return started === undefined || fields[0] === 'Z' || fields[0] === 'X' ? undefined : { pid, started };
}

/** @param {number} pid */
function processStat(pid) {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

/** Whether it is still that very process. @param {ProcessId | undefined} id */
export function isAlive(id) {
  return id !== undefined && identify(id.pid)?.started === id.started;
}

/**
 * Ends a process that leads its own group, and with it the group: SIGTERM, and SIGKILL when it takes too long.
 * @param {ProcessId} id
 * @param {{ crash?: boolean }} [how] `crash`: SIGKILL at once
 */
export async function stopGroup(id, { crash = false } = {}) {
  if (!isAlive(id)) return;
  if (!crash) {
    process.kill(id.pid, 'SIGTERM');
    if (await waitUntilGone(id, 15_000)) return;
  }
  killGroup(id);
  // The whole group: a child may hold the leader's port a moment longer.
  for (const end = Date.now() + 10_000; Date.now() < end && groupExists(id.pid); await delay(50));
}

/** @param {number} group */
function groupExists(group) {
  try {
    return process.kill(-group, 0);
  } catch {
    return false;
  }
}

/** Kills a process that leads its own group, and the group, at once: for a process that is ending itself. @param {ProcessId | undefined} id */
export function killGroup(id) {
  if (id && isAlive(id)) process.kill(-id.pid, 'SIGKILL');
}

/** Whether it ends within the time. Polls, for the process need not be our child. @param {ProcessId} id @param {number} withinMs */
export async function waitUntilGone(id, withinMs) {
  for (const end = Date.now() + withinMs; Date.now() < end; await delay(100)) {
    if (!isAlive(id)) return true;
  }
  return false;
}

/** A free TCP port of 127.0.0.1: `wanted` when nobody has it, else any. @param {number} [wanted] @returns {Promise<number>} */
export async function freePort(wanted = 0) {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) => (wanted === 0 ? reject(error) : resolve(freePort())));
    server.listen({ port: wanted, host: '127.0.0.1', exclusive: true }, () => {
      const address = server.address();
      const port = address !== null && typeof address === 'object' ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}
