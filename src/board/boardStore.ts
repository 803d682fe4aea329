// Room: src/board: the one door to all that stands below it: a store an account, which owns the server's state here.
// Owner: `BoardStore`; surfaces read its snapshots and change them through `mutate`.
// Source: docs/architecture.md.

import { type Breaker, noBreaker } from '../client/breaker';
import { type Clock, systemClock } from '../base/clock';
import { type Log, logOf, silent } from '../base/log';
import type { TaskboardClient } from '../client/taskboardClient';
import { TaskboardError } from '../client/taskboardError';
import type { Card } from '../contract/entities';
import type { Attention, BoardList, BoardState, OthersChanges, UndoResult } from './sync/boardState';
import { BoardAdmin } from './admin/boardAdmin';
import { BoardListing } from './sync/boardListing';
import { Boards } from './sync/boards';
import { findCards, type FoundCards } from './sync/cardSearch';
import type { Resolution } from './outbox/conflicts';
import { Directory } from './sync/directory';
import { Emitter } from '../base/emitter';
import { notKept } from '../client/fault';
import type { Journal } from './journal/journal';
import type { Mutation, Operation } from './mutations/mutation';
import { Outbox, type OutboxOptions } from './outbox/outbox';
import { Reader } from './sync/reader';
import { type OutboxRecord, recordsOf, type RecordState } from './mutations/record';
import { cardIdIn, confirmOperation, type WriteAnswer } from './mutations/request';
import { type BoardSnapshot, withFound } from './snapshot/snapshot';
import type { SnapshotCache } from './sync/snapshotCache';
import { BoardSync } from './sync/sync';
import { withUsualPriority } from './mutations/usualPriority';
import { Undo, withIds } from './history/undo';
import { refuseUnreadable } from './mutations/unreadable';
import { UserDay } from '../base/userDay';
import { t } from '../l10n/l10n';

export interface StoreOptions {
  client: TaskboardClient;
  journal: Journal;
  /** Whose changes these are; no other store of the journal has the same. */
  account: string;
  /** Makes a UUID: the id of a record and its `Idempotency-Key`. */
  uuid: () => string;
  clock?: Clock;
  random?: () => number;
  breaker?: Breaker;
  cache?: SnapshotCache;
  lanesOf?: OutboxOptions['lanesOf'];
  /** Told of what goes on by itself, and of what nobody else hears of. */
  log?: Log;
}

/** A change that was made: shown already, on its way to the disk, then to the server. */
export interface Mutated {
  /** The revision that shows it. */
  readonly revision: number;
  /** Resolves when it is on the disk; rejects when it could not be kept, and was taken back. */
  readonly saved: Promise<void>;
  /**
   * Resolves with the cards' ids (a new card's own) once the server has confirmed all of it; rejects with the
   * TaskboardError of the first part that could not be kept or waits for a person.
   */
  readonly settled: Promise<string[]>;
}

/**
 * The one owner of what the server owns. Every surface reads its snapshots and changes them through `mutate`; none
 * talks to a client. A change is shown at once, kept on the disk, sent by the outbox, and confirmed; what the server
 * refuses waits for a person.
 */
export class BoardStore {
  readonly directory: Directory;
  /** Which day it is for the signed-in user. */
  readonly day: UserDay;
  readonly admin: BoardAdmin;
  readonly sync: BoardSync;
  private readonly boards: Boards;
  private readonly reader: Reader;
  private readonly outbox: Outbox;
  private readonly undoing: Undo;
  private readonly listing: BoardListing;
  private readonly clock: Clock;
  private readonly breaker: Breaker;
  private readonly attention = new Emitter<Attention>();
  private readonly others = new Emitter<OthersChanges>();
  private readonly waiting = new Map<
    string,
    { resolve: (cardId: string) => void; reject: (error: Error) => void }
  >();

  constructor(private readonly options: StoreOptions) {
    const { client, journal, account, uuid, clock = systemClock, random = Math.random, cache } = options;
    const { log = silent } = options;
    const { breaker = noBreaker, lanesOf } = options;
    this.clock = clock;
    this.breaker = breaker;
    this.boards = new Boards((boardId) => this.outbox.records(boardId));
    this.reader = new Reader(client, this.boards, clock, cache, logOf(log, 'reader'), (boardId, confirmed) =>
      this.outbox.agree(boardId, confirmed),
    );
    this.day = new UserDay(clock);
    this.directory = new Directory(client, (boardId) => this.boards.of(boardId).shown, this.day);
    this.admin = new BoardAdmin({
      client,
      log: logOf(log, 'admin'),
      uuid,
      listed: () => this.listing.current.boards ?? [],
      reading: (boardId) => {
        const { snapshot, loading } = this.state(boardId);
        return { read: snapshot !== undefined, now: loading };
      },
      readList: () => this.loadList(),
      read: (boardId) => this.refresh(boardId),
    });
    this.outbox = new Outbox(
      {
        ...{ client, journal, account, clock, random, uuid, breaker },
        log: logOf(log, 'outbox'),
        ...(lanesOf && { lanesOf }),
      },
      {
        confirmed: (boardId, again) => this.confirmed(boardId, again),
        done: (record, reply) => this.done(record, reply),
        changed: (record, before) => this.changed(record, before),
        dropped: (record) => this.dropped(record),
        added: (records) => this.showAll(records),
      },
    );
    this.listing = new BoardListing(client, cache, logOf(log, 'boards'), () => this.reached());
    this.undoing = new Undo({
      uuid,
      cardId: (id) => journal.cardId(account, id),
      shown: (boardId) => this.shown(boardId),
      revision: (boardId) => this.state(boardId).revision,
      send: (boardId, mutation, before) => this.send(boardId, mutation, before),
      cancel: (group, size) => this.outbox.cancel(group, size),
    });
    this.sync = new BoardSync({
      ...{ client, clock, random, breaker },
      log: logOf(log, 'sync'),
      boards: this.boards,
      refresh: (boardId) => this.reader.refresh(boardId),
      openCard: (boardId, cardId) => this.reader.openCard(boardId, cardId),
      others: (changes) => this.others.emit(changes),
      kept: (boardId) => this.reader.keep(boardId),
    });
  }

