import type { Clock } from '../../base/clock';
import type { Log } from '../../base/log';
import type { TaskboardClient } from '../../client/taskboardClient';
import type { Card } from '../../contract/entities';
import { loadBoard, loadDetail, loadMoreActivity, loadCardsUpTo } from './boardLoader';
import type { Boards, BoardRecord } from './boards';
import { asTaskboardError } from '../../client/fault';
import { failureOf } from '../../client/requestLog';
import {
  type BoardSnapshot,
  cardsInOrder,
  keepDetails,
  mergedCard,
  snapshotOf,
  withFound,
  withDetail,
  withoutDetail,
} from '../snapshot/snapshot';
import type { SnapshotCache } from './snapshotCache';

/** How long a board that changed may wait until it is kept on the disk, in milliseconds. */
const KEEP_AFTER_MS = 2_000;

/** Reads boards from the server, and from the disk while there is nothing better. */
export class Reader {
  private readonly keeping = new Set<string>();
  /** Cards that an editor shows. */
  private readonly opened = new Set<string>();
  private readonly stopped = new AbortController();

  constructor(
    private readonly client: TaskboardClient,
    private readonly boards: Boards,
    private readonly clock: Clock,
    private readonly cache: SnapshotCache | undefined,
    private readonly log: Log,
    /** Told when a board was read from the server. */
    private readonly read: (boardId: string, confirmed: BoardSnapshot) => void = () => {},
  ) {}

  /** Loads a board unless that was done; resolves when its state says how it went. */
  async open(boardId: string): Promise<void> {
    const record = this.boards.of(boardId);
    if (record.fresh) return;
    await this.refresh(boardId);
  }

  /** Reads a board again, open cards too. Failures stand in its state. One reading at a time. */
  refresh(boardId: string): Promise<void> {
    const record = this.boards.of(boardId);
    record.loading ??= this.load(record).finally(() => {
      delete record.loading;
      this.boards.publish(boardId);
    });
    this.boards.publish(boardId);
    return record.loading;
  }

  /** Reads a stage on until its first `upTo` cards are there; by default the next ones. Throws TaskboardError. */
  async loadMore(boardId: string, stageId: string, upTo?: number): Promise<void> {
    const loaded = new Set(this.boards.of(boardId).confirmed?.columns.get(stageId)?.cardIds);
    const wanted = upTo ?? loaded.size + 1;
    const { items, leftOut } = await loadCardsUpTo(this.client, boardId, stageId, loaded, wanted);
    this.boards.of(boardId).leftOut += leftOut;
    this.boards.update(boardId, (snapshot) => atItsEnd(withCards(snapshot, items), stageId, wanted));
  }

  /** Reads a whole card and its newest activity into its board's snapshot. Throws TaskboardError. */
  async openCard(boardId: string, cardId: string): Promise<void> {
    this.opened.add(cardId);
    await this.open(boardId);
    const detail = await loadDetail(this.client, cardId);
    this.boards.update(boardId, (snapshot) => withDetail(withFound(snapshot, detail.card), detail));
    this.keep(boardId);
  }

  /** Forgets a card's details: no editor shows it any more. */
  closeCard(boardId: string, cardId: string): void {
    this.opened.delete(cardId);
    this.boards.update(boardId, (snapshot) => withoutDetail(snapshot, cardId));
  }

  async loadMoreActivity(boardId: string, cardId: string): Promise<void> {
    const detail = this.boards.of(boardId).confirmed?.details.get(cardId);
    if (!detail) return;
    const more = await loadMoreActivity(this.client, detail);
    this.boards.update(boardId, (snapshot) => withDetail(snapshot, more));
  }

  /** Keeps what is confirmed on the disk, soon. */
  keep(boardId: string): void {
    const { cache, clock } = this;
    if (!cache || this.keeping.has(boardId)) return;
    this.keeping.add(boardId);
    clock
      .wait(KEEP_AFTER_MS, this.stopped.signal)
      .then(() => {
        this.keeping.delete(boardId);
        const { confirmed, at, fresh } = this.boards.of(boardId);
        if (!confirmed || !fresh) return undefined;
        const { board, details } = confirmed;
        return cache.saveBoard(boardId, {
          ...{ at, board },
          cards: cardsInOrder(confirmed),
          details: [...details.values()],
        });
      })
      .catch((error: unknown) =>
        this.log.warn(`${boardId} could not be kept on the disk: ${failureOf(error)}`),
      );
  }

