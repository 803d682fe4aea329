import type { Journal } from '../board/journal';

/** Half-typed comments by card. They stand in the journal: on the disk, whatever ends the window. */
export class Drafts {
  constructor(private readonly journal: Journal) {}

  get(connectionId: string, cardId: string): string {
    return this.journal.draft(`${connectionId}/${cardId}`);
  }

  /** Resolves when the text is safe. */
  async set(connectionId: string, cardId: string, text: string): Promise<void> {
    await this.journal.setDraft(`${connectionId}/${cardId}`, text);
  }
}