  /** Called with the id of each board whose state changed. */
  onBoard(listener: (boardId: string) => void): () => void {
    return this.boards.onBoard(listener);
  }

  onList(listener: () => void): () => void {
    return this.listing.onChange(listener);
  }

  /** Called for each change that waits for a person from now on. */
  onAttention(listener: (attention: Attention) => void): () => void {
    return this.attention.listen(listener);
  }

  /** Called when reading again showed what others did. */
  onOthers(listener: (changes: OthersChanges) => void): () => void {
    return this.others.listen(listener);
  }

  onUnsent(listener: (unsent: number) => void): () => void {
    return this.outbox.onUnsent(listener);
  }

  /** The sign-in is not accepted: the outbox waits until `resume`. Told once. */
  onSignInNeeded(listener: (error: TaskboardError) => void): () => void {
    return this.outbox.onPaused(listener);
  }

  get unsent(): number {
    return this.outbox.unsent;
  }

  /** What the server has not done yet, in order. */
  unsentRecords(): OutboxRecord[] {
    return this.outbox.records();
  }

  boardList(): BoardList {
    return this.listing.current;
  }

  /** Reads the list of boards again. Failures stand in the list. */
  loadList(): Promise<void> {
    return this.listing.load();
  }

  state(boardId: string): BoardState {
    return this.boards.state(boardId);
  }

  /** Loads a board unless that was done; resolves when its state says how it went. */
  async open(boardId: string): Promise<void> {
    await this.reader.open(boardId);
  }

  /** Reads a board again, open cards too, and sends what waits. Failures stand in its state. */
  async refresh(boardId: string): Promise<void> {
    await this.reader.refresh(boardId);
    if (!this.boards.of(boardId).error) this.reached();
  }

  /** Reads a stage on until its first `upTo` cards are there. Throws TaskboardError. */
  loadMore(boardId: string, stageId: string, upTo?: number): Promise<void> {
    return this.reader.loadMore(boardId, stageId, upTo);
  }

  /** Asks the server for a board's cards by words or a number. Throws TaskboardError. */
  findCards(boardId: string, typed: string): Promise<FoundCards> {
    return findCards(this.options.client, boardId, typed);
  }

  /** Takes a card in that was found: it can be worked on from now on, wherever it stands. */
  know(boardId: string, card: Card): void {
    this.boards.update(boardId, (snapshot) => withFound(snapshot, card));
  }

  /** Reads a whole card and its newest activity into its board's snapshot. Throws TaskboardError. */
  openCard(boardId: string, cardId: string): Promise<void> {
    return this.reader.openCard(boardId, this.cardIdOf(cardId));
  }

  /** Forgets a card's details: no editor shows it any more. */
  closeCard(boardId: string, cardId: string): void {
    this.reader.closeCard(boardId, cardId);
  }

  loadMoreActivity(boardId: string, cardId: string): Promise<void> {
    return this.reader.loadMoreActivity(boardId, cardId);
  }

  /** Changes a board: shown at once, then kept, then sent. */
  mutate(boardId: string, mutation: Mutation): Mutated {
    const before = this.shown(boardId);
    const named = withUsualPriority(
      withIds(mutation, (id) => this.cardIdOf(id)),
      before,
    );
    refuseUnreadable(named, before);
    const { group, ...mutated } = this.send(boardId, named, before);
    this.undoing.did(boardId, named, before, group);
    mutated.saved.catch(() => this.undoing.forget(boardId, group));
    return mutated;
  }

  /** Takes back the last change of a board, unless somebody changed the same since. */
  undo(boardId: string): Promise<UndoResult> {
    return this.undoing.undo(boardId);
  }

  /** Does again what was undone last. */
  redo(boardId: string): Promise<UndoResult> {
    return this.undoing.redo(boardId);
  }

  /** Sends again what waits for a person. */
  retry(id: string): Promise<void> {
    return this.outbox.retry(id);
  }

  /** Gives a change up that was not done. */
  discard(id: string): Promise<void> {
    return this.outbox.discard(id);
  }

