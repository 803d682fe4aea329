import { invalidAnswer } from './sentences';
import { t } from '../l10n/l10n';

/** The largest answer that a client reads, in bytes. */
export const MAX_ANSWER_BYTES = 20 * 1024 * 1024;

/** Whether an answer says that it is JSON. */
export function isOurs(response: Response): boolean {
  return /^application\/json\s*(;|$)/i.test(response.headers.get('content-type') ?? '');
}

/**
 * Reads a JSON body, bounded.
 * @throws TaskboardError of kind `contract` when it is too large or no JSON
 */
export async function readJson(url: string, response: Response): Promise<unknown> {
  const text = await readText(url, response);
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw invalidAnswer(url, 'no JSON', false, error);
  }
}

async function readText(url: string, response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > MAX_ANSWER_BYTES) {
      await reader.cancel();
      throw invalidAnswer(url, t('more than 20 MB'), false);
    }
    text += decoder.decode(value, { stream: true });
  }
}
