import { MAX_REQUEST_BYTES } from '../../contract/version';
import { ApiError, refused } from '../records/apiError';

const tooLarge = (): ApiError =>
  new ApiError('PAYLOAD_TOO_LARGE', `A request may have at most ${MAX_REQUEST_BYTES} bytes.`);

/**
 * Reads a request's body, but never more than is allowed.
 * @throws ApiError `PAYLOAD_TOO_LARGE`, before reading when the length is announced
 */
export async function readBody(headers: Headers, body: RequestInit['body']): Promise<Uint8Array> {
  const announced = Number(headers.get('content-length') ?? 0);
  if (announced > MAX_REQUEST_BYTES) throw tooLarge();
  if (body === null || body === undefined) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of partsOf(body)) {
    size += chunk.byteLength;
    if (size > MAX_REQUEST_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  const bytes = new Uint8Array(size);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.byteLength;
  }
  return bytes;
}

/** The body piece by piece; whoever stops early gives the rest up. */
async function* partsOf(body: NonNullable<RequestInit['body']>): AsyncGenerator<Uint8Array> {
  const reader = new Response(body).body?.getReader();
  try {
    for (let part = await next(reader); part && !part.done; part = await next(reader)) yield part.value;
  } finally {
    await reader?.cancel().catch(() => {}); // it may have broken off already
  }
}

async function next(reader: ReadableStreamDefaultReader<Uint8Array> | undefined) {
  try {
    return await reader?.read();
  } catch {
    throw refused('body', 'The body broke off before its end.');
  }
}

/**
 * Only JSON in UTF-8 is understood. An empty body without a type passes here and is refused as a body later.
 * @throws ApiError `UNSUPPORTED_MEDIA_TYPE`
 */
export function requireJsonType(headers: Headers, size: number): void {
  const type = headers.get('content-type');
  if (type === null && size === 0) return;
  const [media = '', ...parameters] = (type ?? '').split(';').map((part) => part.trim().toLowerCase());
  const charset =
    parameters
      .find((part) => part.startsWith('charset='))
      ?.slice(8)
      .replaceAll('"', '') ?? 'utf-8';
  const encoding = headers.get('content-encoding')?.trim().toLowerCase() ?? 'identity';
  if (media !== 'application/json' || !['utf-8', 'utf8'].includes(charset) || encoding !== 'identity')
    throw new ApiError('UNSUPPORTED_MEDIA_TYPE', 'Send JSON in UTF-8, with Content-Type: application/json.');
}

/** @throws ApiError refused, field `body`: no UTF-8, no JSON, no object, empty */
export function parseBody(bytes: Uint8Array): Record<string, unknown> {
  if (bytes.byteLength === 0) throw refused('body', 'The body is empty; a JSON object is needed.');
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    throw refused('body', 'The body is not JSON in UTF-8.');
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw refused('body', 'The body must be a JSON object.');
  return value as Record<string, unknown>;
}

/** PostgreSQL, and so Odoo, holds neither NUL nor half of a surrogate pair: refused here too, at any depth. */
const UNSTORABLE = /[\0\p{Surrogate}]/u;

/** @returns the first top-level key with a text, however deep, that no Odoo can store; null when there is none */
export function keyThatCannotBeStored(body: Record<string, unknown>): string | null {
  return Object.keys(body).find((key) => holdsUnstorable(body[key])) ?? null;
}

function holdsUnstorable(value: unknown): boolean {
  if (typeof value === 'string') return UNSTORABLE.test(value);
  return typeof value === 'object' && value !== null && Object.values(value).some(holdsUnstorable);
}
