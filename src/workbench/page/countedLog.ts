import type { Log } from '../../base/log';
import { after } from '../../base/timers';

const MINUTE_MS = 60_000;
/** Longest line, in characters. */
const MAX_LINE = 2_000;
/** So many kinds are told apart; whatever is beyond counts as one more. */
const MAX_KINDS = 50;

/** Calls back once after so many milliseconds. */
export type After = (work: () => void, ms: number) => void;

/** Nothing waits for it: a process may end meanwhile. */
const unawaited: After = (work, ms) => void after(ms, work).unref();

/**
 * Writes what may happen any number of times: of each kind one line a minute, and at its end how many more there were.
 * A page can't fill the disk by being refused.
 */
export class CountedLog {
  /** How many more there were of a kind since its line was written. */
  private readonly more = new Map<string, number>();

  constructor(
    private readonly log: Pick<Log, 'warn' | 'error'>,
    private readonly after: After = unawaited,
  ) {}

  /**
   * @param kind one of few
   * @param line made only when it is written
   */
  write(level: 'warn' | 'error', kind: string, line: () => string): void {
    const counted = this.more.has(kind) || this.more.size < MAX_KINDS ? kind : 'of other kinds';
    const more = this.more.get(counted);
    if (more !== undefined) {
      this.more.set(counted, more + 1);
      return;
    }
    this.more.set(counted, 0);
    const text = line();
    this.log[level](text.length > MAX_LINE ? `${text.slice(0, MAX_LINE)}…` : text);
    this.after(() => {
      const left = this.more.get(counted) ?? 0;
      this.more.delete(counted);
      if (left > 0) this.log[level](`${left} more within a minute: ${counted}`);
    }, MINUTE_MS);
  }
}
