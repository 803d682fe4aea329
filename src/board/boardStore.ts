import type { TaskboardClient } from '../client/taskboardClient';
import { TaskboardError } from '../client/taskboardError';
import type { Capability } from '../contract/capabilities';
import type { Me, Partner, Tag } from '../contract/entities';
import type { BoardList, BoardState, Rollback } from './boardState';
import { loadBoard, loadBoards, loadDetail, loadMoreActivity, loadMoreCards } from './boardLoader';
import { Emitter } from './emitter';
import type { Mutation, WriteAnswer, WriteCall } from './mutation';
import { Outbox, type OutboxEntry } from './outbox';
import { type BoardSnapshot, keepDetails, snapshotOf, withCard, withDetail, withoutDetail } from './snapshot';

export interface StoreOptions {
  client: TaskboardClient;
  /** Makes a UUID: the id of an outbox entry and its `Idempotency-Key`. */
  uuid: () => string;
}

interface BoardRecord {
  boardId: string;
  revision: number;
  loading?: Promise<void>;
  /** What the server has confirmed. */
  confirmed?: BoardSnapshot;
  /** `confirmed` with all unconfirmed entries on top: what surfaces see. */
  shown?: BoardSnapshot;
  error?: TaskboardError;
  entries: OutboxEntry[];
}

/**
 * The one owner of what the server owns. Every surface reads its snapshots and changes them through `mutate`; none
 * talks to a client. A change is shown at once, sent by the outbox, then confirmed or taken back.
 */
export class BoardStore {
  private readonly boards = new Map<string, BoardRecord>();
  private readonly changed = new Emitter<string>();
  private readonly listChanged = new Emitter<void>();
  private readonly rolledBack = new Emitter<Rollback>();
  private readonly waiting = new Map<
    string,
    { resolve: (cardId: string) => void; reject: (error: Error) => void }
  >();
  private readonly outbox: Outbox;
  private readonly client: TaskboardClient;
  private readonly uuid: () => string;
  private list: BoardList = { loading: false };
  private me: Promise<Me | null> | undefined;

  constructor({ client, uuid }: StoreOptions) {
    this.client = client;
    this.uuid = uuid;
    this.outbox = new Outbox(client, {
      callFor: (entry) => this.callFor(entry),
      confirmed: (entry, answer, etag) => this.confirm(entry, answer, etag),
      rejected: (entry, error) => this.reject(entry, error),
    });
  }

  /** Called with the id of each board whose state changed. */
  onBoard(listener: (boardId: string) => void): () => void {
    return this.changed.listen(listener);
  }

  onList(listener: () => void): () => void {
    return this.listChanged.listen(listener);
  }

  onRollback(listener: (rollback: Rollback) => void): () => void {
    return this.rolledBack.listen(listener);
  }

  onUnsent(listener: (unsent: number) => void): () => void {
    return this.outbox.onUnsent(listener);
  }

  get unsent(): number {
    return this.outbox.unsent;
  }

  boardList(): BoardList {
    return this.list;
  }

  /** Reads the list of boards again. Failures stand in the list. */
  async loadList(): Promise<void> {
    this.setList({ ...this.list, loading: true });
    try {
      this.setList({ loading: false, boards: await loadBoards(this.client) });
    } catch (error) {
      this.setList({ ...this.list, loading: false, error: asTaskboardError(error) });
    }
  }

  state(boardId: string): BoardState {
    const { revision, loading, shown, error, entries } = this.record(boardId);
    return {
      boardId,
      revision,
      loading: loading !== undefined,
      ...(shown && { snapshot: shown }),
      ...(error && { error }),
      pending: new Set(entries.map((entry) => entry.line.cardId)),
    };
  }

  /** Loads a board unless that was done; resolves when its state says how it went. */
  async open(boardId: string): Promise<void> {
    if (!this.record(boardId).confirmed) await this.refresh(boardId);
  }

