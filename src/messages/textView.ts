/** How much of a text that is not formatted a view shows, in UTF-16 units. Laying out more would hold the page. */
const PLAIN_MOST = 50_000;

/**
 * A person's text as a view shows it. `text` is what the person wrote; of one that is not formatted it may be the
 * beginning only.
 */
export type TextView = RenderedText | PlainText;

/** Rendered by the host without raw HTML; the view sanitises it again before it shows it. */
export interface RenderedText {
  as: 'html';
  html: string;
  text: string;
}

/** Shown as it was typed: while it is being rendered, or for good because that would take too much. */
export interface PlainText {
  as: 'text';
  text: string;
  why: 'waiting' | 'tooMuch';
  /** Only the beginning. */
  cut: boolean;
}

/** A text as it was typed, up to what a page can lay out. */
export function plainText(text: string, why: PlainText['why'], most = PLAIN_MOST): PlainText {
  const cut = text.length > most;
  return { as: 'text', text: cut ? wholeCharacters(text, most) : text, why, cut };
}

/** The first units of a text, without half a surrogate pair at the end. */
function wholeCharacters(text: string, most: number): string {
  const last = text.charCodeAt(most - 1);
  return text.slice(0, last >= 0xd800 && last < 0xdc00 ? most - 1 : most);
}
