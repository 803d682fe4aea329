/** Letters that run from right to left: the blocks of Unicode that are set apart for them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** Embeddings, overrides and isolates: one that is left open turns all that follows. */
const TURNS = /[\u202a-\u202e\u2066-\u2069]/;
const ISOLATES = /[\u2066-\u2069]/g;

/**
 * A person's text inside a sentence of ours: its direction stays its own (Unicode's FIRST STRONG ISOLATE), whatever it
 * leaves open.
 */
export const isolated = (text: string): string =>
  RIGHT_TO_LEFT.test(text) || TURNS.test(text) ? `\u2068${text.replace(ISOLATES, '')}\u2069` : text;
