import { sentenceOf } from '../../common/vscode';
import { fail, focusOn, type App } from './app';
import type { Page, ShownColumn } from './model.svelte';
import { texts } from '../logic/strings';

/** So many cards before the end of what is loaded, the next ones are asked for. */
export const AHEAD = 20;

/** How reading more of a column stands, or undefined when nothing is asked for. */
export function pageOf({ model }: App, { stageId, loaded }: ShownColumn): Page | undefined {
  const page = model.pages.get(stageId);
  return page && (page.name === 'loading' || page.loaded === loaded.length) ? page : undefined;
}

/**
 * Reads a column until its first `upTo` cards are there.
 * @returns whether they are; what failed stands in the column
 */
export async function loadUpTo(app: App, stageId: string, upTo: number): Promise<boolean> {
  for (;;) {
    const column = app.model.columnById(stageId);
    if (!column || column.loaded.length >= Math.min(upTo, column.total)) return true;
    if (!(await (app.model.reading.get(stageId) ?? ask(app, column, upTo)))) return false;
  }
}

/** Reads what is not loaded yet of all columns, one after the other: then a filter looks at every card. */
export async function loadRest(app: App): Promise<void> {
  for (const { stageId, total } of app.model.columns) if (!(await loadUpTo(app, stageId, total))) return;
}

/**
 * Reads a column on while a move holds the board still: what comes waits in the model.
 * @returns whether it came; what failed was told
 */
export async function readOn(app: App, column: ShownColumn, upTo: number): Promise<boolean> {
  const { stageId, name, total } = column;
  await app.model.reading.get(stageId);
  try {
    // A long column takes as long as it takes; each request of it has its limit in the host.
    await app.host.request('loadMore', { stageId, upTo: Math.min(upTo, total) }, 'none');
    return true;
  } catch (error) {
    fail(app, texts.notLoaded(name, sentenceOf(error)));
    return false;
  }
}

/** So many cards that are not loaded yet are read by themselves when a filter is set; of more a person decides. */
const READ_FOR_FILTER = 2_000;
/** So long the typing must pause before, in milliseconds. */
const PAUSE_MS = 500;
let pause: ReturnType<typeof setTimeout> | undefined;

/** Looks for what the filter asks for, among what is not loaded yet too, and says how much was found. */
export function lookThrough(app: App): void {
  clearTimeout(pause);
  const { model, announcer } = app;
  const { filter } = model;
  if (filter === '') return;
  const found = () => model.columns.reduce((sum, { cards }) => sum + cards.length, 0);
  pause = setTimeout(() => {
    const missing = model.columns.reduce((sum, { loaded, total }) => sum + total - loaded.length, 0);
    announcer.say(texts.filterMatches(found()));
    if (missing <= 0 || missing > READ_FOR_FILTER) return;
    void loadRest(app).then(() => {
      if (model.filter === filter) announcer.say(texts.filterMatches(found()));
    });
  }, PAUSE_MS);
}

/** Walks on to the n-th card (from 0) of a column that is not loaded that far, unless the person goes elsewhere. */
export async function walkTo(app: App, stageId: string, index: number): Promise<void> {
  const { model, announcer } = app;
  const from = model.focus?.cardId;
  announcer.say(texts.loadingMore);
  await loadUpTo(app, stageId, index + 1);
  const cards = model.columnById(stageId)?.cards ?? [];
  const to = cards[Math.min(index, cards.length - 1)];
  if (to && model.focus?.cardId === from && !model.session) focusOn(app, { stageId, cardId: to.cardId });
}

function ask(app: App, column: ShownColumn, upTo: number): Promise<boolean> {
  const { stageId } = column;
  const { reading } = app.model;
  const asking = read(app, column, upTo).finally(() => reading.delete(stageId));
  reading.set(stageId, asking);
  return asking;
}

async function read(app: App, { stageId, name, loaded, total }: ShownColumn, upTo: number): Promise<boolean> {
  const { model, host, announcer } = app;
  const { reading } = model;
  set(app, stageId, { name: 'loading' });
  try {
    await host.request('loadMore', { stageId, upTo: Math.min(upTo, total) });
  } catch (error) {
    if (model.reading !== reading) return false; // another board is shown
    const sentence = sentenceOf(error);
    set(app, stageId, { name: 'failed', loaded: loaded.length, sentence });
    announcer.say(texts.notLoaded(name, sentence), 'error');
    return false;
  }
  if (model.reading !== reading) return false;
  const more = (model.columnById(stageId)?.loaded.length ?? 0) > loaded.length;
  // During a move what came is held back: that it does not show yet says nothing.
  set(app, stageId, more || model.session ? null : { name: 'stuck', loaded: loaded.length });
  return more;
}

function set({ model }: App, stageId: string, page: Page | null): void {
  const pages = new Map(model.pages);
  if (page) pages.set(stageId, page);
  else pages.delete(stageId);
  model.pages = pages;
}
