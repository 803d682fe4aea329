// Room: src/board/outbox: brings records to the server in order and once, or lets a person decide.
// Owner: the outbox owns the records of its account, from `enqueue` until the server did it or a person gave it up.
// Source: docs/offline.md.

import type { Breaker } from '../../client/breaker';
import type { Clock } from '../../base/clock';
import { type Log, silent } from '../../base/log';
import type { CallOptions, TaskboardClient } from '../../client/taskboardClient';
import { TaskboardError } from '../../client/taskboardError';
import { compare, rebaseOnto, isHeld, type Resolution, resolved } from './conflicts';
import { Emitter } from '../../base/emitter';
import { asTaskboardError } from '../../client/fault';
import { failureOf } from '../../client/requestLog';
import type { Journal } from '../journal/journal';
import type { Operation } from '../mutations/mutation';
import { outcomeOf, type Tries } from './outcome';
import { prepare, presentCard } from './prepare';
import {
  isOnce,
  type OutboxRecord,
  problemIn,
  recordName,
  type RecordState,
  renamed,
} from '../mutations/record';
import { cardIdIn, type WriteAnswer, type WriteCall } from '../mutations/request';
import { schedule, type Scheduled } from './schedule';
import type { BoardSnapshot } from '../snapshot/snapshot';
import { t } from '../../l10n/l10n';

export interface OutboxOptions {
  client: TaskboardClient;
  journal: Journal;
  account: string;
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
  uuid: () => string;
  breaker: Breaker;
  /** Told of each change of a record's state. */
  log?: Log;
  /** What a record must not overtake; for the proof that it matters. */
  lanesOf?: (record: OutboxRecord) => readonly string[];
}

/** What the outbox asks of, and tells, its owner, the store. */
export interface OutboxOwner {
  /** What the server is known to hold of a board; `again`: read it now. Throws TaskboardError. */
  confirmed(boardId: string, again: boolean): Promise<BoardSnapshot>;
  /** The server has done it. No answer when another window got it. */
  done(record: OutboxRecord, reply: { value: WriteAnswer; etag?: string } | undefined): void;
  /** It waits for a person from now on, or no longer. */
  changed(record: OutboxRecord, before: RecordState): void;
  /** It was discarded, here or in another window. */
  dropped(record: OutboxRecord): void;
  /** Records came from another window or an earlier run. */
  added(records: readonly OutboxRecord[]): void;
}

/** So often an edit is tried with a tag. A proxy may give each answer another; then the look at the card before has to do. */
const TAGGED_TRIES = 2;

interface Entry extends Tries, Scheduled {
  record: OutboxRecord;
  saved: boolean;
  running: boolean;
  notBefore: number;
  /** Refusals in a row because the card was another one by then. */
  stale: number;
}

/**
 * Brings records to the server: first in, first out for one card and for the places in one column, a few lines side by
 * side. A record leaves when the server has done it or a person discards it, never by itself.
 */
export class Outbox {
  private readonly entries = new Map<string, Entry>();
  private readonly counted = new Emitter<number>();
  private readonly paused = new Emitter<TaskboardError>();
  private readonly stopped = new AbortController();
  private readonly subscriptions: (() => void)[];
  private signInNeeded = false;
  private waking: AbortController | undefined;
  private readonly log: Log;

  constructor(
    private readonly options: OutboxOptions,
    private readonly owner: OutboxOwner,
  ) {
    this.log = options.log ?? silent;
    const { journal, account } = options;
    for (const record of journal.records(account)) this.entries.set(record.id, entryOf(record, true));
    this.subscriptions = [
      journal.onForeign(({ changed, ended }) => this.foreign(changed, ended)),
      journal.onLead((led) => led === account && this.pump()),
    ];
    void journal.claim(account);
  }

  /** How many records the server has not done yet. */
  get unsent(): number {
    return this.entries.size;
  }

  /** Those of a board, or all, in order. */
  records(boardId?: string): OutboxRecord[] {
    return this.inOrder()
      .map(({ record }) => record)
      .filter((record) => boardId === undefined || record.boardId === boardId);
  }

  onUnsent(listener: (unsent: number) => void): () => void {
    return this.counted.listen(listener);
  }

  /** The server does not accept the sign-in: everything waits until `resume`. Told once. */
  onPaused(listener: (error: TaskboardError) => void): () => void {
    return this.paused.listen(listener);
  }

