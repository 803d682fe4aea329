import { type Key, keyOf } from '../../contract/keys';
import { type OutboxRecord, waitsForIds } from '../mutations/record';

/** What the schedule looks at in an entry of the outbox. */
export interface Scheduled {
  readonly record: OutboxRecord;
  /** On the disk: only then it is sent. */
  readonly saved: boolean;
  readonly running: boolean;
  /** Not to be tried before, in milliseconds since the epoch. */
  readonly notBefore: number;
}

const PARALLEL = 4;

/**
 * What may be sent now: first in, first out for one card and for the places in one column, a few lines side by side.
 * @param entries in the order in which a person made them
 * @returns those that may start, in order, and the next moment at which another may
 */
export function schedule<Entry extends Scheduled>(
  entries: readonly Entry[],
  now: number,
  lanesOf: (record: OutboxRecord) => readonly string[],
): { start: Entry[]; next: number } {
  const busy = new Set<Key<'lane'>>();
  // Cards whose first record waits for a person: what comes after it waits too, but stops no column.
  const stuck = new Set<Key<'lane'>>();
  const running = entries.filter((entry) => entry.running).length;
  const start: Entry[] = [];
  let next = Infinity;
  for (const entry of entries) {
    const { record } = entry;
    const lane = (id: string) => keyOf('lane', record.account, id);
    const own = lane(record.operation.cardId);
    const needed = waitsForIds(record).map(lane);
    if (record.state.name !== 'queued' || [own, ...needed].some((key) => stuck.has(key))) {
      stuck.add(own);
      continue;
    }
    const lanes = lanesOf(record).map(lane);
    const free = ![...lanes, ...needed].some((lane) => busy.has(lane));
    for (const lane of lanes) busy.add(lane);
    if (!free || entry.running || !entry.saved) continue;
    if (entry.notBefore > now) next = Math.min(next, entry.notBefore);
    else if (running + start.length < PARALLEL) start.push(entry);
  }
  return { start, next };
}
