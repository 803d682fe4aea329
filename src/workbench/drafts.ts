import type * as vscode from 'vscode';

const KEY = 'taskboard.drafts';

/** Half-typed comments by card, kept across reloads and restarts. */
export class Drafts {
  private drafts: Record<string, string>;

  constructor(private readonly state: vscode.Memento) {
    this.drafts = state.get<Record<string, string>>(KEY, {});
  }

  get(connectionId: string, cardId: string): string {
    return this.drafts[`${connectionId}/${cardId}`] ?? '';
  }

  async set(connectionId: string, cardId: string, text: string): Promise<void> {
    const { [`${connectionId}/${cardId}`]: _, ...others } = this.drafts;
    this.drafts = text === '' ? others : { ...others, [`${connectionId}/${cardId}`]: text };
    await this.state.update(KEY, this.drafts);
  }
}
