import { setTimeout as wait } from 'node:timers/promises';
import type { Fetch } from '../../../test/conformance/api';
import { BASE_PATH } from '../../../src/contract/version';
import { EXIT, Stop } from '../stop';

/** What was made on the server, so that it can be removed again. */
export interface Made {
  boards: Set<string>;
  cards: Set<string>;
  tags: Set<string>;
  tokens: Set<string>;
}

export interface LiveFetchOptions {
  /** A session cookie that takes the place of the bearer token `sessionToken`. */
  session?: string | undefined;
  database?: string | undefined;
  made: Made;
  onToken: (token: string) => void;
  onRefusedByPace: (response: Response) => void;
}

/** What stands for the session where a token is expected. */
export const SESSION_TOKEN = 'the-session-cookie';

/** Longer than any proxy should ask for. */
const LONGEST_PAUSE_S = 60;
const TRIES = 5;

/**
 * A `fetch` for a server that others use, too: it keeps the pace that the server asks for (429 with Retry-After),
 * remembers what it made, and ends the run with a sentence when the server goes away.
 */
export function liveFetch(options: LiveFetchOptions): Fetch {
  return async (url, init) => {
    const request = prepared(init, options);
    for (let tries = 1; ; tries++) {
      const response = await reach(url, request);
      // A stream is used up by the first try; nothing here sends one that matters.
      if (response.status !== 429 || tries === TRIES || init.body instanceof ReadableStream) {
        await remember(url, response, options);
        return response;
      }
      const seconds = Number(response.headers.get('retry-after'));
      if (!(seconds > 0 && seconds <= LONGEST_PAUSE_S)) return response;
      options.onRefusedByPace(response);
      await response.arrayBuffer();
      await wait(seconds * 1000);
    }
  };
}

/** Sends; a connection that can't be made, or breaks, ends the run. */
export async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, init);
  } catch (error) {
    throw new Stop(EXIT.unreachable, `${new URL(url).origin} does not answer: ${reasonOf(error)}.`);
  }
}

const REASONS: Record<string, string> = {
  ECONNREFUSED: 'the connection is refused, so nothing runs there or a firewall is between',
  ENOTFOUND: 'there is no host of that name',
  EAI_AGAIN: 'the name could not be looked up',
  ECONNRESET: 'the connection was closed',
  UND_ERR_SOCKET: 'the connection was closed; is it https where http was asked for, or the other way round',
  ERR_SSL_WRONG_VERSION_NUMBER: 'it does not speak TLS; is it http',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is self-signed; name it in NODE_EXTRA_CA_CERTS',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate authority is not known; name it in NODE_EXTRA_CA_CERTS',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate authority is not known; name it in NODE_EXTRA_CA_CERTS',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another host name',
};

function reasonOf(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } };
  if (name === 'TimeoutError') return 'there was no answer in time';
  return REASONS[cause?.code ?? ''] ?? cause?.message ?? cause?.code ?? message;
}

function prepared(init: RequestInit, { session, database }: LiveFetchOptions): RequestInit {
  const headers = new Headers(init.headers);
  if (database) headers.set('X-Odoo-Database', database);
  if (session && headers.get('authorization') === `Bearer ${SESSION_TOKEN}`) {
    headers.delete('authorization');
    headers.set('cookie', `session_id=${session}`);
    // A session may write only with this type, also where there is no body.
    if (init.method === 'DELETE') headers.set('content-type', 'application/json');
  }
  return { ...init, headers };
}

async function remember(url: string, response: Response, { made, onToken }: LiveFetchOptions): Promise<void> {
  const path = new URL(url).pathname.replace(BASE_PATH, '');
  if (path === '/auth/token' && response.status === 200) {
    const token = await keyOf(response, 'token');
    if (typeof token !== 'string') return;
    made.tokens.add(token);
    onToken(token);
  }
  if (response.status !== 201) return;
  const kind = ({ '/boards': 'board', '/cards': 'card', '/tags': 'tag' } as const)[path];
  if (!kind) return;
  const entity = (await keyOf(response, kind)) as Record<string, unknown> | undefined;
  const id = entity?.[`${kind}_id`];
  if (typeof id === 'string') made[`${kind}s`].add(id);
}

async function keyOf(response: Response, key: string): Promise<unknown> {
  const body = (await response
    .clone()
    .json()
    .catch(() => undefined)) as Record<string, unknown> | undefined;
  return body?.[key];
}
