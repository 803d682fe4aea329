import type { CardField } from '../../../src/messages/boardMessages';
import { sentenceOf } from '../../common/vscode';
import { fail, focusOn, rearrange, send, type App } from './app';
import { cardAtHeight, cardElement, inputHasFocus, middleOf } from '../page/dom';
import { moveFocus, rangeOf, type Direction, type Focus } from '../logic/focus';
import { lookThrough, walkTo } from './paging';
import { texts } from '../logic/strings';

/** Moves the focus by one key; `extend` takes what it passes into the selection. */
export function go(app: App, direction: Direction, extend = false): void {
  const { model } = app;
  const from = model.focus;
  if (!from) return;
  const here = from.cardId === null ? null : cardElement(from.cardId);
  const height = here ? middleOf(here) : null;
  // A column that is not on screen has no heights: there, the same place in the row counts.
  const heightAt = (stageId: string) =>
    height === null || model.layout === 'one' ? null : cardAtHeight(stageId, height);
  const to = moveFocus(model.walked, from, direction, heightAt);
  if (extend && from.cardId !== null && to.cardId !== null) {
    model.anchor ??= from.cardId;
    const range = rangeOf(model.walked, model.anchor, to.cardId).filter((id) => !model.card(id)?.fresh);
    model.selected = new Set(range);
    app.announcer.say(texts.selected(range.length));
  } else model.anchor = null;
  model.opened = null;
  focusOn(app, to);
  walkOn(app, from, direction);
}

/** Past the end of what is loaded, the walk goes on once the next cards are here. */
function walkOn(app: App, from: Focus, direction: Direction): void {
  const { focus, filter } = app.model;
  const column = app.model.walked.find(({ stageId }) => stageId === focus?.stageId);
  if (!focus || !column || filter !== '' || column.loaded.length >= column.total) return;
  if (focus.cardId === null || focus.cardId !== column.cards.at(-1)?.cardId) return;
  if (direction === 'last') void walkTo(app, focus.stageId, column.total - 1);
  else if (direction === 'down' && from.cardId === focus.cardId)
    void walkTo(app, focus.stageId, column.loaded.length);
}

/** Selects from the focused card (or where the selection began) to this one. */
export function selectTo(app: App, cardId: string): void {
  const { model } = app;
  model.anchor ??= model.focus?.cardId ?? cardId;
  model.selected = new Set(
    rangeOf(model.walked, model.anchor, cardId).filter((id) => !model.card(id)?.fresh),
  );
  app.announcer.say(texts.selected(model.selected.size));
}

export function toggleSelected(app: App, cardId: string, alsoFrom: string | null = null): void {
  const { model } = app;
  if (model.card(cardId)?.fresh) return;
  const selected = new Set(model.selected);
  if (alsoFrom !== null && selected.size === 0 && !model.card(alsoFrom)?.fresh) selected.add(alsoFrom);
  if (selected.has(cardId) && cardId !== alsoFrom) selected.delete(cardId);
  else selected.add(cardId);
  model.selected = selected;
  app.announcer.say(texts.selected(selected.size));
}

export function selectColumn(app: App): void {
  const { model } = app;
  const column = model.walked.find(({ stageId }) => stageId === model.focus?.stageId);
  if (!column) return;
  const ids = column.cards.filter(({ fresh }) => !fresh).map(({ cardId }) => cardId);
  model.selected = new Set(ids.slice(0, 500));
  const { size } = model.selected;
  const all = model.filter !== '' || size >= column.total;
  app.announcer.say(all ? texts.selected(size) : texts.selectedLoaded(size, column.total));
}

export function clearSelection(app: App): void {
  app.model.anchor = null;
  if (app.model.selected.size > 0) app.model.selected = new Set();
}

/** Opens the focused card in the preview panel; the second time in a row, or with `pin`, for good. */
export function open(app: App, cardId: string, pin = app.model.opened === cardId): void {
  if (app.model.card(cardId)?.fresh) {
    app.announcer.say(texts.cantOpenFresh);
    return;
  }
  app.model.opened = cardId;
  void send(app, app.host.request('openCard', { cardId, pin }));
}

/** Shows the card in the preview panel, as often as asked. */
export const peek = (app: App, cardId: string): void => open(app, cardId, false);

export async function copyLink(app: App, cardId: string): Promise<void> {
  if (app.model.card(cardId)?.fresh) return;
  if (await send(app, app.host.request('copyLink', { cardId }))) app.announcer.say(texts.linkCopied);
}

// A person may take longer over a pick than a request may wait; what goes wrong is told here, like everything else.

export function pickStage(app: App): void {
  const cardIds = acting(app);
  if (cardIds.length > 0) void send(app, app.host.request('pickStage', { cardIds }, 'none'));
}

