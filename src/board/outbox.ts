import type { TaskboardClient } from '../client/taskboardClient';
import type { TaskboardError } from '../client/taskboardError';
import { Emitter } from './emitter';
import type { WriteAnswer, WriteCall, WriteLine } from './mutation';

/** A line on its way to the server. */
export interface OutboxEntry {
  /** The `Idempotency-Key` of every try. */
  readonly id: string;
  readonly boardId: string;
  readonly line: WriteLine;
  /** Whoever made the change tells the person when it fails. */
  readonly told: boolean;
}

/** What the outbox asks of its owner, the store. */
export interface OutboxOwner {
  /** The call as it must be now; asked once, right before sending. */
  callFor(entry: OutboxEntry): Promise<WriteCall>;
  confirmed(entry: OutboxEntry, answer: WriteAnswer, etag: string | undefined): void;
  rejected(entry: OutboxEntry, error: TaskboardError | Error): void;
}

const PARALLEL = 4;

/**
 * Sends lines: first in, first out for one card, a few cards at a time. A line also waits for the earlier lines of
 * the cards that it names. Every line ends confirmed or rejected.
 */
export class Outbox {
  private readonly waiting: OutboxEntry[] = [];
  private readonly running = new Set<OutboxEntry>();
  private readonly counted = new Emitter<number>();
  private readonly ended = new AbortController();

  constructor(
    private readonly client: TaskboardClient,
    private readonly owner: OutboxOwner,
  ) {}

  /** How many lines have not been confirmed or rejected. */
  get unsent(): number {
    return this.waiting.length + this.running.size;
  }

  onUnsent(listener: (unsent: number) => void): () => void {
    return this.counted.listen(listener);
  }

  enqueue(entries: readonly OutboxEntry[]): void {
    this.waiting.push(...entries);
    this.counted.emit(this.unsent);
    this.pump();
  }

  dispose(): void {
    this.ended.abort();
    this.waiting.length = 0;
    this.counted.dispose();
  }

  private pump(): void {
    const blocked = new Set([...this.running].map(({ line }) => line.cardId));
    for (const entry of [...this.waiting]) {
      const { cardId, waitsFor } = entry.line;
      const free = !blocked.has(cardId) && !waitsFor.some((other) => blocked.has(other));
      blocked.add(cardId);
      if (!free || this.running.size >= PARALLEL) continue;
      this.waiting.splice(this.waiting.indexOf(entry), 1);
      this.running.add(entry);
      void this.run(entry);
    }
  }

  private async run(entry: OutboxEntry): Promise<void> {
    try {
      const call = await this.owner.callFor(entry);
      const reply = await sendCall(this.client, call, entry.id, this.ended.signal);
      this.running.delete(entry);
      this.owner.confirmed(entry, reply.value, reply.etag);
    } catch (error) {
      this.running.delete(entry);
      if (!this.ended.signal.aborted)
        this.owner.rejected(entry, error instanceof Error ? error : new Error(String(error)));
    }
    if (this.ended.signal.aborted) return;
    this.counted.emit(this.unsent);
    this.pump();
  }
}

/** One call through the port. The correlation of name and request is lost to the type checker in a union, hence the cast. */
function sendCall(client: TaskboardClient, call: WriteCall, key: string, signal: AbortSignal) {
  const method = client[call.endpoint] as (
    request: unknown,
    options: object,
  ) => Promise<{ value: WriteAnswer; etag?: string }>;
  return method(call.request, {
    idempotencyKey: key,
    signal,
    ...(call.ifMatch && { ifMatch: call.ifMatch }),
  });
}
