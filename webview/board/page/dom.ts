// Room: webview/board/page: the DOM without decisions: what is under a pointer, what scrolls, what has the focus.
// Owner: the browser.
// Source: docs/architecture.md.

import type { Focus } from '../logic/focus';

/** The part of the page whose cards and columns the keys are about. */
export const boardElement = (): HTMLElement | null => document.querySelector<HTMLElement>('[data-board]');

export const cardElement = (cardId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-card="${CSS.escape(cardId)}"]`);

/** The listbox of a column; it has the focus itself while it shows no card. */
const listElement = (stageId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-list="${CSS.escape(stageId)}"]`);

export const columnElement = (stageId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-stage="${CSS.escape(stageId)}"]`);

/** The part of a column that scrolls. */
export const scrollerElement = (stageId: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`[data-scroller="${CSS.escape(stageId)}"]`);

/** Whether a card or column has the focus (and no text field inside the board). */
export function boardHasFocus(): boolean {
  // Out of the focused frame the element keeps its place, but focusing another one would take the focus from where
  // the person works now.
  if (!document.hasFocus()) return false;
  const active = document.activeElement;
  return active instanceof HTMLElement && (active.matches('[data-card]') || active.matches('[data-list]'));
}

export function inputHasFocus(): boolean {
  const active = document.activeElement;
  return active instanceof HTMLInputElement || active instanceof HTMLTextAreaElement;
}

/**
 * Gives the focus to what is on the page already; nothing scrolls. Focusing an element brings the whole page the focus,
 * from wherever the person is: that only happens when the page has it, or when a command `asked` for it.
 */
export function focusElement(focus: Focus, asked = false): void {
  const here = document.hasFocus();
  if (!here && !asked) return;
  const element = focus.cardId === null ? listElement(focus.stageId) : cardElement(focus.cardId);
  // That the focus goes elsewhere just now may not be known here yet: what has it is left alone.
  if (!here || element !== document.activeElement) element?.focus({ preventScroll: true });
}

/** The card of a column that is nearest to a height of the viewport (px), or null when it shows none. */
export function cardAtHeight(stageId: string, y: number): string | null {
  const cards = cardElementsOf(stageId);
  if (cards.length === 0) return null;
  const slot = slotAt(
    cards.map((card) => () => middleOf(card)),
    y,
  );
  const [above, below] = [cards[slot - 1], cards[slot]];
  const nearest =
    above && below
      ? Math.abs(middleOf(above) - y) <= Math.abs(middleOf(below) - y)
        ? above
        : below
      : (above ?? below);
  return nearest?.dataset.card ?? null;
}

/** The cards of a column that are on the page, from top to bottom: those near the viewport, and few others. */
export const cardElementsOf = (stageId: string): HTMLElement[] => [
  ...(listElement(stageId)?.querySelectorAll<HTMLElement>('[data-card]') ?? []),
];

/** The middle of an element, in px from the top of the viewport. */
export function middleOf(element: Element): number {
  const { top, height } = element.getBoundingClientRect();
  return top + height / 2;
}

/**
 * The slot that a height falls into, given the middles of the cards from top to bottom: 0 is above all of them. Reads
 * only as many middles as a binary search needs: a column may be long.
 */
export function slotAt(middles: readonly (() => number)[], y: number): number {
  let low = 0;
  let high = middles.length;
  while (low < high) {
    const half = (low + high) >> 1;
    if ((middles[half]?.() ?? 0) < y) low = half + 1;
    else high = half;
  }
  return low;
}
