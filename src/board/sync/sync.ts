// Room: src/board/sync: reads boards, lists and cards, follows what others do, and keeps what the server confirmed.
// Owner: `Boards` owns the last snapshot of each board, and its revision.
// Source: docs/offline.md; docs/contract.md.

import type { Breaker } from '../../client/breaker';
import type { Clock } from '../../base/clock';
import { type Log, stackOf } from '../../base/log';
import type { TaskboardClient } from '../../client/taskboardClient';
import { TaskboardError } from '../../client/taskboardError';
import type { OthersChanges } from './boardState';
import type { Boards } from './boards';
import { failureOf } from '../../client/requestLog';
import { changedCards, fits, movedCards, withChangesOf } from '../snapshot/changes';

export interface SyncOptions {
  client: TaskboardClient;
  clock: Clock;
  /** From 0 up to 1. */
  random: () => number;
  breaker: Breaker;
  log: Log;
  boards: Boards;
  /** Reads the whole board; failures stand in its state. */
  refresh: (boardId: string) => Promise<void>;
  openCard(boardId: string, cardId: string): Promise<void>;
  others(changes: OthersChanges): void;
  /** What is confirmed of a board changed. */
  kept(boardId: string): void;
}

/** Between two looks at a board on which nothing happens, in milliseconds: at most four a minute. */
const BASE_PACE_MS = 15_000;
/** When nothing happens for long, so many times slower. */
const SLOWEST = 4;
/** A server that takes its time is asked less: it works for us one twentieth of the time at most. */
const LATENCY_SHARE = 20;
/** So many answers of changes are read at one look; what is left comes with the next. */
const MOST_ROUNDS = 50;
/** Own writes that follow each other are looked after once. */
const AFTER_WRITE_MS = 400;

interface Watched {
  viewers: number;
  slower: number;
  failures: number;
  alarm?: AbortController;
  /** When the alarm rings. */
  due: number;
}

/** What a look found: what others changed, and how many requests that took. */
interface Seen {
  cardIds: string[];
  moved: string[];
  asked: number;
}

/** Follows what others do on the boards that somebody looks at; asks nothing for those that nobody sees. */
export class BoardSync {
  private readonly watched = new Map<string, Watched>();
  private pace = BASE_PACE_MS;
  private line: Promise<void> = Promise.resolve();
  private disposed = false;

  constructor(private readonly options: SyncOptions) {}

  /** Somebody sees the board, in a window that has the focus: looks at once, then again and again. */
  watch(boardId: string): () => void {
    const watched = this.watched.get(boardId) ?? { viewers: 0, slower: 1, failures: 0, due: Infinity };
    this.watched.set(boardId, watched);
    if (watched.viewers++ === 0) this.lookIn(boardId, 0);
    let ended = false;
    return () => {
      if (ended) return;
      ended = true;
      if (--watched.viewers > 0) return;
      watched.alarm?.abort();
      this.watched.delete(boardId);
    };
  }

  /** @param ms between two looks while nothing happens; never under 15 seconds */
  setPace(ms: number): void {
    this.pace = Math.max(BASE_PACE_MS, ms);
  }

  /** The server has done one of our writes: others may be affected, and what it made of it is to be seen. */
  wrote(boardId: string): void {
    const watched = this.watched.get(boardId);
    if (!watched) return;
    watched.slower = 1;
    this.lookIn(boardId, AFTER_WRITE_MS);
  }

  dispose(): void {
    this.disposed = true;
    for (const { alarm } of this.watched.values()) alarm?.abort();
    this.watched.clear();
  }

  private lookIn(boardId: string, ms: number): void {
    const watched = this.watched.get(boardId);
    if (!watched || this.disposed) return;
    const due = this.options.clock.now() + ms;
    if (watched.due <= due) return; // it looks sooner anyway
    watched.due = due;
    watched.alarm?.abort();
    const alarm = (watched.alarm = new AbortController());
    this.options.clock.wait(ms, alarm.signal).then(
      () => {
        watched.due = Infinity;
        // One look at a time, whichever board it is.
        this.line = this.line.then(() => (alarm.signal.aborted ? undefined : this.look(boardId, watched)));
      },
      () => {},
    );
  }

