// Room: src/board/journal: what is unsent or half-typed, on the disk before anybody is told that it is saved.
// Owner: this window, of its own file; the journal of all windows is read by each.
// Source: docs/offline.md; docs/decisions/0006-our-own-journal.md.

import type { Clock } from '../../base/clock';
import { sha256 } from '../../base/sha256';
import { type Key, keyOf } from '../../contract/keys';
import { Emitter } from '../../base/emitter';
import { type JournalEvent, lineOf, parseLines } from './journalLines';
import { type JournalChange, JournalState } from './journalState';
import type { JournalStorage } from './journalStorage';
import type { OutboxRecord } from '../mutations/record';

export interface JournalOptions {
  storage: JournalStorage;
  clock: Clock;
  /** Names this window among all that ever used the storage. */
  window: string;
  /** How often the other windows' files and the locks are looked at, in milliseconds. */
  lookEvery?: number;
  /** Told of what goes wrong in the background, in a sentence. */
  onWarning?: (message: string) => void;
}

const LOOK_EVERY_MS = 1_000;
/** A file is written anew, with only what still counts, when so many lines were added. */
const COMPACT_LINES = 2_000;
/** The same by its size, in characters: a long text that is typed is a long line each time. */
const COMPACT_CHARACTERS = 4_000_000;

/** Under which a half-typed text is kept. */
type DraftKey = Key<'comment' | 'description'>;

interface Waiting {
  lines: string[];
  /** Whether what failed is written with the next that goes well, and before it. */
  owed: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/**
 * What must not be lost: records on their way to a server, and half-typed texts. Append-only lines with a checksum;
 * what `put` was asked to keep is on the disk when it resolves. Every window writes one file and reads all; for each
 * account one window at a time leads, and that one sends.
 */
export class Journal {
  private readonly state = new JournalState();
  private readonly foreign = new Emitter<JournalChange>();
  private readonly ledBy = new Emitter<string>();
  private readonly file: string;
  private readonly stamps = new Map<string, string>();
  private readonly elsewhere = new Map<string, Set<string>>();
  private readonly wanted = new Set<string>();
  private readonly held = new Set<string>();
  private readonly ended = new AbortController();
  private waiting: Waiting[] = [];
  private working: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private lines = 0;
  private characters = 0;
  /** That something is done, and could not be written: it must not be overtaken by what was done later. */
  private owed: string[] = [];
  private stopWatching: (() => void) | undefined;

  private constructor(private readonly options: JournalOptions) {
    this.file = `${options.window}.jsonl`;
  }

  /** Reads what all windows have left. @throws what the storage throws when the folder can't be read */
  static async open(options: JournalOptions): Promise<Journal> {
    const journal = new Journal(options);
    await journal.read();
    void journal.keepLooking();
    journal.stopWatching = options.storage.watch?.((name) => {
      if (name !== journal.file) void journal.look();
    });
    return journal;
  }

  records(account: string): OutboxRecord[] {
    return this.state.records(account);
  }

  /** The accounts with records that are not done. */
  accounts(): string[] {
    return [...new Set(this.state.records().map(({ account }) => account))];
  }

  nextOrder(): number {
    return this.state.next(this.options.clock.now());
  }

  /** The server's id of an account's card that was made here; any other id as it is. */
  cardId(account: string, id: string): string {
    return this.state.cardId(account, id);
  }

  draft(key: DraftKey): string {
    return this.state.draft(key);
  }

  /** What other windows did. */
  onForeign(listener: (change: JournalChange) => void): () => void {
    return this.foreign.listen(listener);
  }

  /** This window leads an account from now on: called with the account. */
  onLead(listener: (account: string) => void): () => void {
    return this.ledBy.listen(listener);
  }

  leads(account: string): boolean {
    return this.held.has(account);
  }

  /** Asks to lead an account, now or when the window that leads it is gone. */
  async claim(account: string): Promise<void> {
    this.wanted.add(account);
    await this.lockWanted();
  }

  async release(account: string): Promise<void> {
    this.wanted.delete(account);
    if (this.held.delete(account)) await this.options.storage.unlock(lockOf(account), this.options.window);
  }

  /** Resolves when the records are on the disk. Rejects when they are not; then nothing of them is kept. */
  async put(records: readonly OutboxRecord[]): Promise<void> {
    const event: JournalEvent = { t: 'put', at: this.nextOrder(), records };
    await this.write([event]);
    this.state.take([event]);
  }

  /**
   * A record is done or discarded, from this moment on; resolves when that is on the disk.
   * @param made the id that a new card got: everything that named the temporary one names it from now on
   * @param also records that are changed by it: written along with it, or not at all
   */
  end(
    id: string,
    made?: { local: string; cardId: string },
    also: readonly OutboxRecord[] = [],
  ): Promise<void> {
    const account = this.state.accountOf(id);
    const named = made && { ...made, ...(account !== undefined && { account }) };
    const events: JournalEvent[] = [{ t: 'end', at: this.nextOrder(), id, ...(named && { made: named }) }];
    if (also.length > 0) events.push({ t: 'put', at: this.nextOrder(), records: also });
    this.state.take(events);
    return this.write(events, true);
  }

  async setDraft(key: DraftKey, text: string): Promise<void> {
    if (this.draft(key) === text) return;
    const event: JournalEvent = { t: 'draft', at: this.nextOrder(), key, text };
    this.state.take([event]);
    await this.write([event]);
  }