  /** Reads a board again, open cards too. Failures stand in its state. One reading at a time. */
  refresh(boardId: string): Promise<void> {
    const record = this.record(boardId);
    record.loading ??= this.load(record).finally(() => {
      delete record.loading;
      this.publish(record);
    });
    this.publish(record);
    return record.loading;
  }

  /** Reads the next cards of a stage. Throws TaskboardError. */
  async loadMore(boardId: string, stageId: string): Promise<void> {
    const record = this.record(boardId);
    const loaded = record.confirmed?.columns.get(stageId)?.cardIds.length ?? 0;
    const cards = await loadMoreCards(this.client, boardId, stageId, loaded);
    const before = record.confirmed;
    if (!before) return;
    const merged = new Map(before.cards);
    for (const card of cards) merged.set(card.card_id, { ...merged.get(card.card_id), ...card });
    record.confirmed = snapshotOf(before.board, [...merged.values()], before.details);
    this.show(record);
  }

  /** Reads a whole card and its newest activity into its board's snapshot. Throws TaskboardError. */
  async openCard(boardId: string, cardId: string): Promise<void> {
    await this.open(boardId);
    const detail = await loadDetail(this.client, cardId);
    this.update(boardId, (snapshot) => withDetail(withCard(snapshot, detail.card), detail));
  }

  /** Forgets a card's details: no editor shows it any more. */
  closeCard(boardId: string, cardId: string): void {
    this.update(boardId, (snapshot) => withoutDetail(snapshot, cardId));
  }

  async loadMoreActivity(boardId: string, cardId: string): Promise<void> {
    const detail = this.record(boardId).confirmed?.details.get(cardId);
    if (!detail) return;
    const more = await loadMoreActivity(this.client, detail);
    this.update(boardId, (snapshot) => withDetail(snapshot, more));
  }

  /**
   * Changes a board: shown at once, then sent.
   * @param told whether the caller says it when the server refuses; otherwise a notice does
   * @returns the revision that shows it, and a promise of the cards' ids (a new card's own) once the server has
   *   confirmed all of it; it rejects with the TaskboardError of the first line that failed
   */
  mutate(
    boardId: string,
    mutation: Mutation,
    told = false,
  ): { revision: number; settled: Promise<string[]> } {
    const record = this.record(boardId);
    if (!record.shown)
      throw new TaskboardError('The board is not loaded yet. Try again in a moment.', { kind: 'validation' });
    const entries = mutation.requests(record.shown).map((line) => ({ id: this.uuid(), boardId, line, told }));
    const settled = Promise.all(
      entries.map(
        ({ id }) => new Promise<string>((resolve, reject) => this.waiting.set(id, { resolve, reject })),
      ),
    );
    // Whoever does not wait for the end hears of a failure through onRollback.
    settled.catch(() => {});
    record.entries.push(...entries);
    this.show(record);
    this.outbox.enqueue(entries);
    return { revision: record.revision, settled };
  }

  /** Whether the server announced a capability; false while it could not be asked. */
  async can(capability: Capability): Promise<boolean> {
    return this.client.capabilities().then(
      (announced) => announced.has(capability),
      () => false,
    );
  }

  /** The signed-in user, or null when the server does not say. */
  whoAmI(): Promise<Me | null> {
    this.me ??= this.can('me').then(async (can) => {
      if (!can) return null;
      return this.client.getMe({}).then(
        ({ value }) => value,
        () => {
          this.me = undefined;
          return null;
        },
      );
    });
    return this.me;
  }

  /** Who may be assigned or mentioned on a board: the server's answer, else its members. Throws TaskboardError. */
  async people(boardId: string, q: string): Promise<readonly Partner[]> {
    if (await this.can('people')) {
      const { value } = await this.client.listPeople({
        params: { board_id: boardId },
        query: { q, limit: 20 },
      });
      return value.people;
    }
    const wanted = q.toLocaleLowerCase();
    return (this.record(boardId).shown?.board.members ?? []).filter(
      ({ name, email }) =>
        name.toLocaleLowerCase().includes(wanted) || email.toLocaleLowerCase().includes(wanted),
    );
  }

