import { savedState, saveState } from '../common/vscode';

interface State {
  cardId: string | null;
  /** The half-typed comment; null when this view has none of its own. */
  comment: string | null;
  /** A description that is being written, and the text that it started from. */
  description: { text: string; from: string } | null;
  tab: 'all' | 'comments';
}

/** What belongs to the viewer of a card. It is written at each change: text that was typed is not lost. */
export class Saved {
  private state: State;

  constructor(saved: unknown = savedState()) {
    const from =
      typeof saved === 'object' && saved !== null ? (saved as Partial<Record<keyof State, unknown>>) : {};
    const description = from.description as { text?: unknown; from?: unknown } | null | undefined;
    this.state = {
      cardId: typeof from.cardId === 'string' ? from.cardId : null,
      comment: typeof from.comment === 'string' ? from.comment : null,
      description:
        typeof description?.text === 'string' && typeof description.from === 'string'
          ? { text: description.text, from: description.from }
          : null,
      tab: from.tab === 'comments' ? 'comments' : 'all',
    };
  }

  /** Which card the view shows: texts of another one are not for it. The host restores the panel by it. */
  about(cardId: string): void {
    if (this.state.cardId === cardId) return;
    const first = this.state.cardId === null;
    this.state = first
      ? { ...this.state, cardId }
      : { cardId, comment: null, description: null, tab: this.state.tab };
    saveState(this.state);
  }

  get current(): Readonly<State> {
    return this.state;
  }

  keep(change: Partial<Omit<State, 'cardId'>>): void {
    this.state = { ...this.state, ...change };
    saveState(this.state);
  }
}
