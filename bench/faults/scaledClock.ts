import { type Clock, systemClock } from '../../src/base/clock';

/** A clock that runs so many times faster: a proof that waits a minute at a time ends in minutes all the same. */
export function scaledClock(faster: number): Clock {
  const started = Date.now();
  return {
    now: () => started + (Date.now() - started) * faster,
    wait: (ms, signal) => systemClock.wait(ms / faster, signal),
  };
}
