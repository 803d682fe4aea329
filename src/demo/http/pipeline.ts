import * as z from 'zod/mini';
import type { Endpoint } from '../../contract/endpoint';
import { ENDPOINTS, type EndpointName, PATH_PARAMETERS } from '../../contract/endpoints';
import { BoardId, CardId, numberOf } from '../../contract/ids';
import { validateBody } from '../../contract/validateBody';
import { CONTRACT_VERSION, VERSION_HEADER } from '../../contract/version';
import { ApiError, refused } from '../records/apiError';
import { type IssuedTokens, signedInUser } from '../rules/auth';
import { keyThatCannotBeStored, parseBody, readBody, requireJsonType } from './body';
import type { Answer, Call, Reply } from '../endpoints/call';
import type { UserRecord } from '../records/data';
import { healthBody } from '../endpoints/account';
import { endpoints } from '../endpoints/endpoints';
import { matchesWeakly, parseIdempotencyKey, parseTagCondition } from '../endpoints/headers';
import { keepAnswer, replay } from './idempotency';
import { readQuery } from './queryString';
import { matchRoute } from './router';
import { sha256 } from '../../base/sha256';
import type { Store } from '../records/store';
import { Transaction } from '../rules/transaction';
import type { World } from '../records/world';

export interface Parts {
  store: Store;
  tokens: IssuedTokens;
  now: () => Date;
  onWarning: (message: string) => void;
}

interface Asked {
  name: EndpointName;
  row: Endpoint;
  method: string;
  url: URL;
  headers: Headers;
  bytes: Uint8Array;
  params: Record<string, number>;
  user: UserRecord | null;
  issued: IssuedTokens;
  now: Date;
}

/** Answers one request; whatever goes wrong is an answer too. */
export async function answerRequest(parts: Parts, url: URL, init: RequestInit): Promise<Response> {
  const method = (init.method ?? 'GET').toUpperCase();
  try {
    return respond(method, await answer(parts, url, method, init));
  } catch (error) {
    return respondError(method, error instanceof ApiError ? error : internalError(parts, error));
  }
}

/** The contract's order of checks, up to where the endpoint's own function takes over. */
async function answer(parts: Parts, url: URL, method: string, init: RequestInit): Promise<Answer> {
  const headers = new Headers(init.headers);
  const { name, params: texts } = matchRoute(url.pathname, method);
  const row: Endpoint = ENDPOINTS[name];
  const now = parts.now();
  if (name === 'getHealth' && !(await isReadable(parts.store)))
    return { status: 503, text: JSON.stringify(healthBody('unhealthy', now)), etag: null };
  const user = row.signIn ? signedInUser(await parts.store.read(), parts.tokens, headers, now) : null;
  const bytes = await readBody(headers, init.body);
  if (row.body) requireJsonType(headers, bytes.byteLength);
  const asked: Asked = {
    name,
    row,
    method,
    url,
    headers,
    bytes,
    params: readParams(texts),
    user,
    issued: parts.tokens,
    now,
  };
  const key = row.headers.idempotencyKey ? parseIdempotencyKey(headers) : null;
  const ifMatch = row.headers.ifMatch ? parseTagCondition(headers, 'If-Match') : null;
  const ifNoneMatch = row.headers.ifNoneMatch ? parseTagCondition(headers, 'If-None-Match') : null;

  if (row.method === 'GET') {
    const found = run(asked, await parts.store.read(), ifMatch);
    const unchanged = ifNoneMatch && found.etag && matchesWeakly(ifNoneMatch, found.etag);
    return unchanged ? { status: 304, text: null, etag: found.etag } : found;
  }
  const print = key && fingerprint(asked);
  return parts.store.write((present) => {
    if (!key || !print || !user) return run(asked, present, ifMatch);
    const earlier = replay(present, user.id, key, print, now);
    if (earlier) return earlier;
    const done = run(asked, present, ifMatch);
    keepAnswer(present, user.id, key, print, now, done);
    return done;
  });
}

const isReadable = (store: Store): Promise<boolean> =>
  store.read().then(
    () => true,
    () => false,
  );

