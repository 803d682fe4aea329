import { DAY_MS } from '../../base/days';
import { type Key, keyOf } from '../../contract/keys';
import type { JournalEvent, Made } from './journalLines';
import { type OutboxRecord, renamed } from '../mutations/record';

/** What changed for somebody who already knew an earlier state. */
export interface JournalChange {
  readonly changed: readonly OutboxRecord[];
  readonly ended: readonly string[];
}

/** How long the id that a new card got is remembered: texts and records may still name the temporary one. */
const MADE_KEPT_MS = 7 * DAY_MS;

/** The sum of all events, of all windows, in whatever order they are read. Reading one twice changes nothing. */
export class JournalState {
  private readonly live = new Map<string, { record: OutboxRecord; at: number }>();
  private readonly done = new Map<string, number>();
  private readonly cards = new Map<Key<'made'>, Made & { at: number }>();
  private readonly texts = new Map<string, { text: string; at: number }>();
  private latest = 0;

  /** The records that are not done, in the order in which they were made. */
  records(account?: string): OutboxRecord[] {
    return [...this.live.values()]
      .map(({ record }) => record)
      .filter((record) => account === undefined || record.account === account)
      .sort((a, b) => a.order - b.order || (a.id < b.id ? -1 : 1));
  }

  draft(key: string): string {
    return this.texts.get(key)?.text ?? '';
  }

  /** The server's id of an account's card that was made here; any other id as it is. */
  cardId(account: string, id: string): string {
    const made = this.cards.get(keyOf('made', account, id)) ?? this.cards.get(madeKey({ local: id }));
    return made?.cardId ?? id;
  }

  /** Whose a record is that is not done. */
  accountOf(id: string): string | undefined {
    return this.live.get(id)?.record.account;
  }

  /** A moment later than all that was read, and than `now` if that is later. */
  next(now: number): number {
    return (this.latest = Math.max(this.latest + 1, now));
  }

  take(events: readonly JournalEvent[]): JournalChange {
    const changed = new Map<string, OutboxRecord>();
    const ended: string[] = [];
    for (const event of events) {
      this.latest = Math.max(this.latest, event.at);
      if (event.t === 'put') {
        for (const put of event.records) {
          const record = this.put(put, event.at);
          if (record) changed.set(record.id, record);
        }
      } else if (event.t === 'end') {
        if (event.made) for (const each of this.rename(event.made, event.at)) changed.set(each.id, each);
        if (this.live.delete(event.id)) ended.push(event.id);
        this.done.set(event.id, event.at);
        changed.delete(event.id);
      } else if ((this.texts.get(event.key)?.at ?? -1) < event.at) {
        this.texts.set(event.key, { text: event.text, at: event.at });
      }
    }
    return { changed: [...changed.values()], ended };
  }

  /**
   * The fewest events that say the same.
   * @param elsewhere ids of records that other files hold: that those are done must still be known
   */
  compacted(now: number, elsewhere: ReadonlySet<string>): JournalEvent[] {
    const events: JournalEvent[] = [];
    for (const [key, { at, ...made }] of this.cards) {
      if (at + MADE_KEPT_MS > now) events.push({ t: 'end', at, id: `made ${key}`, made });
      else this.cards.delete(key);
    }
    for (const [id, at] of this.done) {
      if (elsewhere.has(id)) events.push({ t: 'end', at, id });
      else this.done.delete(id);
    }
    for (const { record, at } of this.live.values()) events.push({ t: 'put', at, records: [record] });
    for (const [key, { text, at }] of this.texts) {
      if (text !== '' || at + MADE_KEPT_MS > now) events.push({ t: 'draft', at, key, text });
      else this.texts.delete(key);
    }
    return events;
  }

  private put(record: OutboxRecord, at: number): OutboxRecord | undefined {
    this.latest = Math.max(this.latest, record.order);
    if (this.done.has(record.id) || (this.live.get(record.id)?.at ?? -1) >= at) return undefined;
    let known = record;
    for (const { account, local, cardId } of this.cards.values())
      if (account === undefined || account === record.account) known = renamed(known, local, cardId);
    this.live.set(record.id, { record: known, at });
    return known;
  }

  private rename(made: Made, at: number): OutboxRecord[] {
    const { account, local, cardId } = made;
    const key = madeKey(made);
    if (this.cards.has(key)) return [];
    this.cards.set(key, { ...made, at });
    const changed: OutboxRecord[] = [];
    for (const [id, { record, at: since }] of this.live) {
      if (account !== undefined && account !== record.account) continue;
      const next = renamed(record, local, cardId);
      if (next === record) continue;
      this.live.set(id, { record: next, at: since });
      changed.push(next);
    }
    return changed;
  }
}

const madeKey = ({ account, local }: Pick<Made, 'account' | 'local'>) => keyOf('made', account ?? '', local);
