import { type CardRef, cardKey, type Key, sameCard } from '../../src/contract/keys';
import type { DescriptionDraft } from '../../src/messages/cardMessages';
import { savedState, saveState } from '../common/vscode';

type TextsKey = Key<'texts'>;

/** What is half-typed about one card. */
export interface Texts {
  /** The comment; null when this view has none of its own. */
  comment: string | null;
  /** The description that is being written, and the text that it started from. */
  description: DescriptionDraft | null;
}

/** What is saved has this shape; what was saved in another one is not read: whose texts those were is not certain. */
const VERSION = 2;
/** How many cards' half-typed texts are kept; the one that was left longest ago goes first. */
const KEPT = 20;
const NONE: Texts = { comment: null, description: null };

/**
 * What belongs to the viewer of a card. It is written at each change, by card: text that was typed is not lost when
 * the view is hidden, reloaded, or shows another card meanwhile.
 */
export class Saved {
  /** As it was saved, until the host says what is shown. */
  private identity: unknown;
  private shown: CardRef | null = null;
  private texts: Map<TextsKey, Texts>;
  private chosen: 'all' | 'comments';

  constructor(saved: unknown = savedState()) {
    const from = isRecord(saved) ? saved : {};
    this.identity = from.identity ?? null;
    this.chosen = from.tab === 'comments' ? 'comments' : 'all';
    const texts = from.version === VERSION && isRecord(from.texts) ? from.texts : {};
    this.texts = new Map(Object.entries(texts).map(([key, each]) => [key as TextsKey, read(each)]));
  }

  /** Which card the view shows. The host restores the panel by its identity. */
  about(card: CardRef): void {
    if (sameCard(this.shown, card)) return;
    this.identity = this.shown = card;
    this.save();
  }

  /** What is half-typed about a card. */
  of(card: CardRef): Readonly<Texts> {
    return this.texts.get(cardKey('texts', card)) ?? NONE;
  }

  keep(card: CardRef, change: Partial<Texts>): void {
    const key = cardKey('texts', card);
    const next = { ...this.of(card), ...change };
    this.texts.delete(key);
    if (next.comment || next.description) this.texts.set(key, next);
    for (const oldest of [...this.texts.keys()].slice(0, -KEPT)) this.texts.delete(oldest);
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
    saveState({
      version: VERSION,
      identity: this.identity,
      tab: this.chosen,
      texts: Object.fromEntries(this.texts),
    });
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
