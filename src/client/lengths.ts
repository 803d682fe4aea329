import { MAX_TEXT } from '../contract/values';

// How long a text of an answer may be, in UTF-16 units: nobody reads more of it, and whatever is drawn, searched or kept
// with five megabytes of a name in it takes the window along.

/** Names, titles, addresses, states: four times what the contract lets anybody write. */
export const MAX_SHORT = 2_000;
/** A server's own sentence, a value within an activity, a line of a checklist. */
const MAX_SENTENCE = 10_000;

const LONGER: Record<string, number> = {
  description_md: 2 * MAX_TEXT,
  body_md: 2 * MAX_TEXT,
  description: 2 * MAX_TEXT,
  message: MAX_SENTENCE,
  text: MAX_SENTENCE,
  old_value: MAX_SENTENCE,
  new_value: MAX_SENTENCE,
  // Made by the server for itself: a part of one is none.
  token: 20_000,
  cursor: 20_000,
};

/** What leads somewhere else when its end is missing. */
const WHOLE_OR_NOT = /_url$|^token$|^cursor$/;

/** The longest text that a key of an answer may have. */
const mostOf = (key: string): number => (Object.hasOwn(LONGER, key) ? LONGER[key]! : MAX_SHORT);

export const isTooLong = (key: string, text: string): boolean => text.length > mostOf(key);

/** A text that is too long, cut; null for one of which a part is of no use. */
export function shortened(key: string, text: string): string | null {
  if (WHOLE_OR_NOT.test(key)) return null;
  const kept = text.slice(0, mostOf(key)).replace(/[\ud800-\udbff]$/, '');
  // A slice keeps the text that it is of.
  return Buffer.from(kept, 'utf16le').toString('utf16le');
}
