import { readBytes } from './body';
import type { Fetch } from './http';
import type { Clock } from '../base/clock';
import { drawable, MAX_PICTURE_BYTES, pictureType } from './picture';
import { parseRetryAfter } from './retryAfter';

const TIMEOUT_MS = 10_000;

export interface AvatarRequest {
  fetch: Fetch;
  clock: Clock;
  /** Signed, and on the connection's origin: see `avatarSource`. */
  url: string;
  /** Sent as `X-Odoo-Database`, for servers that hold several databases. */
  database?: string;
  /** Of the picture that is kept: the server need not send it again. */
  etag?: string;
  signal: AbortSignal;
}

export type AvatarAnswer =
  | { kind: 'picture'; uri: string; etag?: string }
  /** What is kept is still right. */
  | { kind: 'unchanged' }
  /** This one can't be had, and asking again soon would not help. `why` holds no address. */
  | { kind: 'none'; why: string }
  /** The server can't be reached, or wants to be left alone. */
  | { kind: 'away'; why: string; retryAfterMs?: number };

/**
 * Asks for one person's picture. Nothing of the account goes along: the address is signed. Never throws, never follows a
 * redirect, reads at most `MAX_PICTURE_BYTES`.
 */
export async function fetchAvatar(request: AvatarRequest): Promise<AvatarAnswer> {
  const { fetch, clock, url, database, etag } = request;
  const done = new AbortController();
  const late = new AbortController();
  clock.wait(TIMEOUT_MS, done.signal).then(
    () => late.abort(),
    () => {},
  );
  try {
    const response = await fetch(url, {
      method: 'GET',
      headers: {
        accept: 'image/*',
        ...(database && { 'x-odoo-database': database }),
        ...(etag && { 'if-none-match': etag }),
      },
      redirect: 'manual',
      credentials: 'omit',
      signal: AbortSignal.any([request.signal, late.signal]),
    });
    const answer = await read(response, clock.now());
    if (answer.kind === 'none' || answer.kind === 'away') await response.body?.cancel().catch(() => {});
    return answer;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: unknown }; name?: unknown };
    const why = late.signal.aborted ? 'no answer in time' : String(cause?.code ?? name);
    return { kind: 'away', why };
  } finally {
    done.abort();
  }
}

async function read(response: Response, now: number): Promise<AvatarAnswer> {
  const { status, headers } = response;
  if (status === 304) return { kind: 'unchanged' };
  if (status === 429 || status >= 500) {
    const wait = parseRetryAfter(headers.get('retry-after'), now);
    return { kind: 'away', why: `status ${status}`, ...(wait !== undefined && { retryAfterMs: wait }) };
  }
  if (status !== 200) return { kind: 'none', why: `status ${status}` };
  // To whoever has no right, or a token that ended, Odoo gives a grey placeholder: the one answer that is not public.
  if (/\bprivate\b/i.test(headers.get('cache-control') ?? '')) return { kind: 'none', why: 'a placeholder' };
  const type = pictureType(headers.get('content-type'));
  if (!type) return { kind: 'none', why: 'no picture' };
  const bytes = await readBytes(response, MAX_PICTURE_BYTES);
  if (!bytes) return { kind: 'none', why: 'too large' };
  if (bytes.byteLength === 0) return { kind: 'none', why: 'empty' };
  const uri = drawable(type, bytes);
  if (uri === undefined) return { kind: 'none', why: 'a picture that may not be drawn' };
  const etag = headers.get('etag');
  return { kind: 'picture', uri, ...(etag !== null && { etag }) };
}
