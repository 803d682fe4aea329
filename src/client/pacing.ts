import type { Clock } from '../base/clock';
import { LONGEST_WAIT_MS } from '../base/timers';

/** Lets calls through at most at a given pace; those above it wait their turn. */
export interface Pacer {
  /** Resolves when a call may start; rejects with the signal's reason when that comes first. */
  turn(signal?: AbortSignal): Promise<void>;
  /** Lets nobody through before this moment (a server's `Retry-After`), in milliseconds since the epoch. */
  pauseUntil(moment: number): void;
}

export interface Pace {
  /** Calls that may start at once. */
  burst: number;
  /** Calls a minute after that. `burst + perMinute` stays below the server's limit. */
  perMinute: number;
}

/** Below what the proxy allows one client a minute. Source: docs/limits.md. */
export const READ_PACE: Pace = { burst: 100, perMinute: 800 };
export const WRITE_PACE: Pace = { burst: 20, perMinute: 75 };

/** A virtual-scheduling bucket: each call pushes the theoretical time of the next one further out. */
export function createPacer(pace: Pace, clock: Clock): Pacer {
  const interval = 60_000 / pace.perMinute;
  const slack = interval * (pace.burst - 1);
  let next = 0;
  let paused = 0;
  return {
    async turn(signal) {
      const now = clock.now();
      const start = Math.max(now, next - slack, paused);
      next = Math.max(next, start) + interval;
      if (start > now) await clock.wait(start - now, signal);
    },
    pauseUntil(moment) {
      paused = Math.max(paused, Math.min(moment, clock.now() + LONGEST_WAIT_MS));
    },
  };
}
