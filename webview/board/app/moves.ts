import { flushSync } from 'svelte';
import { sentenceOf } from '../../common/vscode';
import { fail, rearrange, reveal, type App } from './app';
import { bandOf } from '../logic/arrange';
import { focusElement } from '../page/dom';
import { keepFocus } from '../logic/focus';
import {
  aim,
  commit,
  restOf,
  standing,
  startMove,
  step,
  type MoveSession,
  type Slot,
  type Step,
} from '../logic/moveSession';
import { readOn } from './paging';
import { texts } from '../logic/strings';

/** Alt+arrow moves that follow each other within this time are one commit. */
const REPEAT_MS = 800;
let repeat: ReturnType<typeof setTimeout> | undefined;

/** Takes hold of the focused card, or of the selection that it belongs to. */
export function grab(app: App): void {
  const session = begin(app, 'keys');
  if (!session) return;
  const at = standing(session, app.model.settled);
  if (at)
    app.announcer.say(
      texts.grabbed(session.lead.title, session.cardIds.length, at.column, at.position, at.total),
    );
}

/**
 * Cards that are on their way because a move goes beyond those that are loaded: whether the step was taken. Null while
 * nothing is waited for, or no longer.
 */
let reaching: Promise<boolean> | null = null;

/** Starts a session for a card; tells why when it cannot be moved. */
export function begin(
  app: App,
  driver: 'keys' | 'pointer',
  leadId = app.model.focus?.cardId,
): MoveSession | null {
  const { model } = app;
  if (!leadId) return null;
  const cardIds = model.selected.has(leadId) ? [...model.selected] : [leadId];
  const session = startMove(model.columns, cardIds, leadId, model.view?.canPlace ?? false);
  if (!session) {
    if (model.card(leadId)?.fresh) app.announcer.say(texts.cantMoveFresh);
    return null;
  }
  rearrange(app, () => {
    model.driver = driver;
    model.session = session;
  });
  return session;
}

/** One step of a move by keys; says where the card would be. */
export function stepBy(app: App, direction: Step): void {
  const { model } = app;
  const session = model.session;
  if (!session) return;
  reaching = null; // whoever goes elsewhere waits for nothing
  if (endsTooEarly(app, session, direction)) reach(app, session, direction);
  else take(app, session, direction);
}

/** Whether a step leads to the end of what is loaded, and that is not the end of the column. */
function endsTooEarly({ model }: App, session: MoveSession, direction: Step): boolean {
  if (!session.canPlace || (direction !== 'down' && direction !== 'bottom')) return false;
  const { stageId, index } = session.target ?? session.origin;
  const column = model.columnById(stageId);
  if (!column || column.loaded.length >= column.total) return false;
  const rest = restOf(session, stageId);
  const band = bandOf(rest, session.lead.priority);
  return band.to === rest.length && (direction === 'bottom' || index === band.to);
}

/** Reads the cards that a step needs, then takes it. */
function reach(app: App, session: MoveSession, direction: Step): void {
  const { model } = app;
  const column = model.columnById((session.target ?? session.origin).stageId)!;
  app.announcer.say(texts.loadingMore);
  const upTo = direction === 'bottom' ? column.total : column.loaded.length + 1;
  const going = readOn(app, column, upTo).then((read) => {
    if (reaching !== going) return false;
    reaching = null;
    if (!read || !model.session) return false;
    rearrange(app, () => model.takeHeld());
    if (model.session) take(app, model.session, direction);
    return model.session !== null;
  });
  reaching = going;
}

/** Takes one step as far as cards are loaded. */
function take(app: App, session: MoveSession, direction: Step): void {
  const { model } = app;
  const next = step(session, direction);
  if (next === session) {
    const sideways = ['left', 'right', 'first', 'last'].includes(direction);
    const { stageId, index } = session.target ?? session.origin;
    const rest = restOf(session, stageId);
    const band = bandOf(rest, session.lead.priority);
    const atPriority = ['up', 'top'].includes(direction)
      ? index === band.from && index > 0
      : index < rest.length;
    app.announcer.say(
      sideways || !atPriority
        ? texts.blockedByEdge
        : session.canPlace
          ? texts.blockedByPriority
          : texts.blockedByServer,
    );
    return;
  }
  rearrange(app, () => {
    model.session = next;
  });
  if (model.focus) reveal(app, model.focus);
  const at = standing(next, model.settled);
  if (at) app.announcer.say(texts.placed(at.column, at.position, at.total, entering(next)));
}

/** Points a move at a place; null while the pointer is over no column. */
export function aimAt(app: App, slot: Slot | null): void {
  const { model } = app;
  if (model.session) model.session = aim(model.session, slot);
}