  /** The tags that may be given on a board: all of the server's where it lists them, else the board's own. */
  async tags(boardId: string): Promise<readonly Tag[]> {
    if (!(await this.can('tags'))) return this.record(boardId).shown?.board.tags ?? [];
    return (await this.client.listTags({ query: { limit: 200 } })).value.tags;
  }

  dispose(): void {
    this.outbox.dispose();
    for (const emitter of [this.changed, this.listChanged, this.rolledBack]) emitter.dispose();
    const closed = new TaskboardError('The account was signed out.', { kind: 'auth' });
    for (const { reject } of this.waiting.values()) reject(closed);
    this.waiting.clear();
  }

  private async load(record: BoardRecord): Promise<void> {
    try {
      const fresh = await loadBoard(this.client, record.boardId);
      const { snapshot, stale } = keepDetails(fresh, record.confirmed?.details ?? new Map());
      record.confirmed = snapshot;
      for (const cardId of stale) void this.openCard(record.boardId, cardId).catch(() => {});
      delete record.error;
    } catch (error) {
      record.error = asTaskboardError(error);
    }
    this.show(record);
  }

  private async callFor(entry: OutboxEntry): Promise<WriteCall> {
    const [position, etag] = await Promise.all([this.can('position'), this.can('etag')]);
    const { confirmed } = this.record(entry.boardId);
    if (!confirmed) throw new TaskboardError('The board is not loaded.', { kind: 'validation' });
    return entry.line.call(confirmed, { position, etag });
  }

  private confirm(entry: OutboxEntry, answer: WriteAnswer, etag: string | undefined): void {
    const record = this.take(entry);
    if (record.confirmed) record.confirmed = entry.line.confirm(record.confirmed, answer, etag);
    this.show(record);
    const made = answer && 'card' in answer ? answer.card.card_id : entry.line.cardId;
    this.waiting.get(entry.id)?.resolve(made);
    this.waiting.delete(entry.id);
  }

  private reject(entry: OutboxEntry, cause: Error): void {
    const error = asTaskboardError(cause);
    const record = this.take(entry);
    this.show(record);
    const { boardId, line, told } = entry;
    this.rolledBack.emit({ boardId, cardId: line.cardId, label: line.mutation.label, error, told });
    this.waiting.get(entry.id)?.reject(error);
    this.waiting.delete(entry.id);
    // The server may have done it, or holds something else than what we thought: look.
    if (error.ambiguous || error.kind === 'conflict' || error.kind === 'notFound') void this.refresh(boardId);
  }

  private take(entry: OutboxEntry): BoardRecord {
    const record = this.record(entry.boardId);
    record.entries = record.entries.filter((other) => other !== entry);
    return record;
  }

  private update(boardId: string, change: (snapshot: BoardSnapshot) => BoardSnapshot): void {
    const record = this.record(boardId);
    if (!record.confirmed) return;
    record.confirmed = change(record.confirmed);
    this.show(record);
  }

  /** Lays the unconfirmed entries over what is confirmed, and tells. */
  private show(record: BoardRecord): void {
    if (record.confirmed)
      record.shown = record.entries.reduce(
        (snapshot, entry) => entry.line.mutation.apply(snapshot),
        record.confirmed,
      );
    this.publish(record);
  }

  private publish(record: BoardRecord): void {
    record.revision++;
    this.changed.emit(record.boardId);
  }

  private setList(list: BoardList): void {
    this.list = list;
    this.listChanged.emit();
  }

  private record(boardId: string): BoardRecord {
    let record = this.boards.get(boardId);
    if (!record) this.boards.set(boardId, (record = { boardId, revision: 0, entries: [] }));
    return record;
  }
}

/** Every failure that reaches a surface is a TaskboardError; anything else is a fault of ours and says so. */
function asTaskboardError(error: unknown): TaskboardError {
  if (TaskboardError.is(error)) return error;
  return new TaskboardError(
    'Something went wrong inside Taskboard. The log (Taskboard: Show Log) has the details.',
    {
      kind: 'server',
      cause: error,
    },
  );
}