  /** Resolves when all that was asked for is written; what is left is then another window's. */
  async close(): Promise<void> {
    this.ended.abort();
    this.stopWatching?.();
    await this.working;
    await Promise.all([...this.held].map((account) => this.release(account)));
    const { storage, clock } = this.options;
    const left = this.state.compacted(
      clock.now(),
      new Set([...this.elsewhere.values()].flatMap((ids) => [...ids])),
    );
    if (left.length === 0) await storage.takeOver(this.file).then(({ discard }) => discard());
    for (const emitter of [this.foreign, this.ledBy]) emitter.dispose();
  }

  private write(events: readonly JournalEvent[], owed = false): Promise<void> {
    return new Promise((resolve, reject) => {
      this.waiting.push({ lines: events.map(lineOf), owed, resolve, reject });
      this.working ??= this.work();
    });
  }

  /** All that was asked for while the disk was busy is written, and synced, as one. */
  private async work(): Promise<void> {
    await Promise.resolve();
    while (this.waiting.length > 0) {
      const batch = this.waiting;
      this.waiting = [];
      const lines = [...this.owed, ...batch.flatMap((each) => each.lines)];
      try {
        await this.options.storage.append(this.file, lines.join(''));
        this.owed = [];
        this.lines += lines.length;
        this.characters += charactersIn(lines);
        for (const { resolve } of batch) resolve();
      } catch (error) {
        this.owed.push(...batch.flatMap((each) => (each.owed ? each.lines : [])));
        for (const { reject } of batch) reject(error);
      }
      // What was resolved just now must be in the state before it is compacted.
      await new Promise<void>((resolve) => setImmediate(resolve));
      if (this.lines > COMPACT_LINES || this.characters > COMPACT_CHARACTERS) await this.compact();
    }
    this.working = undefined; // in the same turn as the look at what waits: nothing comes in between
  }

  private async compact(): Promise<void> {
    const elsewhere = new Set([...this.elsewhere.values()].flatMap((ids) => [...ids]));
    const lines = this.state.compacted(this.options.clock.now(), elsewhere).map(lineOf);
    // A long queue is no reason to write it again and again.
    this.lines = Math.min(lines.length, COMPACT_LINES / 2);
    this.characters = Math.min(charactersIn(lines), COMPACT_CHARACTERS / 2);
    await this.options.storage
      .replace(this.file, lines.join(''))
      .catch((error: unknown) => this.warn('could not be made smaller', error));
  }

  private async keepLooking(): Promise<void> {
    const { clock, lookEvery = LOOK_EVERY_MS } = this.options;
    while (!this.ended.signal.aborted) {
      await clock.wait(lookEvery, this.ended.signal).catch(() => {});
      if (!this.ended.signal.aborted) await this.look();
    }
  }

  /** Reads what the others wrote, takes over what a dead window left, and keeps the locks. */
  private look(): Promise<void> {
    return (this.looking ??= this.lookOnce().finally(() => (this.looking = undefined)));
  }

  private async lookOnce(): Promise<void> {
    try {
      await this.lockWanted();
      await this.options.storage.touch(this.file);
      const change = await this.read();
      if (!this.ended.signal.aborted && change.changed.length + change.ended.length > 0)
        this.foreign.emit(change);
    } catch (error) {
      this.warn('could not be read', error);
    }
  }

  private async read(): Promise<JournalChange> {
    const { storage } = this.options;
    const files = (await storage.list()).filter(({ name }) => name !== this.file);
    const names = new Set(files.map(({ name }) => name));
    for (const name of this.stamps.keys()) {
      if (names.has(name)) continue;
      this.stamps.delete(name);
      this.elsewhere.delete(name);
    }
    const changed: OutboxRecord[] = [];
    const ended: string[] = [];
    for (const { name, stamp, alive } of files) {
      const events = alive
        ? this.stamps.get(name) === stamp
          ? []
          : parseLines(await storage.read(name))
        : await this.takeOver(name);
      this.stamps.set(name, stamp);
      if (events.length === 0) continue;
      this.elsewhere.set(
        name,
        new Set(events.flatMap((event) => (event.t === 'put' ? event.records.map(({ id }) => id) : []))),
      );
      const change = this.state.take(events);
      changed.push(...change.changed);
      ended.push(...change.ended);
    }
    const gone = new Set(ended);
    return { changed: changed.filter(({ id }) => !gone.has(id)), ended };
  }

  /** Copies a dead window's file into our own before it goes. */
  private async takeOver(name: string): Promise<JournalEvent[]> {
    const { text, discard } = await this.options.storage.takeOver(name);
    const events = parseLines(text);
    try {
      if (events.length > 0) await this.write(events);
      await discard();
    } catch (error) {
      this.warn(`of a window that ended could not be taken over yet`, error); // it stays where it is
    }
    return events;
  }

  private async lockWanted(): Promise<void> {
    for (const account of this.wanted) {
      const mine = await this.options.storage.lock(lockOf(account), this.options.window).catch(() => false);
      if (!mine) this.held.delete(account);
      else if (!this.held.has(account) && this.wanted.has(account)) {
        this.held.add(account);
        this.ledBy.emit(account);
      }
    }
  }

  private warn(what: string, error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.options.onWarning?.(`The journal of unsent changes ${what}: ${reason}`);
  }
}

/** A file name of an account, which holds a server's address and a login. Not two accounts have the same. */
const lockOf = (account: string) => sha256(keyOf('lock', account)).slice(0, 32);

const charactersIn = (lines: readonly string[]) => lines.reduce((sum, { length }) => sum + length, 0);
