import type { UndoResult } from '../../board/sync/boardState';
import { TaskboardError } from '../../client/taskboardError';
import type { BoardFocus } from '../shared/boardFocus';
import type { Services } from '../shared/services';
import { undoSentence } from './undoTexts';
import { tell } from '../../widgets/notices';
import { shown } from '../../widgets/shownText';
import { flash } from '../../widgets/statusBar';

/** Undo and redo of the board that has the focus, and what is to be said about them. */
export class Undoing {
  constructor(
    private readonly services: Services,
    private readonly focus: BoardFocus,
  ) {}

  async run(which: 'undo' | 'redo'): Promise<void> {
    const ref = this.focus.board?.board ?? this.services.current.get();
    const store = ref && this.services.stores.of(ref.connectionId);
    if (!ref || !store) return;
    try {
      this.tell(which, await store[which](ref.boardId));
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      tell('error', shown(error.message));
    }
  }

  private tell(which: 'undo' | 'redo', result: UndoResult): void {
    const text = undoSentence(which, result);
    this.focus.board?.say(text, 'info');
    if (!result.done && result.why !== 'nothing') tell('warning', shown(text));
    else if (result.done && result.mailed) tell('info', shown(text));
    else flash(shown(text));
  }
}
