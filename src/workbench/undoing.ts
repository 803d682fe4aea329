import * as vscode from 'vscode';
import type { UndoResult } from '../board/boardState';
import { TaskboardError } from '../client/taskboardError';
import type { BoardFocus } from './boardFocus';
import type { Parts } from './parts';
import { undoSentence } from './undoTexts';

/** Undo and redo of the board that has the focus, and what is to be said about them. */
export class Undoing {
  constructor(
    private readonly parts: Parts,
    private readonly focus: BoardFocus,
  ) {}

  async run(which: 'undo' | 'redo'): Promise<void> {
    const ref = this.focus.board?.board ?? this.parts.current.get();
    const store = ref && this.parts.stores.of(ref.connectionId);
    if (!ref || !store) return;
    try {
      this.tell(which, await store[which](ref.boardId));
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      void vscode.window.showErrorMessage(error.message);
    }
  }

  private tell(which: 'undo' | 'redo', result: UndoResult): void {
    const text = undoSentence(which, result);
    this.focus.board?.say(text, 'info');
    if (!result.done && result.why !== 'nothing') void vscode.window.showWarningMessage(text);
    else if (result.done && result.mailed) void vscode.window.showInformationMessage(text);
    else vscode.window.setStatusBarMessage(text, 4_000);
  }
}
