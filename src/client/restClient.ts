import { CAPABILITIES, type Capability } from '../contract/capabilities';
import type { Endpoint } from '../contract/endpoint';
import { type EndpointName, ENDPOINTS } from '../contract/endpoints';
import { BASE_PATH } from '../contract/version';
import { type Log, silent } from '../base/log';
import { type Answered, type Fetch, type HttpReply, send } from './http';
import { type Clock, systemClock } from '../base/clock';
import { createPacer, READ_PACE, WRITE_PACE } from './pacing';
import { logRequest } from './requestLog';
import type { CallOptions, TaskboardClient } from './taskboardClient';
import { Secrets } from './secrets';
import { TaskboardError } from './taskboardError';

export interface RestClientOptions {
  /** Scheme, host and port, such as `https://odoo.example.com`; the token goes nowhere else. */
  origin: string;
  fetch: Fetch;
  /** The token of the moment; asked for at every call, nothing when signed out. */
  token?: () => string | undefined;
  /** Sent as `X-Odoo-Database`, for servers that hold several databases. */
  database?: string;
  clock?: Clock;
  /** Told of each request. */
  log?: Log;
  /** How long a read and a write may take, in milliseconds. Odoo may retry a write inside for 30 s. */
  timeouts?: { read: number; write: number };
}

const TIMEOUTS = { read: 30_000, write: 45_000 };

/** A generic call, as the table-driven adapter makes it. */
interface AnyRequest {
  params?: Record<string, string | number>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** The client for a server that speaks the contract over HTTP. Every method comes from the endpoint table. */
export function createRestClient(options: RestClientOptions): TaskboardClient {
  const { clock = systemClock, log = silent } = options;
  const timeouts = options.timeouts ?? TIMEOUTS;
  const pacers = { read: createPacer(READ_PACE, clock), write: createPacer(WRITE_PACE, clock) };

  let known: { token: string | undefined; secrets: Secrets } = { token: undefined, secrets: new Secrets([]) };

  async function call(
    row: Endpoint,
    request: AnyRequest,
    { signal, attempt, ...call }: CallOptions,
  ): Promise<HttpReply> {
    const kind = row.method === 'GET' ? 'read' : 'write';
    await pacers[kind].turn(signal);
    const began = clock.now();
    let answered: Answered | undefined;
    const tell = (error?: unknown) =>
      logRequest(log, { row, took: clock.now() - began, answered, attempt, error });
    try {
      const reply = await send(options.fetch, {
        url: urlOf(options.origin, row, request),
        method: row.method,
        headers: headersOf(row, call),
        ...(row.body && { body: JSON.stringify(request.body) }),
        timeoutMs: timeouts[kind],
        ...(signal && { signal }),
        expected: row.status,
        answer: row.answer,
        secrets: secretsOf(request),
        onAnswer: (facts) => (answered = facts),
      });
      tell();
      return reply;
    } catch (error) {
      tell(error);
      if (TaskboardError.is(error) && error.kind === 'rateLimited')
        pacers[kind].pauseUntil(clock.now() + (error.retryAfterMs ?? 5_000));
      throw error;
    }
  }

  function secretsOf({ body }: AnyRequest): Secrets {
    const token = options.token?.();
    const { password } = (body ?? {}) as { password?: string };
    if (password !== undefined) return new Secrets([token, password]);
    if (token !== known.token) known = { token, secrets: new Secrets([token]) };
    return known.secrets;
  }

  function headersOf(row: Endpoint, call: Omit<CallOptions, 'signal' | 'attempt'>): Record<string, string> {
    const token = row.signIn ? options.token?.() : undefined;
    return {
      accept: 'application/json',
      ...(row.body && { 'content-type': 'application/json' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(options.database && { 'x-odoo-database': options.database }),
      ...(row.headers.idempotencyKey && call.idempotencyKey && { 'idempotency-key': call.idempotencyKey }),
      ...(row.headers.ifMatch && call.ifMatch && { 'if-match': call.ifMatch }),
    };
  }

  const methods = Object.fromEntries(
    Object.entries(ENDPOINTS).map(([name, row]) => [
      name,
      (request: AnyRequest, callOptions: CallOptions = {}) => call(row, request, callOptions),
    ]),
  ) as unknown as Pick<TaskboardClient, EndpointName>;

  let announced: Promise<ReadonlySet<Capability>> | undefined;
  return {
    ...methods,
    capabilities(callOptions) {
      announced ??= methods.getHealth({}, callOptions).then(
        ({ value }) => new Set(CAPABILITIES.filter((name) => value.capabilities?.includes(name))),
        (error: unknown) => {
          announced = undefined;
          throw error;
        },
      );
      return announced;
    },
  };
}

/** Fills the path template and writes the query; empty and absent values are left out, lists repeat their name. */
function urlOf(origin: string, row: Endpoint, { params = {}, query = {} }: AnyRequest): string {
  const path = row.path.replace(/\{([a-z_]+)\}/g, (_, name: string) =>
    encodeURIComponent(String(params[name])),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const item of Array.isArray(value) ? value : [value])
      if (item !== undefined && item !== null && item !== '') search.append(name, String(item));
  }
  const text = search.toString();
  return `${origin}${BASE_PATH}${path}${text && `?${text}`}`;
}
