import * as vscode from 'vscode';
import { type BoardRef, sameBoard } from '../../contract/keys';
import type { BoardCommand } from '../../messages/boardMessages';
import type { ShownText } from '../../widgets/shownText';
import { flash } from '../../widgets/statusBar';

/** A board that can have the focus. */
export interface FocusableBoard {
  readonly board: BoardRef | null;
  /** Whether anybody can see it. */
  readonly inSight: boolean;
  command(name: BoardCommand): void;
  say(text: string, kind: 'info' | 'error'): void;
}

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
  /** `ref`: which board it showed then; ids of cards mean nothing on another one. */
  private focused: { board: FocusableBoard; ref: BoardRef | null; state: FocusState } | undefined;

  /** The board that has the focus, or had it last: a palette command takes the focus away before it runs. */
  get board(): FocusableBoard | undefined {
    return this.focused?.board;
  }

  /** The cards that a command means: the selection, else the focused card. */
  get cardIds(): string[] {
    if (!this.focused || !sameBoard(this.focused.ref, this.focused.board.board)) return [];
    const { cardId, selected } = this.focused.state;
    if (selected.length > 0) return selected;
    return cardId === null ? [] : [cardId];
  }

  changed(board: FocusableBoard, state: FocusState): void {
    // A board that nobody went to yet tells its first card too: that gives it nothing.
    if (!state.boardFocus && !state.inputFocus && this.focused?.board !== board) return;
    this.focused = { board, ref: board.board, state };
    setContext('taskboard.boardFocus', state.boardFocus);
    setContext('taskboard.inputFocus', state.inputFocus);
    setContext('taskboard.cardFocus', state.cardId !== null || state.selected.length > 0);
  }

  /** Says in the board, and shows in the status bar for a moment, what a pick or input has done. */
  tell(text: ShownText): void {
    this.board?.say(text, 'info');
    flash(text);
  }

  lost(board: FocusableBoard): void {
    if (this.focused?.board !== board) return;
    this.focused = undefined;
    setContext('taskboard.boardFocus', false);
    setContext('taskboard.inputFocus', false);
    setContext('taskboard.cardFocus', false);
  }

  dispose(): void {
    this.focused = undefined;
  }
}

function setContext(key: string, value: boolean): void {
  void vscode.commands.executeCommand('setContext', key, value);
}
