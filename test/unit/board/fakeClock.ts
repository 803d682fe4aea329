import { setImmediate as turn } from 'node:timers/promises';
import type { Clock } from '../../../src/base/clock';

/** A clock that a test turns by hand. */
export class FakeClock implements Clock {
  private time = 0;
  private readonly waiting = new Set<{ at: number; ring: () => void }>();

  now(): number {
    return this.time;
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const alarm = {
        at: this.time + ms,
        ring: () => {
          signal?.removeEventListener('abort', stop);
          resolve();
        },
      };
      const stop = () => {
        this.waiting.delete(alarm);
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', stop, { once: true });
      this.waiting.add(alarm);
    });
  }

  /** Lets so much time pass; each alarm rings at its moment, and what it starts gets its turn. */
  async advance(ms: number): Promise<void> {
    const end = this.time + ms;
    await settle();
    for (;;) {
      const next = [...this.waiting].filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.time = Math.max(this.time, next.at);
      this.waiting.delete(next);
      next.ring();
      await settle();
    }
    this.time = end;
  }
}

/** Lets everything that needs no time come to its end. */
export async function settle(): Promise<void> {
  for (let i = 0; i < 8; i++) await turn();
}
