import type { App } from './app';
import { boardHasFocus, inputHasFocus } from '../page/dom';

/** Tells the host what has the focus whenever that really changed. Gives the way to look (soon), and to stop. */
export function reportFocus(app: App): { look(): void; stop(): void } {
  let told = JSON.stringify({ cardId: null, selected: [], boardFocus: false, inputFocus: false });
  let waiting = false;

  function look(): void {
    if (waiting) return;
    waiting = true;
    // Later: while a card is drawn anew the focus is nowhere for a moment.
    setTimeout(() => {
      waiting = false;
      tell();
    });
  }

  function tell(): void {
    const { model, host } = app;
    const here = document.hasFocus() && document.visibilityState === 'visible';
    const cardId = model.focus?.cardId ?? null;
    const now = {
      cardId: cardId !== null && model.card(cardId)?.fresh === false ? cardId : null,
      selected: [...model.selected].slice(0, 500),
      boardFocus: here && boardHasFocus(),
      inputFocus: here && inputHasFocus(),
    };
    const text = JSON.stringify(now);
    if (text === told) return;
    told = text;
    host.notify('focusChanged', now);
  }

  const life = new AbortController();
  const { signal } = life;
  for (const event of ['focusin', 'focusout', 'visibilitychange'])
    document.addEventListener(event, look, { signal });
  for (const event of ['focus', 'blur']) window.addEventListener(event, look, { signal });
  return { look, stop: () => life.abort() };
}
