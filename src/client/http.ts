import type * as z from 'zod/mini';
import { Token } from '../contract/answers';
import { ErrorBody } from '../contract/errors';
import { CONTRACT_VERSION, VERSION_HEADER } from '../contract/version';
import { isOurs, MAX_REFUSAL_BYTES, readJson } from './body';
import {
  httpError,
  invalidAnswer,
  lostAnswer,
  notATaskboardServer,
  redirected,
  unreachable,
  wrongVersion,
} from './sentences';
import { readAnswer, Unreadable } from './reading';
import { Secrets } from './secrets';
import { TaskboardError } from './taskboardError';
import { t } from '../l10n/l10n';
import { after } from '../base/timers';

/** The part of `fetch` that the client needs: the demo backend gives another one. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

export interface HttpRequest {
  url: string;
  method: string;
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
  signal?: AbortSignal;
  /** Success statuses. */
  expected: readonly number[];
  /** The schema of a success; null for an answer without a body. */
  answer: z.ZodMiniType | null;
  /** What was sent and must not come back to anybody's eye. */
  secrets: Secrets;
  /** Told as soon as there is an answer, whatever becomes of it. */
  onAnswer?: (answered: Answered) => void;
}

/** What an answer says of itself. */
export interface Answered {
  status: number;
  /** What the server, or the proxy before it, calls this request in its own log. */
  requestId?: string;
}

export interface HttpReply {
  value: unknown;
  etag?: string;
  /** How many elements of the answer's list could not be read; absent for none. */
  leftOut?: number;
}

// A proxy in front of the server answers with these of its own, without our header.
const PROXY_STATUS = new Set([429, 502, 503, 504]);

/**
 * Sends one request and checks the answer in the contract's order: version, then status, then body.
 * @throws TaskboardError for every failure; the signal's reason when the caller gave up
 */
export async function send(fetch: Fetch, request: HttpRequest): Promise<HttpReply> {
  const write = request.method !== 'GET';
  const timeout = new AbortController();
  const timer = after(request.timeoutMs, () => timeout.abort());
  const signal = request.signal ? AbortSignal.any([request.signal, timeout.signal]) : timeout.signal;
  try {
    const response = await fetch(request.url, {
      method: request.method,
      headers: request.headers,
      // Never follow: the token must not leave its origin.
      redirect: 'manual',
      signal,
      ...(request.body !== undefined && { body: request.body }),
    });
    request.onAnswer?.(answered(request, response));
    return await check(request, response);
  } catch (error) {
    if (request.signal?.aborted && !TaskboardError.is(error)) throw request.signal.reason;
    throw withoutSecrets(errorOf(error), request.secrets);
  } finally {
    clearTimeout(timer);
  }

  function errorOf(error: unknown): TaskboardError {
    if (TaskboardError.is(error)) return error;
    // More than a text or a stack can hold: the server answered, and too much.
    if (error instanceof RangeError) return invalidAnswer(request.url, t('too much of it'), write, error);
    const late = timeout.signal.aborted ? request.timeoutMs : undefined;
    return unreachable(request.url, write && !wasNeverSent(error), late, error);
  }
}

/** The same error without what went along with the request: the one place that all of them pass. */
function withoutSecrets(error: TaskboardError, secrets: Secrets): TaskboardError {
  const { kind, status, code, details, retryAfterMs, ambiguous, etag, cause } = error;
  return new TaskboardError(secrets.text(error.message), {
    ...{ kind, ambiguous, cause: secrets.cause(cause) },
    ...(status !== undefined && { status }),
    ...(code !== undefined && { code: secrets.text(code) }),
    ...(details !== undefined && { details: secrets.value(details) as Record<string, unknown> }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(etag !== undefined && { etag: secrets.text(etag) }),
  });
}

// Failures of name resolution and of connecting: nothing of the request has left this machine.
const BEFORE_SENDING = new Set([
  'ECONNREFUSED',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
]);

function wasNeverSent(error: unknown): boolean {
  const { cause } = error as { cause?: { code?: unknown } };
  return typeof cause?.code === 'string' && BEFORE_SENDING.has(cause.code);
}

/** A request's id is a server's text: of few letters, and cut. */
function answered({ secrets }: HttpRequest, { status, headers }: Response): Answered {
  const id = secrets
    .text(headers.get('x-request-id') ?? '')
    .replace(/[^\w.:-]/g, '')
    .slice(0, 64);
  return { status, ...(id !== '' && { requestId: id }) };
}

async function check(request: HttpRequest, response: Response): Promise<HttpReply> {
  const { url, method } = request;
  const ambiguous = method !== 'GET';
  const version = response.headers.get(VERSION_HEADER);
  if (version === null) {
    if (PROXY_STATUS.has(response.status)) throw httpError(url, response, undefined, ambiguous);
    if (response.status >= 300 && response.status < 400)
      throw redirected(url, response.headers.get('location'));
    throw notATaskboardServer(url, response, method);
  }
  if (version !== CONTRACT_VERSION) throw wrongVersion(url, version, ambiguous);

  // A proxy that packs an answer calls the tag in it weak; for the server, it is the tag that it gave.
  const tag = response.headers.get('etag')?.replace(/^W\//, '');
  const etag = tag === undefined ? undefined : request.secrets.text(tag);
  if (!request.expected.includes(response.status)) {
    if (response.ok) throw invalidAnswer(url, `status ${response.status}`, ambiguous);
    const body = isOurs(response)
      ? await readJson(url, response, request.secrets, MAX_REFUSAL_BYTES).catch(() => undefined)
      : undefined;
    const read = readAnswer(ErrorBody, body);
    const error = read instanceof Unreadable ? undefined : (read.value as ErrorBody).error;
    throw httpError(url, response, error, ambiguous, etag);
  }
  if (request.answer === null || response.status === 204) return { value: undefined };
  if (!isOurs(response))
    throw invalidAnswer(
      url,
      t('content type {0}', response.headers.get('content-type') ?? t('none')),
      ambiguous,
    );
  // The answer to a sign-in is a secret by itself; what may be in it of the password nobody is shown.
  const kept = request.answer === Token ? new Secrets([]) : request.secrets;
  const body = await readJson(url, response, kept).catch((error: unknown) => {
    throw ambiguous ? lostAnswer(error) : error;
  });
  const read = readAnswer(request.answer, body);
  if (read instanceof Unreadable) throw invalidAnswer(url, read.path || 'body', ambiguous);
  const { value, leftOut } = read;
  return { value, ...(etag !== undefined && { etag }), ...(leftOut > 0 && { leftOut }) };
}
