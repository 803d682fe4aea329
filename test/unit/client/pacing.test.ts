import assert from 'node:assert/strict';
import { type Clock } from '../../../src/base/clock';
import { createPacer, READ_PACE, WRITE_PACE } from '../../../src/client/pacing';
import { parseRetryAfter } from '../../../src/client/retryAfter';

/** A clock that stands until somebody waits, and then is there at once. */
function fakeClock(): Clock & { time: number } {
  const clock = {
    time: 1_000_000,
    now: () => clock.time,
    wait: (ms: number) => {
      clock.time += ms;
      return Promise.resolve();
    },
  };
  return clock;
}

describe('pacing', () => {
  for (const [name, pace, limit] of [
    ['reads', READ_PACE, 1000],
    ['writes', WRITE_PACE, 100],
  ] as const) {
    it(`keeps ${name} below ${limit} in any minute`, async () => {
      const clock = fakeClock();
      const pacer = createPacer(pace, clock);
      const starts: number[] = [];
      for (let call = 0; call < limit * 4; call++) {
        await pacer.turn();
        starts.push(clock.time);
      }
      for (const [index, start] of starts.entries()) {
        const inMinute = starts.slice(index).findIndex((other) => other >= start + 60_000);
        assert.ok(inMinute === -1 || inMinute < limit, `${inMinute} ${name} in a minute`);
      }
    });
  }

  it('lets a burst through at once', async () => {
    const clock = fakeClock();
    const pacer = createPacer({ burst: 5, perMinute: 60 }, clock);
    for (let call = 0; call < 5; call++) await pacer.turn();
    assert.equal(clock.time, 1_000_000);
    await pacer.turn();
    assert.equal(clock.time, 1_001_000);
  });

  it('holds everything until the moment that the server asked for', async () => {
    const clock = fakeClock();
    const pacer = createPacer({ burst: 5, perMinute: 60 }, clock);
    pacer.pauseUntil(1_030_000);
    await pacer.turn();
    assert.equal(clock.time, 1_030_000);
  });

  it('reads Retry-After as seconds and as a date', () => {
    const now = Date.parse('2026-01-01T00:00:00Z');
    assert.equal(parseRetryAfter('30', now), 30_000);
    assert.equal(parseRetryAfter('Thu, 01 Jan 2026 00:01:00 GMT', now), 60_000);
    assert.equal(parseRetryAfter('Wed, 31 Dec 2025 00:00:00 GMT', now), 0);
    assert.equal(parseRetryAfter('soon', now), undefined);
    assert.equal(parseRetryAfter(null, now), undefined);
  });
});
