import * as z from 'zod/mini';
import type { Journal } from '../../board/journal/journal';
import { type CardRef, cardKey, commentKeyBefore, type Key } from '../../contract/keys';
import { DescriptionDraft } from '../../messages/cardMessages';

type DraftKey = Key<'comment' | 'description'>;

/** So long typing goes on before it is written, in milliseconds. */
const TYPING_MS = 300;

/**
 * Half-typed comments and descriptions, by connection, board and card. They stand in the journal: on the disk, whatever
 * ends the view or the window. What was typed just now is known at once and written in a moment.
 */
export class Drafts {
  private readonly typed = new Map<DraftKey, string>();
  private timer: NodeJS.Timeout | undefined;

  /** @param warn told when a text that was typed could not be kept */
  constructor(
    private readonly journal: Pick<Journal, 'draft' | 'setDraft'>,
    private readonly warn: (message: string) => void = () => {},
  ) {}

  comment(card: CardRef): string {
    const key = cardKey('comment', card);
    return this.typed.get(key) ?? (this.journal.draft(key) || this.journal.draft(commentKeyBefore(card)));
  }

  typedComment(card: CardRef, text: string): void {
    this.soon(cardKey('comment', card), text);
    if (this.journal.draft(commentKeyBefore(card)) !== '') this.soon(commentKeyBefore(card), '');
  }

  /** Resolves when the text is safe. */
  async setComment(card: CardRef, text: string): Promise<void> {
    this.typedComment(card, text);
    await this.write();
  }

  description(card: CardRef): DescriptionDraft | null {
    const key = cardKey('description', card);
    const kept = this.typed.get(key) ?? this.journal.draft(key);
    if (kept === '') return null;
    try {
      return z.parse(DescriptionDraft, JSON.parse(kept));
    } catch {
      return null;
    }
  }

  typedDescription(card: CardRef, draft: DescriptionDraft | null): void {
    this.soon(cardKey('description', card), draft === null ? '' : JSON.stringify(draft));
  }

  /** Writes what was typed just now, and tells what could not be. */
  async flush(): Promise<void> {
    await this.write().catch((error: unknown) =>
      this.warn(`A half-typed text could not be kept: ${String(error)}`),
    );
  }

  private soon(key: DraftKey, text: string): void {
    this.typed.set(key, text);
    this.timer ??= setTimeout(() => void this.flush(), TYPING_MS);
  }

  /** @throws what the journal throws when the disk can't be written */
  private async write(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    const texts = [...this.typed];
    this.typed.clear();
    await Promise.all(texts.map(([key, text]) => this.journal.setDraft(key, text)));
  }
}
