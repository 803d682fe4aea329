import { plainText, type TextView } from '../../messages/textView';
import type { TextRenderer } from '../markdown/markdown';

/** How much one page shows in all, in UTF-16 units; what is beyond it is shown as text, and little of it. */
const PAGE_MOST = 2_000_000;
const BEYOND_MOST = 2_000;
/** How long a page waits for its texts, in milliseconds, before it shows those that are left as they were typed. */
const PATIENCE = 250;

/** The texts of one card, rendered as they are needed. Many that are each within bounds may be too much together. */
export class CardTexts {
  private readonly shown = new Map<string, TextView>();
  private left = PAGE_MOST;

  constructor(private readonly renderer: TextRenderer) {}

  /**
   * Has the texts of the page rendered, and forgets others.
   * @param texts in the order of the page
   * @returns nothing when all are there; else what resolves once they are, or when the page shall wait no longer
   */
  prepare(texts: readonly string[]): Promise<unknown> | undefined {
    const wanted = new Set(texts);
    for (const [text, view] of this.shown) {
      if (wanted.has(text)) continue;
      this.shown.delete(text);
      this.left += sizeOf(view);
    }
    const missing: Promise<void>[] = [];
    for (const text of wanted) {
      if (this.shown.has(text)) continue;
      const known = this.renderer.known(text);
      if (known) this.keep(text, known);
      else missing.push(this.renderer.render(text, this).then((view) => this.keep(text, view)));
    }
    return missing.length > 0 ? Promise.race([Promise.all(missing), patience()]) : undefined;
  }

  /** A text as it can be shown by now. */
  readonly view = (text: string): TextView =>
    this.shown.get(text) ?? (text === '' ? { as: 'html', html: '', text } : plainText(text, 'waiting'));

  /** Renders one that is not on the page yet. */
  preview(text: string): Promise<TextView> {
    return this.renderer.render(text, this);
  }

  private keep(text: string, view: TextView): void {
    if (this.shown.has(text)) return;
    const kept = sizeOf(view) <= this.left ? view : plainText(text, 'tooMuch', BEYOND_MOST);
    this.left -= sizeOf(kept);
    this.shown.set(text, kept);
  }
}

const sizeOf = (view: TextView) => (view.as === 'html' ? view.html.length : view.text.length);
const patience = () => new Promise<void>((resolve) => setTimeout(resolve, PATIENCE));