  private async look(boardId: string, watched: Watched): Promise<void> {
    const { clock, random } = this.options;
    const started = clock.now();
    let wanted = 0;
    let requests = 1;
    try {
      const { cardIds, moved, asked } = await this.read(boardId);
      requests = asked;
      watched.failures = 0;
      watched.slower = cardIds.length > 0 ? 1 : Math.min(SLOWEST, watched.slower * 1.5);
      if (cardIds.length > 0) this.options.others({ boardId, cardIds, moved });
    } catch (error) {
      watched.failures = Math.min(4, watched.failures + 1);
      this.failed(boardId, error);
      wanted = (TaskboardError.is(error) && error.retryAfterMs) || 0;
    }
    const pace =
      this.pace * requests * this.watched.size * Math.max(watched.slower, 2 ** watched.failures - 1);
    const latency = (clock.now() - started) * LATENCY_SHARE;
    this.lookIn(boardId, Math.max(pace, latency, wanted) * (1 + random() / 5));
  }

  private failed(what: string, error: unknown): void {
    const { log } = this.options;
    if (TaskboardError.is(error)) log.info(`the look at ${what} failed: ${failureOf(error)}`);
    else log.error(`a fault of ours while looking at ${what}\n${stackOf(error)}`);
  }

  /** Reads on as long as the server has more and each answer leads further. Throws TaskboardError. */
  private async read(boardId: string): Promise<Seen> {
    const cardIds = new Set<string>();
    const moved = new Set<string>();
    let asked = 0;
    for (let round = 0; round < MOST_ROUNDS; round++) {
      const seen = await this.readOnce(boardId);
      for (const id of seen.cardIds) cardIds.add(id);
      for (const id of seen.moved) moved.add(id);
      asked += seen.asked;
      if (!seen.more) break;
    }
    return { cardIds: [...cardIds], moved: [...moved], asked };
  }

  /** Throws TaskboardError. */
  private async readOnce(boardId: string): Promise<Seen & { more?: boolean }> {
    const { client, boards, breaker } = this.options;
    const announced = await breaker.run(() => client.capabilities());
    const { cursor, confirmed } = boards.of(boardId);
    if (!announced.has('changes') || !cursor || !confirmed || !boards.of(boardId).fresh)
      return this.readAll(boardId, announced.has('snapshot') ? 1 : 1 + (confirmed?.board.stages.length ?? 4));
    const query = { since: cursor, ...(announced.has('snapshot') && { view: 'summary' as const }) };
    let reply;
    try {
      reply = await breaker.run(() => client.listChanges({ params: { board_id: boardId }, query }));
    } catch (error) {
      // The cursor is too old: begin anew.
      if (TaskboardError.is(error) && error.details?.['field'] === 'since') return this.readAll(boardId, 1);
      throw error;
    }
    const { value: changes, leftOut } = reply;
    const record = boards.of(boardId);
    if (leftOut || changes.board_changed || !record.confirmed || !fits(record.confirmed, changes))
      return this.readAll(boardId, 1);
    record.cursor = changes.cursor;
    record.at = this.options.clock.now();
    const { error } = record;
    delete record.error;
    const before = record.confirmed;
    if (changes.cards.length + changes.removed.length > 0) {
      const { details } = record.confirmed;
      boards.update(boardId, (snapshot) => withChangesOf(snapshot, changes));
      this.options.kept(boardId);
      for (const { card_id } of changes.cards)
        if (details.has(card_id))
          await this.options
            .openCard(boardId, card_id)
            .catch((error: unknown) => this.failed(card_id, error));
    } else if (error) boards.publish(boardId);
    const cardIds = this.ofOthers(boardId, changedCards(before, changes));
    const moved = this.ofOthers(boardId, movedCards(before, changes.cards));
    return { cardIds, moved, asked: 1, more: changes.more && changes.cursor !== cursor };
  }

  private async readAll(boardId: string, asked: number): Promise<Seen> {
    const { boards, refresh } = this.options;
    const before = boards.of(boardId).confirmed;
    await refresh(boardId);
    const { confirmed: after, error } = boards.of(boardId);
    if (error) throw error;
    if (!before || !after) return { cardIds: [], moved: [], asked };
    // A card beyond the loaded ones, known because somebody opened it, is not gone.
    const placed = [...before.columns.values()].flatMap(({ cardIds }) => cardIds);
    const gone = placed.filter((id) => !after.cards.has(id));
    const cardIds = changedCards(before, { cards: [...after.cards.values()], removed: gone });
    const moved = this.ofOthers(boardId, movedCards(before, after.cards.values()));
    return { cardIds: this.ofOthers(boardId, cardIds), moved, asked };
  }

  /** Those that have nothing of ours on its way. */
  private ofOthers(boardId: string, cardIds: readonly string[]): string[] {
    const { boards } = this.options;
    const { pending } = boards.state(boardId);
    return cardIds.filter((id) => !pending.has(id) && !boards.of(boardId).duplicates.has(id));
  }
}