  /** Takes records in. Resolves when they are on the disk; rejects when they could not be kept, and forgets them. */
  async enqueue(records: readonly OutboxRecord[]): Promise<void> {
    for (const record of records) this.entries.set(record.id, entryOf(record, false));
    this.counted.emit(this.unsent);
    try {
      await this.options.journal.put(records);
    } catch (error) {
      for (const record of records) {
        this.entries.delete(record.id);
        this.log.warn(
          `${recordName(record)} could not be kept on the disk, and is taken back: ${failureOf(error)}`,
        );
      }
      this.counted.emit(this.unsent);
      throw error;
    }
    for (const { id } of records) {
      const entry = this.entries.get(id);
      if (entry) entry.saved = true;
    }
    for (const record of records) this.log.debug(`${recordName(record)} queued`);
    this.pump();
  }

  /** Tries everything now: signed in again, the network is back, or a person asked. */
  resume(): void {
    if (this.signInNeeded) this.log.info('goes on, signed in again');
    this.signInNeeded = false;
    for (const entry of this.entries.values()) entry.notBefore = 0;
    this.pump();
  }

  /** Sends a record again that waits for a person. What the server may have done keeps its key. */
  async retry(id: string): Promise<void> {
    const { state } = this.entries.get(id)?.record ?? {};
    if (!state || state.name === 'queued') return;
    await this.requeue(id, (record) => (state.problem.refused ? this.fresh(record) : record));
  }

  /** Sends another operation instead of the one that waits for a person. */
  async revise(id: string, operation: Operation): Promise<void> {
    await this.requeue(id, (record) => this.fresh({ ...record, operation }));
  }

  /** Ends a conflict. */
  async resolve(id: string, resolution: Resolution): Promise<void> {
    const entry = this.entries.get(id);
    if (entry?.record.state.name !== 'conflict') return;
    const next = resolved(entry.record, resolution);
    if (next) await this.requeue(id, () => this.fresh(next));
    else await this.discard(id);
  }

