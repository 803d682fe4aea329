import { MAX_TEXT } from '../contract/values';

/** So much text stands in one message at most, in UTF-16 units: a long text, the one that it started from, and a little. */
const MAX_CHARACTERS = 2 * 2 * MAX_TEXT + 10_000;
/** So many values, at any depth. */
const MAX_VALUES = 5_000;
const MAX_DEPTH = 8;

/**
 * How many characters a message's input has, in UTF-16 units; null when it is larger than any that a page of ours
 * sends. Looks at no more than that much of it.
 */
export function sizeOf(input: unknown): number | null {
  let characters = 0;
  let values = 0;
  const look = (value: unknown, depth: number): boolean => {
    if (++values > MAX_VALUES || depth > MAX_DEPTH) return false;
    if (typeof value === 'string') return (characters += value.length) <= MAX_CHARACTERS;
    if (typeof value !== 'object' || value === null) return true;
    if (Array.isArray(value))
      return value.length <= MAX_VALUES && value.every((each) => look(each, depth + 1));
    if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return false; // no page of ours sends bytes
    for (const key in value) {
      characters += key.length;
      if (!look((value as Record<string, unknown>)[key], depth + 1)) return false;
    }
    return true;
  };
  return look(input, 0) ? characters : null;
}
