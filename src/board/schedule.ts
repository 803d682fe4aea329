import { type OutboxRecord, waitsForIds } from './record';

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
  const busy = new Set<string>();
  // Cards whose first record waits for a person: what comes after it waits too, but stops no column.
  const stuck = new Set<string>();
  const running = entries.filter((entry) => entry.running).length;
  const start: Entry[] = [];
  let next = Infinity;
  for (const entry of entries) {
    const { record } = entry;
    const { cardId } = record.operation;
    const needed = waitsForIds(record);
    if (record.state.name !== 'queued' || [cardId, ...needed].some((id) => stuck.has(id))) {
      stuck.add(cardId);
      continue;
    }
    const lanes = lanesOf(record);
    const free = ![...lanes, ...needed].some((lane) => busy.has(lane));
    for (const lane of lanes) busy.add(lane);
    if (!free || entry.running || !entry.saved) continue;
    if (entry.notBefore > now) next = Math.min(next, entry.notBefore);
    else if (running + start.length < PARALLEL) start.push(entry);
  }
  return { start, next };
}
