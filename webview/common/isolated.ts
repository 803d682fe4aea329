/** Letters that run from right to left: the blocks of Unicode that are set apart for them. */
const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u;

/** A person's text inside a sentence of ours: its direction stays its own (Unicode's FIRST STRONG ISOLATE). */
export const isolated = (text: string): string => (RIGHT_TO_LEFT.test(text) ? `\u2068${text}\u2069` : text);
