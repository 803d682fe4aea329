import type { CardIdentity } from '../../src/messages/cardMessages';
import { savedState, saveState } from '../common/vscode';

/** What is half-typed about one card. */
export interface Texts {
  /** The comment; null when this view has none of its own. */
  comment: string | null;
  /** The description that is being written, and the text that it started from. */
  description: { text: string; from: string } | null;
}

/** How many cards' half-typed texts are kept; the one that was left longest ago goes first. */
const KEPT = 20;
const NONE: Texts = { comment: null, description: null };

/**
 * What belongs to the viewer of a card. It is written at each change, by card: text that was typed is not lost when
 * the view is hidden, reloaded, or shows another card meanwhile.
 */
export class Saved {
  private identity: unknown;
  private cardId: string | null = null;
  private texts: Map<string, Texts>;
  private chosen: 'all' | 'comments';

  constructor(saved: unknown = savedState()) {
    const from = isRecord(saved) ? saved : {};
    this.identity = from.identity ?? null;
    this.chosen = from.tab === 'comments' ? 'comments' : 'all';
    this.texts = new Map(
      Object.entries(isRecord(from.texts) ? from.texts : {}).map(([id, each]) => [id, read(each)]),
    );
  }

  /** Which card the view shows. The host restores the panel by its identity. */
  about(identity: CardIdentity): void {
    if (this.cardId === identity.cardId) return;
    this.identity = identity;
    this.cardId = identity.cardId;
    this.save();
  }

  get current(): Readonly<Texts> {
    return (this.cardId === null ? undefined : this.texts.get(this.cardId)) ?? NONE;
  }

  keep(change: Partial<Texts>): void {
    if (this.cardId === null) return;
    const next = { ...this.current, ...change };
    this.texts.delete(this.cardId);
    this.texts.set(this.cardId, next);
    for (const id of [...this.texts.keys()].slice(0, -KEPT)) this.texts.delete(id);
    this.save();
  }

  /** The activity's tab. */
  get tab(): 'all' | 'comments' {
    return this.chosen;
  }
  set tab(tab: 'all' | 'comments') {
    this.chosen = tab;
    this.save();
  }

  private save(): void {
    saveState({ identity: this.identity, tab: this.chosen, texts: Object.fromEntries(this.texts) });
  }
}

function read(saved: unknown): Texts {
  if (!isRecord(saved)) return NONE;
  const { comment, description } = saved;
  return {
    comment: typeof comment === 'string' ? comment : null,
    description:
      isRecord(description) && typeof description.text === 'string' && typeof description.from === 'string'
        ? { text: description.text, from: description.from }
        : null,
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