/** @throws ApiError `INVALID_BOARD_ID`, `INVALID_CARD_ID`, or refused with the parameter */
function readParams(texts: Record<string, string>): Record<string, number> {
  const numbers: Record<string, number> = {};
  for (const [name, text] of Object.entries(texts)) {
    const isId = (schema: z.ZodMiniType, value: unknown) => z.safeParse(schema, value).success;
    if (name === 'board_id' && !isId(BoardId, text))
      throw new ApiError('INVALID_BOARD_ID', 'A board id looks like project:7.');
    if (name === 'card_id' && !isId(CardId, text))
      throw new ApiError('INVALID_CARD_ID', 'A card id looks like task:7.');
    if (name === 'stage_id' && !isId(PATH_PARAMETERS.stage_id, text))
      throw refused(name, 'A stage id looks like stage:7.');
    if (
      name === 'partner_id' &&
      !(/^[1-9][0-9]*$/.test(text) && isId(PATH_PARAMETERS.partner_id, Number(text)))
    )
      throw refused(name, 'A partner id is a number like 7.');
    numbers[name] = name === 'partner_id' ? Number(text) : numberOf(text);
  }
  return numbers;
}

function fingerprint({ method, url, bytes }: Asked): string {
  return sha256(JSON.stringify([method, decodeURIComponent(url.pathname), new TextDecoder().decode(bytes)]));
}

/** Calls the endpoint's function; what it changes gets its revisions. */
function run(asked: Asked, world: World, ifMatch: Call<'updateCard'>['ifMatch']): Answer {
  const { row, name, bytes, url } = asked;
  let queryRead = false;
  const query = () => {
    queryRead = true;
    return readQuery(url.searchParams, row.query);
  };
  const tx = new Transaction(world, asked.now.toISOString());
  const call = {
    ...asked,
    world,
    ifMatch,
    tx,
    query,
    body: () => {
      query(); // even a parameter that nobody reads must be known
      return checkedBody(row, parseBody(bytes));
    },
    peek: () => peekBody(bytes),
  };
  const endpoint = endpoints[name] as unknown as (call: unknown) => Reply<EndpointName>;
  const reply = endpoint(call);
  if (!queryRead) query(); // of a GET without parameters; who writes has read it before
  tx.commit();
  const status = reply.status ?? row.status[0] ?? 200;
  return { status, text: row.answer ? JSON.stringify(reply.body) : null, etag: reply.etag ?? null };
}

function checkedBody(row: Endpoint, value: Record<string, unknown>): unknown {
  if (!row.body) return undefined;
  const checked = validateBody(row.body, value);
  if (!checked.ok) throw refused(checked.fault.field, checked.fault.message);
  const field = keyThatCannotBeStored(checked.body as Record<string, unknown>);
  if (field) throw refused(field, `${field} holds a character that cannot be stored (NUL or half a pair).`);
  return checked.body;
}

function peekBody(bytes: Uint8Array): Record<string, unknown> {
  try {
    return parseBody(bytes);
  } catch {
    return {};
  }
}

function respond(method: string, { status, text, etag }: Answer): Response {
  const headers = new Headers({ [VERSION_HEADER]: CONTRACT_VERSION });
  if (etag) headers.set('ETag', etag);
  if (text === null) return new Response(null, { status, headers });
  headers.set('Content-Type', 'application/json');
  headers.set('Content-Length', String(new TextEncoder().encode(text).byteLength));
  return new Response(method === 'HEAD' ? null : text, { status, headers });
}

function respondError(method: string, error: ApiError): Response {
  const text = JSON.stringify(error.body);
  const response = respond(method, { status: error.status, text, etag: null });
  for (const [name, value] of Object.entries(error.headers)) response.headers.set(name, value);
  return response;
}

function internalError({ onWarning }: Parts, error: unknown): ApiError {
  const reference = crypto.randomUUID();
  onWarning(
    `Internal error ${reference}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
  );
  return new ApiError('INTERNAL_ERROR', `Something went wrong inside (reference ${reference}).`, {
    reference,
  });
}
