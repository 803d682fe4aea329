import assert from 'node:assert/strict';
import { ERROR_STATUS, type ErrorBody } from '../../src/contract/errors';
import { BASE_PATH, CONTRACT_VERSION, VERSION_HEADER } from '../../src/contract/version';
import { matchesSchema } from './answers';

/** Odoo may retry inside for 30 s before it answers. */
const TIMEOUT_MS = 90_000;

export type QueryValue = string | number | boolean | readonly (string | number)[] | null | undefined;

/** What is sent. `json` is written as JSON; `raw` goes out as it is, with `contentType` (null: none at all). */
export interface Ask {
  token?: string | null | undefined;
  headers?: Record<string, string> | undefined;
  query?: Record<string, QueryValue> | undefined;
  json?: unknown;
  raw?: string | Uint8Array<ArrayBuffer> | ReadableStream;
  contentType?: string | null;
}

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; undefined when there is none. */
  body: unknown;
}

/** The global `fetch`, or what takes its place for a server inside this process. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/**
 * One request over plain HTTP. Whatever the answer is, it must keep the ground rules: version header, JSON,
 * statuses and errors in the contract's form.
 * @param path below the base path, already encoded
 */
export async function send(
  url: string,
  method: string,
  path: string,
  ask: Ask = {},
  through: Fetch = fetch,
): Promise<Reply> {
  const what = `${method} ${path}${queryText(ask.query)}`;
  const raw = ask.raw ?? (ask.json === undefined ? undefined : JSON.stringify(ask.json));
  const contentType =
    ask.contentType === undefined && raw !== undefined ? 'application/json' : ask.contentType;
  const response = await through(url + BASE_PATH + path + queryText(ask.query), {
    method,
    headers: {
      ...(ask.token ? { Authorization: `Bearer ${ask.token}` } : {}),
      ...(contentType ? { 'Content-Type': contentType } : {}),
      ...ask.headers,
    },
    // fetch gives a string a type of its own, bytes none.
    ...(raw !== undefined && { body: typeof raw === 'string' ? new TextEncoder().encode(raw) : raw }),
    ...(raw instanceof ReadableStream && { duplex: 'half' as const }),
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const text = await response.text();
  return keepsTheRules(what, method, path, response, text);
}

function keepsTheRules(what: string, method: string, path: string, response: Response, text: string): Reply {
  const { status, headers } = response;
  const said = `${what} → ${status} ${text.slice(0, 300)}`;
  assert.equal(headers.get(VERSION_HEADER), CONTRACT_VERSION, `${said}\nwithout ${VERSION_HEADER}`);
  assert.ok(status < 500 || status === 503, said);
  if (method === 'OPTIONS') return { status, headers, text, body: undefined };
  if (method === 'HEAD' || status === 204 || status === 304) {
    assert.equal(text, '', `${said}\nhas a body`);
    return { status, headers, text, body: undefined };
  }
  assert.match(headers.get('content-type') ?? '', /^application\/json(; ?charset="?utf-8"?)?$/i, said);
  const body = JSON.parse(text) as unknown;
  assert.ok(body !== null && typeof body === 'object' && !Array.isArray(body), said);
  if (status === 503 && path === '/health') matchesSchema('Health', body, said);
  else if (status >= 400) isContractError(said, response, body);
  else assert.ok(!('error' in body), `${said}\nis a success with an error`);
  return { status, headers, text, body };
}

function isContractError(said: string, { status, headers }: Response, body: unknown): void {
  matchesSchema('Error', body, said);
  const { code, message, details } = (body as ErrorBody).error;
  const expected = (ERROR_STATUS as Record<string, number | undefined>)[code];
  assert.equal(status, expected, `${said}\n${code} has the status ${expected}`);
  assert.ok(message.trim().length > 0, `${said}\nhas no message`);
  if (status === 503 || status === 429) assert.ok(headers.has('retry-after'), `${said}\nwithout Retry-After`);
  // A sentence may repeat what the client itself wrote.
  const given = Array.isArray(details?.['unknown']) ? details['unknown'].map(String) : [];
  const own = given.reduce((text, each) => text.replaceAll(each, ''), message);
  assert.doesNotMatch(own, /Traceback|psycopg|<[a-z]+/i, `${said}\nshows its inside`);
}

/** `?a=1&b=2&b=3`; null and undefined are left out. */
function queryText(query: Record<string, QueryValue> = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    for (const one of Array.isArray(value) ? (value as readonly string[]) : [value])
      if (one !== undefined && one !== null) parameters.append(name, String(one));
  return parameters.size > 0 ? `?${parameters.toString()}` : '';
}

/** Asserts a refusal: its code, and with `field` also what it is about. */
export function isRefusal(reply: Reply, code: string, field?: string): ErrorBody['error'] {
  const said = `${reply.status} ${reply.text.slice(0, 300)}`;
  assert.ok(reply.status >= 400, `expected ${code}, got ${said}`);
  const { error } = reply.body as ErrorBody;
  assert.equal(error.code, code, said);
  if (field !== undefined) {
    const named = error.details?.['field'];
    assert.equal(
      typeof named === 'string' ? named.toLowerCase() : named,
      field.toLowerCase(),
      `details.field of ${said}`,
    );
  }
  return error;
}
