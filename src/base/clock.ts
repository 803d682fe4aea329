/**
 * Nothing waits longer without looking again whether it must: a timer of more than 24.8 days rings at once, and a server
 * that asks for a year's pause, or a machine whose clock was set back, would be given up for good.
 */
export const LONGEST_WAIT_MS = 3_600_000;

export interface Clock {
  now(): number;
  /** Resolves after so many milliseconds, an hour at most, or rejects when the signal aborts. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's own clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const stop = () => {
        clearTimeout(timer);
        reject(signal?.reason);
      };
      const timer = setTimeout(
        () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
        Math.min(Math.max(0, ms), LONGEST_WAIT_MS),
      );
      signal?.addEventListener('abort', stop, { once: true });
    }),
};
