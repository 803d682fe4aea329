/**
 * No timer is longer, in milliseconds: one of more than 24.8 days rings at once, again and again, and one that a server
 * or a clock that was set asked to be a year would never ring for anybody. Who has to wait longer looks again.
 */
export const LONGEST_WAIT_MS = 3_600_000;

export type Timer = ReturnType<typeof setTimeout>;

/** So long a timer may be that was asked to be `ms`: from now to an hour. What is no number is now. */
const waitOf = (ms: number): number => (ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : 0);

/**
 * Calls back once, after so many milliseconds. The one timer whose length is reckoned: a lint rule (`house/waits`) lets
 * others have constant ones only.
 */
export const after = (ms: number, work: () => void): Timer => setTimeout(work, waitOf(ms));

/** Resolves after so many milliseconds. */
export const passed = (ms: number): Promise<void> => new Promise((resolve) => after(ms, resolve));