  /** Gives a record up; those that are about a card that is then never made go with it. */
  async discard(id: string): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry || entry.running) return;
    const { record } = entry;
    const made = record.operation.kind === 'create' ? record.operation.cardId : undefined;
    const gone = this.records().filter(
      (other) => other.id === id || (made !== undefined && other.operation.cardId === made),
    );
    await Promise.all(gone.map((each) => this.options.journal.end(each.id)));
    for (const each of gone) {
      this.log.info(`${recordName(each)} discarded while ${each.state.name}`);
      this.entries.delete(each.id);
      this.owner.dropped(each);
    }
    this.counted.emit(this.unsent);
    this.pump();
  }

  /** Ends what waits for a person though the server holds by now what it was about. */
  agree(boardId: string, confirmed: BoardSnapshot): void {
    for (const entry of this.inOrder())
      if (entry.record.boardId === boardId && entry.record.state.name !== 'queued' && !entry.running)
        if (isHeld(entry.record, confirmed)) this.finish(entry, undefined);
  }

  /** Takes back a mutation of which nothing was done: not sent yet, or refused. Gives whether that was so. */
  async cancel(group: string, size: number): Promise<boolean> {
    const own = [...this.entries.values()].filter(({ record }) => record.group === group);
    const undone = ({ call, state }: OutboxRecord) =>
      !call || (state.name === 'parked' && state.problem.refused);
    const unsent = own.every(({ saved, running, record }) => saved && !running && undone(record));
    if (own.length !== size || !unsent) return false;
    await Promise.all(own.map(({ record }) => this.discard(record.id)));
    return true;
  }

  dispose(): void {
    this.stopped.abort();
    this.waking?.abort();
    for (const stop of this.subscriptions) stop();
    void this.options.journal.release(this.options.account);
    for (const emitter of [this.counted, this.paused]) emitter.dispose();
  }

  private foreign(changed: readonly OutboxRecord[], ended: readonly string[]): void {
    const added: OutboxRecord[] = [];
    for (const record of changed) {
      if (record.account !== this.options.account) continue;
      const entry = this.entries.get(record.id);
      if (!entry) {
        this.entries.set(record.id, entryOf(record, true));
        added.push(record);
      } else if (!entry.running) {
        const before = entry.record.state;
        entry.record = record;
        this.owner.changed(record, before);
      }
    }
    if (added.length > 0) this.owner.added(added);
    for (const id of ended) {
      const entry = this.entries.get(id);
      if (!entry || entry.running) continue;
      this.entries.delete(id);
      this.owner.done(entry.record, undefined);
    }
    this.counted.emit(this.unsent);
    this.pump();
  }

  /** Starts what may start, in order, and sets the alarm for what must wait. */
  private pump(): void {
    const { journal, account, clock, lanesOf = ({ lanes }) => lanes } = this.options;
    if (this.stopped.signal.aborted || this.signInNeeded || !journal.leads(account)) return;
    const { start, next } = schedule(this.inOrder(), clock.now(), lanesOf);
    for (const entry of start) {
      entry.running = true;
      void this.run(entry);
    }
    this.wakeAt(next);
  }

  private inOrder(): Entry[] {
    return [...this.entries.values()].sort((a, b) => a.record.order - b.record.order);
  }

  private wakeAt(moment: number): void {
    this.waking?.abort();
    if (moment === Infinity) return;
    const waking = (this.waking = new AbortController());
    this.options.clock.wait(Math.max(0, moment - this.options.clock.now()), waking.signal).then(
      () => this.pump(),
      () => {},
    );
  }

  private async run(entry: Entry): Promise<void> {
    try {
      await this.send(entry);
    } catch (error) {
      if (!this.stopped.signal.aborted)
        await this.failed(entry, error).catch((trouble: unknown) => {
          this.log.warn(`${recordName(entry.record)}: its failure could not be kept: ${failureOf(trouble)}`);
          this.later(entry, 1_000);
        });
    }
    entry.running = false;
    if (this.stopped.signal.aborted) return;
    // Taking back is a wish of the moment: refused and told, it is not kept to be sent again.
    const { operation, state } = entry.record;
    if (operation.kind === 'move' && operation.expect !== undefined && state.name === 'parked')
      await this.discard(entry.record.id);
    this.counted.emit(this.unsent);
    this.pump();
  }

  private async send(entry: Entry): Promise<void> {
    const { client, breaker } = this.options;
    const { signal } = this.stopped;
    const announced = await breaker.run(() => client.capabilities({ signal }));
    if (entry.maybeDone && isOnce(entry.record) && !announced.has('idempotency'))
      return this.hold(entry, 'ambiguous', fateUnknown());
    const confirmed = () => this.owner.confirmed(entry.record.boardId, entry.failures > 0);
    const ready = await breaker.run(() => prepare(entry.record, { client, announced, confirmed }));
    if (ready === 'done') return this.finish(entry, undefined);
    if (ready !== entry.record) await this.change(entry, ready);
    const { call, key, tag, state } = ready;
    if (!call || state.name !== 'queued') return;
    const ifMatch =
      tag !== undefined &&
      announced.has('etag') &&
      call.endpoint === 'updateCard' &&
      entry.stale < TAGGED_TRIES
        ? { ifMatch: tag }
        : {};
    const options = { idempotencyKey: key, signal, attempt: entry.failures + 1, ...ifMatch };
    this.finish(entry, await breaker.run(() => sendCall(client, call, options)));
  }

  private finish(entry: Entry, reply: { value: WriteAnswer; etag?: string } | undefined): void {
    const { record } = entry;
    const cardId = reply && cardIdIn(reply.value);
    const made =
      record.operation.kind === 'create' && cardId ? { local: record.operation.cardId, cardId } : undefined;
    this.entries.delete(record.id);
    const followers = this.inOrder().filter(
      (other) =>
        other.record.operation.cardId === record.operation.cardId && other.record.order > record.order,
    );
    for (const [index, follower] of followers.entries())
      follower.record = rebaseOnto(follower.record, record, reply, index === 0);
    const written = this.options.journal.end(
      record.id,
      made,
      followers.filter(({ saved }) => saved).map((follower) => follower.record),
    );
    this.log.debug(`${recordName(record)} done${reply ? '' : ', as the server holds it already'}`);
    written.catch((error: unknown) => {
      // Sent again after a restart, with the same key.
      this.log.warn(`${recordName(record)} is done, but stays in the journal: ${failureOf(error)}`);
    });
    if (made)
      for (const other of this.entries.values())
        other.record = renamed(other.record, made.local, made.cardId);
    this.owner.done(record, reply);
  }

  private async failed(entry: Entry, cause: unknown): Promise<void> {
    const { client, random } = this.options;
    if (!TaskboardError.is(cause))
      return this.hold(
        entry,
        'parked',
        asTaskboardError(cause, this.log, `sending ${recordName(entry.record)}`),
      );
    const idempotent = await client.capabilities().then(
      (announced) => announced.has('idempotency'),
      () => true, // nothing was sent: the capabilities are asked first
    );
    entry.failures++;
    if (cause.kind === 'contract') entry.unreadable++;
    const outcome = outcomeOf(cause, entry.record, entry, idempotent, random);
    this.log.info(
      `${recordName(entry.record)} failed at try ${entry.failures} (${failureOf(cause)}): ${outcomeName(outcome)}`,
    );
    entry.maybeDone ||= cause.ambiguous;
    switch (outcome.then) {
      case 'wait':
        return this.later(entry, outcome.ms);
      case 'hold':
        return this.hold(entry, outcome.as, cause);
      case 'done':
        return this.finish(entry, undefined);
      case 'anew':
        return this.change(entry, this.fresh(entry.record));
      case 'signIn':
        if (!this.signInNeeded) this.paused.emit(cause);
        this.signInNeeded = true;
        return;
      case 'compare': {
        const { record } = entry;
        if (++entry.stale > TAGGED_TRIES) return this.hold(entry, 'parked', cause);
        const compared = compare(record, await presentCard(client, record.operation.cardId, cause));
        if (compared === 'done') return this.finish(entry, undefined);
        return this.change(entry, compared.state.name === 'conflict' ? compared : this.fresh(compared));
      }
    }
  }

  private async requeue(id: string, revise: (record: OutboxRecord) => OutboxRecord): Promise<void> {
    const entry = this.entries.get(id);
    if (!entry || entry.running || entry.record.state.name === 'queued') return;
    await this.change(entry, { ...revise(entry.record), state: { name: 'queued' } });
    Object.assign(entry, { failures: 0, unreadable: 0, notBefore: 0, maybeDone: false, stale: 0 });
    this.pump();
  }

  private later(entry: Entry, delay: number): void {
    entry.notBefore = this.options.clock.now() + delay;
  }

  private hold(entry: Entry, name: 'parked' | 'ambiguous', error: TaskboardError): Promise<void> {
    return this.change(entry, { ...entry.record, state: { name, problem: problemIn(error) } });
  }

  /** Another request than before: with another key, and made anew from what is then known. */
  private fresh({ call: _, ...record }: OutboxRecord): OutboxRecord {
    return { ...record, key: this.options.uuid() };
  }

  private async change(entry: Entry, record: OutboxRecord): Promise<void> {
    await this.options.journal.put([record]);
    const before = entry.record.state;
    entry.record = record;
    if (before !== record.state) {
      this.log.info(`${recordName(record)}: ${before.name} → ${record.state.name}`);
      this.owner.changed(record, before);
    }
  }
}

/** What comes of a failure, in words of the log. */
const outcomeName = (outcome: ReturnType<typeof outcomeOf>): string =>
  outcome.then === 'wait'
    ? `waits ${Math.round(outcome.ms)} ms`
    : outcome.then === 'hold'
      ? `waits for a person, ${outcome.as}`
      : outcome.then;

const entryOf = (record: OutboxRecord, saved: boolean): Entry => ({
  record,
  saved,
  running: false,
  failures: 0,
  unreadable: 0,
  // Of a try before a restart nothing is known but that it was begun.
  maybeDone: record.call !== undefined,
  notBefore: 0,
  stale: 0,
});

const fateUnknown = () =>
  new TaskboardError(
    t('It is not known whether the server has done this. Look, then send it again or discard it.'),
    {
      kind: 'network',
      ambiguous: true,
    },
  );

/** One call through the port. The correlation of name and request is lost to the type checker in a union, hence the cast. */
function sendCall(client: TaskboardClient, { endpoint, request }: WriteCall, options: CallOptions) {
  const method = client[endpoint] as (
    request: unknown,
    options: CallOptions,
  ) => Promise<{ value: WriteAnswer; etag?: string }>;
  return method(request, options);
}