  dispose(): void {
    this.stopped.abort();
  }

  private async recall(record: BoardRecord): Promise<void> {
    const kept = await this.cache?.loadBoard(record.boardId).catch((error: unknown) => {
      this.log.warn(`${record.boardId} could not be read from the disk: ${failureOf(error)}`);
      return null;
    });
    if (!kept || record.confirmed) return;
    const details = (kept.details ?? []).map((detail) => [detail.card.card_id, detail] as const);
    record.confirmed = snapshotOf(kept.board, kept.cards, new Map(details));
    record.at = kept.at;
    this.boards.show(record.boardId);
  }

  private async load(record: BoardRecord): Promise<void> {
    const { boardId } = record;
    // The disk is faster than the server, and is not waited for when it is not.
    const recalled = record.confirmed ? undefined : this.recall(record);
    try {
      const { snapshot: fresh, cursor, leftOut } = await loadBoard(this.client, boardId);
      const whole = record.fresh ? await this.asFarAs(fresh, record.confirmed) : fresh;
      // Of those that the disk had some are open no more.
      const details = [...(record.confirmed?.details ?? [])].filter(([cardId]) => this.opened.has(cardId));
      const { snapshot, stale } = keepDetails(whole, new Map(details));
      record.confirmed = snapshot;
      record.at = this.clock.now();
      record.fresh = true;
      record.leftOut = leftOut;
      if (cursor === undefined) delete record.cursor;
      else record.cursor = cursor;
      for (const cardId of stale)
        void this.openCard(boardId, cardId).catch((error: unknown) =>
          this.log.debug(`${cardId} was not read again: ${failureOf(error)}`),
        );
      delete record.error;
      this.keep(boardId);
      this.read(boardId, snapshot);
    } catch (error) {
      await recalled;
      record.error = asTaskboardError(error, this.log, `reading ${boardId}`);
      this.log.info(`${boardId} was not read: ${failureOf(error)}`);
    }
    this.boards.show(boardId);
  }

  /** What was read again, with as many cards a stage as there were before: nobody is thrown back to the beginning. */
  private async asFarAs(fresh: BoardSnapshot, before: BoardSnapshot | undefined): Promise<BoardSnapshot> {
    const more: Card[] = [];
    for (const [stageId, { cardIds, total }] of fresh.columns) {
      const wanted = Math.min(before?.columns.get(stageId)?.cardIds.length ?? 0, total);
      if (wanted > cardIds.length)
        more.push(
          ...(await loadCardsUpTo(this.client, fresh.board.board_id, stageId, new Set(cardIds), wanted))
            .items,
        );
    }
    return more.length === 0 ? fresh : withCards(fresh, more);
  }
}

/** A stage that brought less than was wanted is at its end, whatever was counted: it is not asked again. */
function atItsEnd(read: BoardSnapshot, stageId: string, wanted: number): BoardSnapshot {
  const column = read.columns.get(stageId);
  const loaded = column?.cardIds.length ?? 0;
  if (!column || loaded >= wanted || column.total <= loaded) return read;
  return { ...read, columns: new Map(read.columns).set(stageId, { ...column, total: loaded }) };
}

/** The snapshot with further cards of its stages, behind those that stand there: each list is in the server's order. */
function withCards(snapshot: BoardSnapshot, cards: readonly Card[]): BoardSnapshot {
  const { board, cards: known, columns, details } = snapshot;
  const placed = new Set([...columns.values()].flatMap(({ cardIds }) => cardIds));
  const merged = new Map<string, Card>();
  for (const card of cardsInOrder(snapshot)) if (placed.has(card.card_id)) merged.set(card.card_id, card);
  for (const card of cards) merged.set(card.card_id, mergedCard(known.get(card.card_id), card));
  for (const [cardId, card] of known) if (!merged.has(cardId)) merged.set(cardId, card);
  return snapshotOf(board, [...merged.values()], details);
}