  /** Sends another operation in the place of one that waits for a person. */
  revise(id: string, operation: Operation): Promise<void> {
    return this.outbox.revise(id, operation);
  }

  /** Ends a conflict. */
  resolve(id: string, resolution: Resolution): Promise<void> {
    return this.outbox.resolve(id, resolution);
  }

  /** Signed in again, or back on the network: everything is tried now. */
  resume(): void {
    this.breaker.reset();
    this.outbox.resume();
  }

  dispose(): void {
    this.sync.dispose();
    this.outbox.dispose();
    this.reader.dispose();
    this.boards.dispose();
    this.day.dispose();
    for (const each of [this.listing, this.attention, this.others]) each.dispose();
    const closed = new TaskboardError(t('The account was signed out.'), { kind: 'auth' });
    for (const { reject } of this.waiting.values()) reject(closed);
    this.waiting.clear();
  }

  private send(boardId: string, mutation: Mutation, before: BoardSnapshot): Mutated & { group: string } {
    const { journal, account, uuid } = this.options;
    const order = () => journal.nextOrder();
    const records = recordsOf(mutation, before, { account, boardId, uuid, order, now: this.clock.now() }).map(
      (record) => this.tagged(record),
    );
    const group = records[0]?.group ?? uuid();
    const settled = Promise.all(
      records.map(
        ({ id }) => new Promise<string>((resolve, reject) => this.waiting.set(id, { resolve, reject })),
      ),
    );
    // Whoever does not wait for the end hears of a failure through onAttention.
    settled.catch(() => {});
    const saved = this.outbox.enqueue(records).catch((cause: unknown) => {
      const error = notKept(cause);
      for (const { id } of records) this.take(id)?.reject(error);
      this.boards.show(boardId);
      throw error;
    });
    saved.catch(() => {});
    this.boards.show(boardId);
    return { revision: this.boards.of(boardId).revision, saved, settled, group };
  }

  /** The tag of the state that an edit is made on, when the edit is the first since that state. */
  private tagged(record: OutboxRecord): OutboxRecord {
    const { boardId, operation } = record;
    const tag = this.boards.of(boardId).confirmed?.details.get(operation.cardId)?.etag;
    const first = !this.outbox.records(boardId).some((other) => other.operation.cardId === operation.cardId);
    return operation.kind === 'edit' && first && tag !== undefined ? { ...record, tag } : record;
  }

  private async confirmed(boardId: string, again: boolean): Promise<BoardSnapshot> {
    const record = this.boards.of(boardId);
    if (again) await this.reader.refresh(boardId);
    else await this.reader.open(boardId);
    if (record.error) throw record.error;
    return record.confirmed!;
  }

  private done(record: OutboxRecord, reply: { value: WriteAnswer; etag?: string } | undefined): void {
    const { id, boardId, operation } = record;
    const { confirmed } = this.boards.of(boardId);
    if (confirmed)
      this.boards.of(boardId).confirmed = confirmOperation(confirmed, operation, reply?.value, reply?.etag);
    this.boards.show(boardId);
    this.reader.keep(boardId);
    this.take(id)?.resolve((reply && cardIdIn(reply.value)) ?? this.cardIdOf(operation.cardId));
    if (reply) this.sync.wrote(boardId);
    else if (confirmed) void this.reader.refresh(boardId);
  }

  private changed(record: OutboxRecord, before: RecordState): void {
    const { id, boardId, state } = record;
    this.boards.show(boardId);
    if (state.name === 'queued' || state.name === before.name) return;
    const { kind, message } = state.problem;
    const error = new TaskboardError(message, { kind, ambiguous: state.name === 'ambiguous' });
    this.attention.emit({ record, error });
    this.take(id)?.reject(error);
    // The server may have done it, or holds something else than what we thought: look.
    if (error.ambiguous || ['conflict', 'notFound', 'validation'].includes(kind))
      void this.reader.refresh(boardId);
  }

  private dropped({ id, boardId, group }: OutboxRecord): void {
    this.undoing.forget(boardId, group);
    this.boards.show(boardId);
    this.take(id)?.reject(new TaskboardError(t('This change was discarded.'), { kind: 'validation' }));
  }

  private showAll(records: readonly OutboxRecord[]): void {
    for (const boardId of new Set(records.map((record) => record.boardId))) this.boards.show(boardId);
  }

  /** The server's id of a card that was made here; any other id as it is. */
  cardIdOf(id: string): string {
    const { journal, account } = this.options;
    return journal.cardId(account, id);
  }

  private take(id: string) {
    const waiting = this.waiting.get(id);
    this.waiting.delete(id);
    return waiting;
  }

  private shown(boardId: string): BoardSnapshot {
    const { shown } = this.boards.of(boardId);
    if (!shown)
      throw new TaskboardError(t('The board is not loaded yet. Try again in a moment.'), {
        kind: 'validation',
      });
    return shown;
  }

  /** A person's own reading went through: the server is there and takes the sign-in; what waits need not wait longer. */
  private reached(): void {
    this.breaker.reset();
    this.outbox.resume();
  }
}
