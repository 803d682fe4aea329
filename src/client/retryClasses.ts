import type { TaskboardError } from './taskboardError';

/**
 * What a failed write means for the next step. One table for client, outbox and proof:
 * - `again`: no answer, or a passing trouble; the same key again after a while (`Retry-After` when there is one)
 * - `signIn`: the account's whole outbox waits until the person has signed in
 * - `stale`: the card is no longer what the edit was made on; read it again and compare
 * - `few`: a fault inside the server; a few more tries, then a person must look
 * - `unknown`: an unreadable answer; the server may have done it: once more, then a person must look
 * - `park`: refused; it stays until the person edits, resends or discards it
 */
export type RetryClass = 'again' | 'signIn' | 'stale' | 'few' | 'unknown' | 'park';

/** By status; what is missing here: other 5xx are `few`, other 4xx are `park`. */
const BY_STATUS: Record<number, RetryClass> = {
  401: 'signIn',
  408: 'again',
  412: 'stale',
  425: 'again',
  429: 'again',
  500: 'few',
  502: 'again',
  503: 'again',
  504: 'again',
};

/** How often a fault inside the server is tried again before it is parked. */
export const FEW = 3;

export function retryClassOf(error: TaskboardError): RetryClass {
  // A body that broke off or no answer at all; an answer that is not the contract's.
  if (error.kind === 'network' || error.kind === 'timeout') return 'again';
  if (error.kind === 'contract') return 'unknown';
  const { status } = error;
  if (status === undefined) return 'park';
  // A twin with the same key is still running there: the server says when to ask again.
  if (status === 409 && error.retryAfterMs !== undefined) return 'again';
  return BY_STATUS[status] ?? (status >= 500 ? 'few' : 'park');
}

const FIRST_MS = 1_000;
const MOST_MS = 60_000;

/**
 * How long to wait before the next try: full jitter (any time up to a limit that doubles, at most 60 s), and not
 * before the server wants it.
 * @param failures how many tries have failed so far, at least 1
 * @param random from 0 up to 1
 */
export function delayBefore(failures: number, error: TaskboardError, random: () => number): number {
  const limit = Math.min(MOST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 10));
  return Math.max(random() * limit, error.retryAfterMs ?? 0);
}
