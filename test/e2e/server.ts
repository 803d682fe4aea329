import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../scripts/lib/prepare.mjs';

/** A taskboard server with a user who may do everything. */
export interface TestServer {
  url: string;
  token: string;
  login: string;
  password: string;
  stop(): Promise<void>;
}

/**
 * `npm run serve`, as a process of its own.
 * @param cards how many the first board has; without it, what the demo has
 */
export async function startServe({ cards }: { cards?: number } = {}): Promise<TestServer> {
  const more = cards === undefined ? [] : ['--cards', String(cards)];
  const child = spawn(process.execPath, [join(root, 'scripts', 'serve.mjs'), ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ready = once(createInterface({ input: child.stdout }), 'line');
  const line = await Promise.race([
    ready,
    exited.then(() => Promise.reject(new Error('The server ended before it was ready.'))),
  ]);
  const { url, token } = JSON.parse(String(line[0])) as { url: string; token: string };
  return {
    url,
    token,
    login: 'dev@example.com',
    password: 'demo',
    stop: async () => {
      child.kill();
      await exited;
    },
  };
}

/** One call of a server's API, as a script would make it: for a test's set-up, and to look at the server's side. */
export async function api<T>(server: TestServer, method: string, path: string, body?: unknown): Promise<T> {
  const response = await fetch(`${server.url}/api/v1${path}`, {
    method,
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
  return JSON.parse(text) as T;
}

/** A board that a test made for itself, with the stages To Do, In Progress and Done. */
export interface TestBoard {
  boardId: string;
  name: string;
  stages: Record<'To Do' | 'In Progress' | 'Done', string>;
}

export async function makeBoard(
  server: TestServer,
  name: string,
  titles: readonly string[],
): Promise<TestBoard> {
  type Made = { board: { board_id: string; stages: { stage_id: string; name: string }[] } };
  const { board } = await api<Made>(server, 'POST', '/boards', { name });
  const stages = Object.fromEntries(
    board.stages.map((stage) => [stage.name, stage.stage_id]),
  ) as TestBoard['stages'];
  for (const title of titles.toReversed())
    await api(server, 'POST', '/cards', {
      board_id: board.board_id,
      stage_id: stages['To Do'],
      title,
      position: { after: null },
    });
  return { boardId: board.board_id, name, stages };
}
