import * as vscode from 'vscode';
import type { BoardWebview } from './boardWebview';

export interface FocusState {
  cardId: string | null;
  selected: string[];
  boardFocus: boolean;
  inputFocus: boolean;
}

/**
 * Knows which board has the focus and on which card, and keeps VS Code's context keys by it: the contributed
 * keybindings hold only while a board has the focus and no input does.
 */
export class BoardFocus implements vscode.Disposable {
  private focused: { board: BoardWebview; state: FocusState } | undefined;

  /** The board that has the focus, or had it last: a palette command takes the focus away before it runs. */
  get board(): BoardWebview | undefined {
    return this.focused?.board;
  }

  /** The cards that a command means: the selection, else the focused card. */
  get cardIds(): string[] {
    const { cardId, selected } = this.focused?.state ?? { cardId: null, selected: [] };
    if (selected.length > 0) return selected;
    return cardId === null ? [] : [cardId];
  }

  changed(board: BoardWebview, state: FocusState): void {
    if (!state.boardFocus && this.focused && this.focused.board !== board) return;
    this.focused = { board, state };
    setContext('taskboard.boardFocus', state.boardFocus);
    setContext('taskboard.inputFocus', state.inputFocus);
  }

  lost(board: BoardWebview): void {
    if (this.focused?.board !== board) return;
    this.focused = undefined;
    setContext('taskboard.boardFocus', false);
    setContext('taskboard.inputFocus', false);
  }

  dispose(): void {
    this.focused = undefined;
  }
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
