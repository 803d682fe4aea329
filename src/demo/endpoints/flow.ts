import { stageIdOf } from '../../contract/ids';
import { visibleBoard } from '../rules/access';
import { refused } from '../records/apiError';
import type { Call, Reply } from './call';
import type { CardRecord } from '../records/data';
import { dayIn, daysBetween, plusDays } from '../../base/days';
import { userZone } from '../records/userZone';

const MOST_DAYS = 400;

export function getFlow({ world, user, params, now, query }: Call<'getFlow'>): Reply<'getFlow'> {
  const board = visibleBoard(world, user, params.board_id);
  const { from, to } = query();
  const zone = userZone(user);
  const today = dayIn(zone, now.getTime());
  if (from > to) throw refused('from', 'from must not be after to');
  if (to > today) throw refused('to', `to must not be after today, ${today}`);
  const length = daysBetween(from, to) + 1;
  if (length > MOST_DAYS) throw refused('from', `from and to may span at most ${MOST_DAYS} days`);

  const tally = new Tally(from, length, board.stages, zone);
  for (const card of world.cardsOf(board.id)) if (world.isShown(card) || !card.active) tally.count(card);
  return { body: { days: tally.days() } };
}

/** Counts cards day by day from their passages: additions and removals first, summed up at the end. */
class Tally {
  private readonly opened: Map<number, Int32Array>;
  private readonly closed: Int32Array;

  constructor(
    private readonly from: string,
    private readonly length: number,
    stages: number[],
    private readonly tz: string,
  ) {
    this.opened = new Map(stages.map((id) => [id, new Int32Array(length + 1)]));
    this.closed = new Int32Array(length);
  }

  count({ passages }: CardRecord): void {
    passages.forEach((passage, i) => {
      const day = this.index(passage.at);
      const next = passages[i + 1];
      const end = next ? this.index(next.at) : this.length;
      // What does not last until the day's end is not counted on that day.
      if (end <= day) return;
      if (!passage.closed && passage.active) this.add(passage.stage, day, end);
      if (passage.closed && !this.wasClosedBefore(passages, i, day) && day >= 0 && day < this.length)
        this.closed[day] = (this.closed[day] ?? 0) + 1;
    });
  }

  days(): { date: string; counts: Record<string, number>; closed: number }[] {
    const sums = new Map<number, number>();
    return Array.from({ length: this.length }, (_, i) => {
      const counts: Record<string, number> = {};
      for (const [stage, steps] of this.opened) {
        const sum = (sums.get(stage) ?? 0) + (steps[i] ?? 0);
        sums.set(stage, sum);
        counts[stageIdOf(stage)] = sum;
      }
      return { date: plusDays(this.from, i), counts, closed: this.closed[i] ?? 0 };
    });
  }

  /** Whether the card had ended the day before as closed. */
  private wasClosedBefore(passages: CardRecord['passages'], i: number, day: number): boolean {
    for (let before = i - 1; before >= 0; before--) {
      const passage = passages[before];
      if (passage && this.index(passage.at) < day) return passage.closed;
    }
    return false;
  }

  private add(stage: number, day: number, end: number): void {
    const first = Math.max(0, day);
    const last = Math.min(this.length, end);
    if (first >= last) return;
    // A stage that is gone was there then: without it the sums would not be right.
    const steps = this.opened.get(stage) ?? new Int32Array(this.length + 1);
    this.opened.set(stage, steps);
    steps[first] = (steps[first] ?? 0) + 1;
    steps[last] = (steps[last] ?? 0) - 1;
  }

  private index(at: string): number {
    return daysBetween(this.from, dayIn(this.tz, Date.parse(at)));
  }
}
