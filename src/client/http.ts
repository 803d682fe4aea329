import type * as z from 'zod/mini';
import { ErrorBody } from '../contract/errors';
import { CONTRACT_VERSION, VERSION_HEADER } from '../contract/version';
import { isOurs, readJson } from './body';
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
import { TaskboardError } from './taskboardError';
import { t } from '../l10n/l10n';

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
  const timer = setTimeout(() => timeout.abort(), request.timeoutMs);
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
    return await check(request, response);
  } catch (error) {
    if (TaskboardError.is(error)) throw error;
    if (request.signal?.aborted) throw request.signal.reason;
    // More than a text or a stack can hold: the server answered, and too much.
    if (error instanceof RangeError) throw invalidAnswer(request.url, t('too much of it'), write, error);
    const late = timeout.signal.aborted ? request.timeoutMs : undefined;
    throw unreachable(request.url, write && !wasNeverSent(error), late, error);
  } finally {
    clearTimeout(timer);
  }
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

async function check(request: HttpRequest, response: Response): Promise<HttpReply> {
  const { url, method } = request;
  const ambiguous = method !== 'GET';
  const version = response.headers.get(VERSION_HEADER);
  if (version === null) {
    if (PROXY_STATUS.has(response.status)) throw httpError(url, response, undefined, ambiguous);
    if (response.status >= 300 && response.status < 400)
      throw redirected(url, response.headers.get('location'));
    throw notATaskboardServer(url, response.status, ambiguous);
  }
  if (version !== CONTRACT_VERSION) throw wrongVersion(url, version, ambiguous);

  const etag = response.headers.get('etag') ?? undefined;
  if (!request.expected.includes(response.status)) {
    if (response.ok) throw invalidAnswer(url, `status ${response.status}`, ambiguous);
    const body = isOurs(response) ? await readJson(url, response).catch(() => undefined) : undefined;
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
  const body = await readJson(url, response).catch((error: unknown) => {
    throw ambiguous ? lostAnswer(error) : error;
  });
  const read = readAnswer(request.answer, body);
  if (read instanceof Unreadable) throw invalidAnswer(url, read.path || 'body', ambiguous);
  const { value, leftOut } = read;
  return { value, ...(etag !== undefined && { etag }), ...(leftOut > 0 && { leftOut }) };
}
