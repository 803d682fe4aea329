// Room: webview/board/app: the board's model and its verbs: what a key, a pointer or a command does.
// Owner: `BoardModel` owns the viewer's state of this page; nothing of the server's is changed here.
// Source: docs/walk.md.

import { flushSync } from 'svelte';
import type { BoardHostMethods, BoardViewMethods } from '../../../src/messages/boardMessages';
import type { Channel } from '../../../src/messages/channel';
import type { Announcer } from '../../common/announcer.svelte';
import { sentenceOf } from '../../common/vscode';
import { boardHasFocus, columnElement, focusElement } from '../page/dom';
import { revealRow } from '../page/lists';
import { firstFocus, keepFocus, type Focus } from '../logic/focus';
import type { BoardModel } from './model.svelte';
import { texts } from '../logic/strings';

/** What every action of the board works with. */
export interface App {
  readonly model: BoardModel;
  readonly host: Channel<BoardViewMethods, BoardHostMethods>;
  readonly announcer: Announcer;
}

/**
 * Changes what is shown and keeps the focus on its card: a card that changes its column is drawn anew, and would lose
 * it. Returns once the page shows the change. When the card is gone, says so unless `quiet`.
 */
export function rearrange(app: App, change: () => void, quiet = false): void {
  const { model } = app;
  const had = boardHasFocus();
  const before = model.walked;
  const focus = model.focus;
  change();
  const kept = keepFocus(before, model.walked, model.focus);
  model.focus = kept.focus;
  if (had && kept.focus) model.showStage(kept.focus.stageId);
  flushSync();
  if (!had || !kept.focus) return;
  focusElement(kept.focus);
  if (kept.gone && !quiet && kept.gone.cardId === focus?.cardId && !model.leaving.has(focus.cardId)) {
    const heir = kept.focus.cardId === null ? undefined : model.card(kept.focus.cardId);
    const hidden = model.card(kept.gone.cardId) !== undefined;
    app.announcer.say((hidden ? texts.hidden : texts.gone)(kept.gone.title, heir?.title ?? null));
  }
}

/** Moves the focus to a card, or to a column that shows none, and brings it into view; `asked` as for `focusElement`. */
export function focusOn(app: App, focus: Focus | null, asked = false): void {
  const { model } = app;
  const to = focus ?? firstFocus(model.walked);
  if (!to) return;
  model.focus = to;
  model.showStage(to.stageId);
  flushSync();
  focusElement(to, asked);
  reveal(app, to);
}

/** Brings what has the focus into view: the column sideways, the card up or down. */
export function reveal({ model }: App, { stageId, cardId }: Focus): void {
  columnElement(stageId)?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  const index = model.columnById(stageId)?.cards.findIndex((card) => card.cardId === cardId) ?? -1;
  if (index >= 0) revealRow(stageId, index);
}

/** Tells that something did not work: in words that interrupt, and to be read until dismissed. */
export function fail(app: App, text: string): void {
  app.model.notice = text;
  app.announcer.say(text, 'error');
}

/** Sends an intent whose answer says nothing; a refusal is told. Gives whether it was taken. */
export async function send(app: App, request: Promise<unknown>): Promise<boolean> {
  try {
    await request;
    return true;
  } catch (error) {
    fail(app, sentenceOf(error));
    return false;
  }
}
