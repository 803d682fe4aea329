import type { OutboxRecord } from '../mutations/record';
import { type BoardSnapshot, withoutCard } from '../snapshot/snapshot';

/** A server's clock may be so far behind ours, in milliseconds. */
const CLOCKS_DIFFER_MS = 10 * 60_000;

/**
 * New cards that the server made, but whose answer was lost: they are read back under the server's id while the outbox
 * still asks about the temporary one. Until it knows, one of the two is hidden, or a person would change the wrong one,
 * past what already waits for the other.
 */
export class CreateDuplicates {
  /** Cards that are no twins. */
  private readonly settled = new Set<string>();
  /** CreateDuplicates, by the record that made them. */
  private readonly cardOf = new Map<string, string>();

  /** What is confirmed without the twins of what is on its way. */
  hide(confirmed: BoardSnapshot, unsent: readonly OutboxRecord[]): BoardSnapshot {
    // Of those that were sent at least once the server may have made a card.
    const sent = unsent.flatMap(({ id, title, operation, call }) =>
      operation.kind === 'create' && call !== undefined ? [{ id, title, at: Date.parse(operation.at) }] : [],
    );
    for (const [recordId, cardId] of this.cardOf)
      if (!sent.some(({ id }) => id === recordId)) {
        this.cardOf.delete(recordId);
        this.settled.add(cardId);
      }
    const hidden = new Set(this.cardOf.values());
    for (const card of confirmed.cards.values()) {
      if (this.settled.has(card.card_id) || hidden.has(card.card_id)) continue;
      const record = sent.find(
        ({ id, title, at }) =>
          !this.cardOf.has(id) && title === card.title && Date.parse(card.created_at) > at - CLOCKS_DIFFER_MS,
      );
      if (record) this.cardOf.set(record.id, card.card_id);
      else this.settled.add(card.card_id);
    }
    return [...this.cardOf.values()].reduce(withoutCard, confirmed);
  }

  has(cardId: string): boolean {
    return [...this.cardOf.values()].includes(cardId);
  }
}
