import { type Clock, systemClock } from './clock';
import { dayIn, endOfDay, zoneOr } from './days';
import { Emitter } from './emitter';

/**
 * So long at most until the clock is looked at again, in milliseconds: a machine's sleep stops timers, and its clock may
 * be set.
 */
const LOOK_MS = 60_000;

/** What a surface needs of it at one moment: today as `YYYY-MM-DD`, and the zone that days are counted in. */
export type Day = Pick<UserDay, 'today' | 'zone'>;

/**
 * Which day it is for an account's user: in the zone that the server gives for them, else in the machine's. All that
 * shows or reads a day asks here. Told when a day begins, for as long as somebody listens.
 */
export class UserDay {
  private readonly changed = new Emitter<string>();
  private readonly stopped = new AbortController();
  /** Ends the wait of the moment. */
  private waking = new AbortController();
  private own: string | null = null;
  private told: string;
  private running = false;

  constructor(
    private readonly clock: Clock,
    private readonly machine?: () => string,
  ) {
    this.told = this.today;
  }

  /** `YYYY-MM-DD` */
  get today(): string {
    return this.dayOf(this.clock.now());
  }

  /** The zone that days are counted in. */
  get zone(): string {
    return zoneOr(this.own, this.machine?.());
  }

  /** The user's day of a moment, in milliseconds since the epoch. */
  dayOf(at: number): string {
    return dayIn(this.zone, at);
  }

  /** Called with each new day. Gives the way to stop. */
  onChange(listener: (today: string) => void): () => void {
    const stop = this.changed.listen(listener);
    if (!this.running) void this.run();
    return stop;
  }

  /** The server said in which zone the user lives; null when it knows of none. */
  liveIn(zone: string | null): void {
    this.own = zone;
    this.waking.abort(); // midnight is another one
    this.look();
  }

  /** Tells of another day if it is one: by the clock, or by a clock or zone that was set. */
  look(): void {
    const { today } = this;
    if (today === this.told) return;
    this.told = today;
    this.changed.emit(today);
  }

  dispose(): void {
    this.stopped.abort();
    this.changed.dispose();
  }

  private async run(): Promise<void> {
    this.running = true;
    while (!this.stopped.signal.aborted) {
      const now = this.clock.now();
      const soon = now + LOOK_MS;
      const next = this.dayOf(soon) === this.today ? soon : endOfDay(this.zone, now);
      this.waking = new AbortController();
      const signal = AbortSignal.any([this.stopped.signal, this.waking.signal]);
      await this.clock.wait(next - now, signal).catch(() => {}); // woken
      if (!this.stopped.signal.aborted) this.look();
    }
  }
}

/** The day of nobody in particular: the machine's. */
export const machineDay: Day = new UserDay(systemClock);
