import type { BoardCommand } from '../../../src/messages/boardMessages';
import { focusBoard, newCard } from './actions';
import type { App } from './app';
import { inputHasFocus } from '../page/dom';
import { runKey } from './keyboard';
import { grab, moveOnce } from './moves';

/** Does what a contributed keybinding or palette command asks of the view that has the focus. */
export function onCommand(app: App, name: BoardCommand): void {
  // A move by keys is not for somebody who is typing.
  if (inputHasFocus() && name !== 'newCard' && name !== 'focusBoard') return;
  switch (name) {
    case 'grab':
      focusBoard(app, true);
      return app.model.session ? undefined : grab(app);
    case 'moveUp':
      return moveOnce(app, 'up');
    case 'moveDown':
      return moveOnce(app, 'down');
    case 'moveLeft':
      return moveOnce(app, 'left');
    case 'moveRight':
      return moveOnce(app, 'right');
    case 'newCard':
      return newCard(app);
    case 'focusBoard':
      return focusBoard(app, true);
    default:
      focusBoard(app, true);
      return app.model.session ? undefined : runKey(app, name);
  }
}
