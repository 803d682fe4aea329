import type { App } from './app';

/** How long a card that somebody else changed is lit up, in milliseconds; as long as its animation in board.css. */
const LIT_MS = 2_400;

/** Shows calmly what others did: never under a move, which keeps the snapshot waiting too. */
export function othersChanged(app: App, cardIds: readonly string[], text: string): void {
  const { model, announcer } = app;
  if (model.session) {
    model.afterSession = () => othersChanged(app, cardIds, text);
    return;
  }
  const lit = new Set([...model.lit, ...cardIds]);
  model.lit = lit;
  announcer.say(text);
  setTimeout(() => {
    model.lit = new Set([...model.lit].filter((id) => !cardIds.includes(id)));
  }, LIT_MS);
}
