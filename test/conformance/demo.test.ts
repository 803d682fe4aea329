import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { CAPABILITIES } from '../../src/contract/capabilities';
import { send } from './api';
import type { OtherUser } from './backend';
import { defineConformance } from './conformance';

const root = join(__dirname, '..', '..');

// The demo board as everybody starts it: its own process, on a free port, with its own data.
defineConformance({
  name: 'the demo backend',
  announces: CAPABILITIES,
  start: async () => {
    const data = await mkdtemp(join(tmpdir(), 'taskboard-conformance-'));
    const child = spawn(process.execPath, ['scripts/serve.mjs', '--port', '0', '--data', data], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const stop = async () => {
      await end(child);
      await rm(data, { recursive: true, force: true });
    };
    try {
      const { url, token, login, password } = await firstLine(child);
      return {
        url,
        token,
        login: { username: login, password },
        asUser: (role) => tokenFor(url, USERS[role]),
        stop,
      };
    } catch (error) {
      await stop();
      throw error;
    }
  },
});

/** Of the demo's people, somebody who is no manager and somebody from outside. */
const USERS: Record<OtherUser, { username: string; password: string }> = {
  contributor: { username: 'mara@example.com', password: 'demo' },
  viewer: { username: 'viewer@example.com', password: 'viewer' },
};

async function tokenFor(url: string, login: { username: string; password: string }): Promise<string> {
  const { status, text, body } = await send(url, 'POST', '/auth/token', { json: login });
  assert.equal(status, 200, text);
  return (body as { token: string }).token;
}

/** What the server prints on its first line. */
interface Started {
  url: string;
  token: string;
  login: string;
  password: string;
}

/** The one JSON line that says where the server is. */
async function firstLine(child: ChildProcess): Promise<Started> {
  assert.ok(child.stdout);
  for await (const line of createInterface(child.stdout)) return JSON.parse(line) as Started;
  throw new Error('scripts/serve.mjs ended without a line that says where it listens');
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}