/** Whether a place is where the loaded cards end, and not the column: what is below it is not here yet. */
export function goesOn({ model }: App, { stageId, index }: Slot): boolean {
  const { session } = model;
  const column = model.columnById(stageId);
  if (!session?.canPlace || model.filter !== '' || !column || column.loaded.length >= column.total)
    return false;
  return index >= restOf(session, stageId).length;
}

/** Reads the next cards of a column during a move. Gives whether there is more to aim at now. */
export async function readBelow(app: App, stageId: string): Promise<boolean> {
  const { model } = app;
  const column = model.columnById(stageId);
  if (!column || !(await readOn(app, column, column.loaded.length + 1)) || !model.session) return false;
  rearrange(app, () => model.takeHeld());
  return model.session !== null && (model.columnById(stageId)?.loaded.length ?? 0) > column.loaded.length;
}

/** Points a move at a stage as a whole: on top of the card's priority. */
export function aimAtStage(app: App, stageId: string): void {
  const { session } = app.model;
  if (session) aimAt(app, { stageId, index: bandOf(restOf(session, stageId), session.lead.priority).from });
}

/**
 * Ends the move with one request. `stay`: the focus remains in the column that the card left.
 */
export async function drop(app: App, { stay = false } = {}): Promise<void> {
  const { model, host, announcer } = app;
  stopRepeat();
  // Who asked for the end, and drops before it is known, means the end.
  if (reaching && !(await reaching)) return;
  const session = model.session;
  if (!session) return;
  const move = commit(session);
  if (!move) {
    rearrange(app, () => model.endSession());
    focusIfLost(app);
    announcer.say(session.target ? texts.droppedInPlace : cancelled(session));
    return;
  }
  const at = standing(session, model.settled);
  let kept: ReturnType<typeof model.keep> | undefined;
  rearrange(
    app,
    () => {
      if (stay) model.focus = focusWithout(app, session.cardIds);
      kept = model.keep(move);
      model.endSession();
    },
    true,
  );
  focusIfLost(app);
  try {
    const { revision } = await host.request('moveCards', move);
    rearrange(app, () => kept?.confirm(revision));
    if (at) announcer.say(texts.dropped(at.column, at.position, at.total, session.snapped));
    model.notice = null;
  } catch (error) {
    rearrange(app, () => kept?.drop());
    fail(app, texts.notMoved(sentenceOf(error)));
  }
}

/** Puts everything back as it was; no request is made. */
export function cancel(app: App): void {
  stopRepeat();
  reaching = null;
  const { session } = app.model;
  if (!session) return;
  rearrange(app, () => app.model.endSession());
  focusIfLost(app);
  app.announcer.say(cancelled(session));
}

/** A move by one step that commits itself when no other follows soon. */
export function moveOnce(app: App, direction: Step): void {
  const { model } = app;
  const going = model.session !== null;
  if (!going && !begin(app, 'keys')) return;
  stepBy(app, direction);
  // In a grab that was begun with `m`, it is a step like any other.
  if (going && repeat === undefined) return;
  clearTimeout(repeat);
  repeat = setTimeout(() => void drop(app), REPEAT_MS);
}

/** Ends a move by keys because something else begins: one-shot moves are kept, a grab is not. */
export function settle(app: App): void {
  if (!app.model.session) return;
  if (isOneShot()) void drop(app);
  else cancel(app);
}

/** Whether the session consists of one-shot moves that wait for their commit. */
export const isOneShot = (): boolean => repeat !== undefined;

/** Moves the focused card, or the selection, to the top of its priority in the n-th stage (from 0). */
export async function moveToStage(app: App, index: number): Promise<void> {
  const { model } = app;
  const stageId = model.columns[index]?.stageId;
  if (stageId === undefined) {
    app.announcer.say(texts.noStage(index + 1));
    return;
  }
  const session = begin(app, 'keys');
  if (!session) return;
  if (stageId === session.origin.stageId) {
    await drop(app);
    return;
  }
  aimAtStage(app, stageId);
  await drop(app);
}

function stopRepeat(): void {
  clearTimeout(repeat);
  repeat = undefined;
}

const entering = ({ target, origin }: MoveSession) => target !== null && target.stageId !== origin.stageId;
const cancelled = ({ lead, cardIds }: MoveSession) => texts.moveCancelled(lead.title, cardIds.length);

function focusWithout(app: App, ids: readonly string[]) {
  const before = app.model.walked;
  const after = before.map((column) => ({
    ...column,
    cards: column.cards.filter(({ cardId }) => !ids.includes(cardId)),
  }));
  return keepFocus(before, after, app.model.focus).focus;
}

/** A drag may have shown another stage, and hidden the card that had the focus: it goes back to it. */
function focusIfLost({ model }: App): void {
  if (model.driver !== 'pointer' || !model.focus) return;
  const { activeElement } = document;
  if (activeElement !== document.body && activeElement?.checkVisibility()) return;
  model.showStage(model.focus.stageId);
  flushSync();
  focusElement(model.focus);
}
