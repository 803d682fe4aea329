import assert from 'node:assert/strict';
import fc from 'fast-check';
import { send, type Fetch } from '../conformance/api';
import { anyRequest, fill, type Role, type Sketch } from './anyRequest';
import { isDocumented, type Operation, OPERATIONS } from './operations';
import { Pool } from './pool';

export interface Target {
  /** The origin, without the base path. */
  url: string;
  /** What takes the place of the global `fetch`. */
  fetch?: Fetch;
  /** A login that can be exchanged for a token. */
  login: { username: string; password: string };
  tokens: Record<Exclude<Role, 'stranger' | 'nobody'>, string>;
}

export interface Run {
  seed: number;
  requests: number;
  /** How many are under way at once. */
  parallel: number;
}

/** How many answers had each status. */
export type Statuses = Record<number, number>;

const TOKENS = { stranger: 'no-such-token', nobody: null };

/**
 * Sends generated requests, the same ones for a seed, and asserts that every answer is one that the published
 * documents give to its operation, and that every operation succeeds with some of them.
 * @throws AssertionError naming seed, place and request of the first answer that is none
 */
export async function answersAll(target: Target, { seed, requests, parallel }: Run): Promise<Statuses> {
  const pool = new Pool(target.login);
  const served = await servedBy(target);
  await lookAround(target, pool);
  const sketches = fc.sample(anyRequest(), { seed, numRuns: requests });
  const statuses: Statuses = {};
  const done = new Set<string>();
  let next = 0;
  const work = async () => {
    for (let place = next++; place < sketches.length; place = next++) {
      const sketch = sketches[place]!;
      try {
        const status = await sendOne(target, sketch, pool);
        statuses[status] = (statuses[status] ?? 0) + 1;
        if (status < 300 && sketch.method === sketch.operation.method) done.add(sketch.operation.name);
      } catch (error) {
        next = sketches.length;
        throw new Error(`seed ${seed}, request ${place}: ${String(error)}`, { cause: error });
      }
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  const never = served.map(({ name }) => name).filter((name) => !done.has(name));
  // Or the requests would be too bad to get anywhere. A token is never revoked: the others need it.
  assert.deepEqual(never, ['revokeToken'], `seed ${seed}: never succeeded`);
  return statuses;
}

async function sendOne(target: Target, sketch: Sketch, pool: Pool): Promise<number> {
  const { operation, method, role, headers, contentType } = sketch;
  const { path, body } = fill(sketch, pool);
  const hasBody = body !== null && method !== 'GET' && method !== 'HEAD';
  const token = { ...target.tokens, ...TOKENS }[role];
  const ask = { token, headers, ...(hasBody && { raw: body, contentType }) };
  const reply = await send(target.url, method, path, ask, target.fetch);
  const said = `${method} ${path} as ${role} ${JSON.stringify(headers)} ${body ?? ''} → ${reply.status} ${reply.text}`;
  if (method === operation.method) isDocumented(operation, reply, said.slice(0, 5000));
  if (reply.status < 300) pool.learn(reply.body);
  return reply.status;
}

async function servedBy({ url, fetch }: Target): Promise<Operation[]> {
  const { body } = await send(url, 'GET', '/health', {}, fetch);
  const { capabilities } = body as { capabilities: string[] };
  return OPERATIONS.filter(({ capability }) => capability === null || capabilities.includes(capability));
}

async function lookAround({ url, fetch, tokens }: Target, pool: Pool): Promise<void> {
  const get = async (path: string) => (await send(url, 'GET', path, { token: tokens.manager }, fetch)).body;
  const { boards } = (await get('/boards?limit=500')) as { boards: { board_id: string }[] };
  pool.learn(boards);
  for (const { board_id } of boards) {
    pool.learn(await get(`/boards/${board_id}/cards?limit=500`));
    pool.learn(await get(`/boards/${board_id}/people?limit=100`));
    pool.learn(await get(`/boards/${board_id}/changes`));
  }
  pool.learn(await get('/tags?limit=500'));
  pool.isFilled();
}
