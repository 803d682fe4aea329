import type { Secrets } from './secrets';
import { invalidAnswer } from './sentences';
import { Structure } from './structure';
import { t } from '../l10n/l10n';

/** The largest answer that a client reads, in bytes. */
const MAX_ANSWER_BYTES = 20 * 1024 * 1024;

/** A refusal is a sentence or two: of a larger one nothing is read. */
export const MAX_REFUSAL_BYTES = 256 * 1024;

/** Whether an answer says that it is JSON. */
export function isOurs(response: Response): boolean {
  return /^application\/json\s*(;|$)/i.test(response.headers.get('content-type') ?? '');
}

/**
 * Reads a JSON body, bounded in its bytes and in what it holds, without the secrets that went along with the request.
 * @throws TaskboardError of kind `contract` when it is too much or no JSON
 */
export async function readJson(
  url: string,
  response: Response,
  secrets: Secrets,
  most = MAX_ANSWER_BYTES,
): Promise<unknown> {
  const text = await readText(url, response, most);
  try {
    return secrets.parsed(JSON.parse(text), text);
  } catch (error) {
    throw invalidAnswer(url, 'no JSON', false, error);
  }
}

/** Reads a body of at most `max` bytes; nothing when it is larger, and then the rest of it is not read. */
export async function readBytes(response: Response, max: number): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  const whole = await readPieces(response, max, (piece) => pieces.push(piece));
  return whole ? Buffer.concat(pieces) : undefined;
}

async function readText(url: string, response: Response, most: number): Promise<string> {
  const decoder = new TextDecoder();
  const structure = new Structure();
  let text = '';
  const whole = await readPieces(response, most, (piece) => {
    const fault = structure.take(piece);
    if (fault !== undefined) throw invalidAnswer(url, fault, false);
    text += decoder.decode(piece, { stream: true });
  });
  if (!whole) throw invalidAnswer(url, t('more than 20 MB'), false);
  return text + decoder.decode();
}

/** Hands a body's pieces on as they come. False when it is larger than `max` bytes: the rest is not read. */
async function readPieces(
  response: Response,
  max: number,
  take: (piece: Uint8Array) => void,
): Promise<boolean> {
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array> | undefined;
  if (!reader) return true;
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    size += value.byteLength;
    if (size > max) {
      await reader.cancel();
      return false;
    }
    try {
      take(value);
    } catch (error) {
      await reader.cancel().catch(() => {});
      throw error;
    }
  }
}