/** Opens the editor's own pick or input for a field of the focused card, or of the selection that it belongs to. */
export function changeField(app: App, field: CardField): void {
  const cardIds = acting(app);
  if (cardIds.length > 0) void send(app, app.host.request('changeField', { field, cardIds }, 'none'));
}

/** Opens the card with the focus in its comment. */
export function comment(app: App, cardId: string): void {
  if (app.model.card(cardId)?.fresh) return;
  void send(app, app.host.request('comment', { cardId }));
}

/** What an action is about, without what the server does not know yet. */
const acting = ({ model }: App): string[] => model.acting.filter((id) => !model.card(id)?.fresh);

/** Archives the focused card at once, several only when asked and answered. */
export function askArchive(app: App): void {
  const cardIds = acting(app);
  if (cardIds.length > 1) app.model.archiveAsked = cardIds;
  else if (cardIds.length === 1) void archive(app, cardIds);
}

export async function archive(app: App, cardIds: string[]): Promise<void> {
  const title = app.model.card(cardIds[0] ?? '')?.title ?? '';
  app.model.leaving = new Set([...app.model.leaving, ...cardIds]);
  try {
    await app.host.request('archiveCards', { cardIds });
    app.announcer.say(texts.archived(title, cardIds.length));
  } catch (error) {
    app.model.leaving = new Set([...app.model.leaving].filter((id) => !cardIds.includes(id)));
    fail(app, texts.notArchived(sentenceOf(error)));
  }
}

/** Gives a card a new title; false when that was refused (what was typed is then kept by the caller). */
export async function rename(app: App, cardId: string, title: string): Promise<boolean> {
  try {
    await app.host.request('renameCard', { cardId, title });
    app.announcer.say(texts.renamed(title));
    return true;
  } catch (error) {
    fail(app, texts.notRenamed(sentenceOf(error)));
    return false;
  }
}

/** @param after the card below which it goes; without one it goes on top */
export async function create(
  app: App,
  stageId: string,
  title: string,
  after: string | null,
): Promise<boolean> {
  try {
    await app.host.request('createCard', { stageId, title, after });
    app.announcer.say(texts.created(title, app.model.columnById(stageId)?.name ?? ''));
    return true;
  } catch (error) {
    fail(app, texts.notCreated(sentenceOf(error)));
    return false;
  }
}

/** Opens the inline field for a new card on top of a column. */
export function newCard(app: App, stageId = app.model.focus?.stageId ?? app.model.columns[0]?.stageId): void {
  if (stageId === undefined) return;
  app.model.showStage(stageId);
  if (app.model.columnById(stageId)?.folded) setFolded(app, stageId, false);
  app.model.creatingIn = stageId;
  app.model.creatingAfter = null;
}

/** The same for a new card below the focused one, where the server lets cards be placed. */
export function newCardBelow(app: App): void {
  const { model } = app;
  const cardId = model.focus?.cardId ?? null;
  newCard(app);
  if (cardId !== null && model.view?.canPlace && !model.card(cardId)?.fresh) model.creatingAfter = cardId;
}

export function startRename(app: App): void {
  const id = app.model.focus?.cardId;
  if (id && !app.model.card(id)?.fresh) app.model.renaming = id;
}

export function setFolded(app: App, stageId: string, folded: boolean): void {
  rearrange(
    app,
    () => {
      app.model.folds = { ...app.model.folds, [stageId]: folded };
      if (app.model.focus?.stageId === stageId) app.model.focus = { stageId, cardId: null };
    },
    true,
  );
  const name = app.model.columnById(stageId)?.name ?? '';
  app.announcer.say(folded ? texts.folded(name) : texts.unfolded(name));
}

export function toggleFold(app: App): void {
  const column = app.model.columnById(app.model.focus?.stageId ?? '');
  if (column && app.model.layout === 'wide') setFolded(app, column.stageId, !column.folded);
}

export async function refresh(app: App): Promise<void> {
  if (await send(app, app.host.request('refresh', {}))) app.announcer.say(texts.refreshed);
}

/** Changes the filter; the focus goes along with what is left. */
export function setFilter(app: App, filter: string): void {
  rearrange(app, () => (app.model.filter = filter), true);
  lookThrough(app);
}

/** Opens the editor's own menu for the focused card, as Shift+F10 does. */
export function openMenu(app: App): void {
  const id = app.model.focus?.cardId;
  const element = id ? cardElement(id) : null;
  if (!element) return;
  const { left, top } = element.getBoundingClientRect();
  element.dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true, clientX: left + 24, clientY: top + 24 }),
  );
}

/** Gives the focus to the board, unless something is being typed in it; `asked` as for `focusElement`. */
export function focusBoard(app: App, asked = false): void {
  if (!inputHasFocus()) focusOn(app, app.model.focus, asked);
}
