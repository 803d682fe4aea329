import assert from 'node:assert/strict';
import { UserDay } from '../../../src/base/userDay';
import type { Clock } from '../../../src/base/clock';
import { FakeClock } from '../board/fakeClock';

const HOUR = 3_600_000;

/** A clock that stands at a moment when the test begins, and that somebody may set. */
class WallClock implements Clock {
  private readonly turned = new FakeClock();
  constructor(private start: number) {}
  now = () => this.start + this.turned.now();
  wait = (ms: number, signal?: AbortSignal) => this.turned.wait(ms, signal);
  advance = (ms: number) => this.turned.advance(ms);
  /** Time that no timer counts: a machine that slept, or a clock that was set. */
  jump(ms: number): void {
    this.start += ms;
  }
}

const opened: UserDay[] = [];
function followed(iso: string, machine: string) {
  const clock = new WallClock(Date.parse(iso));
  const day = new UserDay(clock, () => machine);
  opened.push(day);
  const told: string[] = [];
  day.onChange((today) => told.push(today));
  return { clock, day, told };
}

describe('the day of a user', () => {
  afterEach(() => opened.splice(0).forEach((day) => day.dispose()));

  for (const [zone, before, left, day] of [
    ['Pacific/Kiritimati', '2026-11-27T09:59:00Z', 60_000, '2026-11-28'],
    ['America/Los_Angeles', '2026-11-01T07:30:00Z', 24.5 * HOUR, '2026-11-02'], // a day of 25 hours
    ['Asia/Kolkata', '2026-11-27T18:29:10Z', 50_000, '2026-11-28'],
    ['Australia/Lord_Howe', '2026-10-04T12:59:59Z', 1_000, '2026-10-05'],
  ] as const)
    it(`begins at midnight in ${zone}, and is told once`, async () => {
      const { clock, told, day: user } = followed(before, 'UTC');
      user.liveIn(zone);
      const tellings = () => told.filter((each) => each === day).length;
      await clock.advance(left - 1);
      assert.equal(tellings(), 0);
      await clock.advance(1);
      assert.equal(user.today, day);
      assert.equal(tellings(), 1);
      await clock.advance(HOUR);
      assert.equal(tellings(), 1);
    });

  it('is the machine’s until the server says where the user lives', async () => {
    const { day, told } = followed('2026-11-27T23:30:00Z', 'UTC');
    assert.equal(day.today, '2026-11-27');
    day.liveIn('Pacific/Kiritimati');
    assert.equal(day.today, '2026-11-28');
    assert.deepEqual(told, ['2026-11-28']);
    day.liveIn(null);
    assert.equal(day.today, '2026-11-27');
    day.liveIn('Mars/Base');
    assert.equal(day.zone, 'UTC', 'a zone that nobody knows');
  });

  it('is told soon after a sleep or a clock that was set, forward and back', async () => {
    const { clock, told } = followed('2026-11-27T12:00:00Z', 'UTC');
    await clock.advance(HOUR);
    clock.jump(30 * HOUR);
    await clock.advance(60_000);
    assert.deepEqual(told, ['2026-11-28']);
    clock.jump(-30 * HOUR);
    await clock.advance(60_000);
    assert.deepEqual(told, ['2026-11-28', '2026-11-27']);
  });

  it('goes on day after day, and ends with its account', async () => {
    const { clock, day, told } = followed('2026-11-27T12:00:00Z', 'Asia/Kolkata');
    await clock.advance(60 * HOUR);
    assert.deepEqual(told, ['2026-11-28', '2026-11-29', '2026-11-30']);
    day.dispose();
    await clock.advance(48 * HOUR);
    assert.equal(told.length, 3);
  });
});
