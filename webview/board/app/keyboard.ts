import * as actions from './actions';
import type { App } from './app';
import { boardHasFocus } from '../page/dom';
import { boardKey, grabKey, type BoardKey } from '../logic/keyMap';
import { cancel, drop, grab, isOneShot, moveToStage, settle, stepBy } from './moves';

/** Handles a key that was pressed anywhere in the view. */
export function onKey(app: App, event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  if (['Alt', 'AltGraph', 'Control', 'Shift', 'Meta'].includes(event.key)) return;
  if (app.model.session) {
    if (isOneShot() && event.key !== 'Escape') settle(app);
    else return onGrabbedKey(app, event);
  }
  if (!boardHasFocus()) return;
  const key = boardKey(event);
  if (key === null) return;
  event.preventDefault();
  runKey(app, key);
}

function onGrabbedKey(app: App, event: KeyboardEvent): void {
  if (app.model.driver === 'pointer') {
    if (event.key !== 'Escape') return;
    event.preventDefault();
    return cancel(app);
  }
  const key = grabKey(event);
  // Tab would leave the board with a card in the hand.
  if (key !== null || event.key === 'Tab') event.preventDefault();
  if (key === null) return;
  if (key === 'drop') void drop(app);
  else if (key === 'cancel') cancel(app);
  else stepBy(app, key);
}

/** Does what a key of the table does. */
export function runKey(app: App, key: BoardKey): void {
  const { model } = app;
  const cardId = model.focus?.cardId ?? null;
  switch (key) {
    case 'up':
    case 'down':
    case 'left':
    case 'right':
    case 'first':
    case 'last':
    case 'firstColumn':
    case 'lastColumn':
      return actions.go(app, key);
    case 'previousStage':
      return actions.go(app, 'left');
    case 'nextStage':
      return actions.go(app, 'right');
    case 'extendUp':
      return actions.go(app, 'up', true);
    case 'extendDown':
      return actions.go(app, 'down', true);
    case 'open':
      if (cardId !== null) return actions.open(app, cardId);
      return actions.toggleFold(app);
    case 'peek':
      return cardId === null ? undefined : actions.peek(app, cardId);
    case 'grab':
      return grab(app);
    case 'pickStage':
      return actions.pickStage(app);
    case 'assign':
      return actions.changeField(app, 'owners');
    case 'assignToMe':
      return actions.changeField(app, 'me');
    case 'priority':
    case 'due':
    case 'tags':
      return actions.changeField(app, key);
    case 'comment':
      return cardId === null ? undefined : actions.comment(app, cardId);
    case 'rename':
      return actions.startRename(app);
    case 'newCard':
      return actions.newCard(app);
    case 'newCardBelow':
      return actions.newCardBelow(app);
    case 'select':
      return cardId === null ? undefined : actions.toggleSelected(app, cardId);
    case 'selectColumn':
      return actions.selectColumn(app);
    case 'clear':
      return actions.clearSelection(app);
    case 'archive':
      return actions.askArchive(app);
    case 'copyLink':
      return void (cardId !== null && actions.copyLink(app, cardId));
    case 'fold':
      return actions.toggleFold(app);
    case 'help':
      model.helpOpen = true;
      return;
    case 'filter':
      model.filterOpen = true;
      return;
    case 'menu':
      return actions.openMenu(app);
    default:
      void moveToStage(app, Number(key.slice('stage'.length)) - 1);
  }
}
