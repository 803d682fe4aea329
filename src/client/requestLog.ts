import { type Log, systemCodeOf } from '../base/log';
import type { Endpoint } from '../contract/endpoint';
import type { Answered } from './http';
import { TaskboardError } from './taskboardError';

/** A request that ended, and how. */
export interface EndedRequest {
  row: Endpoint;
  /** In milliseconds, the wait for its turn left out. */
  took: number;
  answered?: Answered | undefined;
  attempt?: number | undefined;
  /** What it failed with. */
  error?: unknown;
}

/**
 * One line a request: method, path template, status, time, the server's id of it, which try it was, what became of it.
 * A refusal's sentence is left out: it may quote what a person wrote.
 */
export function logRequest(log: Log, { row, took, answered, attempt = 1, error }: EndedRequest): void {
  const { status, requestId } = answered ?? {};
  const line = [
    `${row.method} ${row.path}`,
    status ?? 'no answer',
    `${Math.round(took)} ms`,
    requestId && `request ${requestId}`,
    attempt > 1 && `try ${attempt}`,
    error !== undefined && failureOf(error),
  ];
  log[levelOf(error)](line.filter(Boolean).join(' · '));
}

/** An expected failure in words that hold nothing of a person's: kind, code, whether it may have been done, what the system said. */
export function failureOf(error: unknown): string {
  if (!TaskboardError.is(error)) {
    const gaveUp = !(error instanceof Error) || error.name === 'AbortError';
    return gaveUp ? 'given up' : (systemCodeOf(error) ?? error.name);
  }
  const { kind, status, code, ambiguous, retryAfterMs, details, cause } = error;
  const reference = details?.['reference'];
  return [
    kind,
    status,
    code?.replace(/\W/g, '').slice(0, 40),
    systemCodeOf(cause),
    ambiguous && 'may have been done',
    retryAfterMs !== undefined && `again after ${retryAfterMs} ms`,
    typeof reference === 'string' && `reference ${reference.replace(/[^\w.:-]/g, '').slice(0, 64)}`,
  ]
    .filter((part) => part !== undefined && part !== false)
    .join(', ');
}

function levelOf(error: unknown): 'debug' | 'warn' {
  return error === undefined || !TaskboardError.is(error) ? 'debug' : 'warn';
}
