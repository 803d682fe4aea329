/** A person's text inside a sentence of ours: its direction stays its own (Unicode's FIRST STRONG ISOLATE). */
export const isolated = (text: string): string => `\u2068${text}\u2069`;
