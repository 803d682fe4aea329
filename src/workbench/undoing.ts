import * as vscode from 'vscode';
import type { UndoResult } from '../board/boardState';
import { TaskboardError } from '../client/taskboardError';
import type { BoardFocus } from './boardFocus';
import type { Parts } from './parts';

const WHAT = {
  move: 'Move',
  edit: 'Change',
  create: 'New card',
  comment: 'Comment',
  archive: 'Archiving',
  restore: 'Bringing back',
} as const;

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
    const text = sentenceOf(which, result);
    this.focus.board?.say(text, 'info');
    if (!result.done && result.why !== 'nothing') void vscode.window.showWarningMessage(text);
    else if (result.done && result.mailed) void vscode.window.showInformationMessage(text);
    else vscode.window.setStatusBarMessage(text, 4_000);
  }
}

/** What an undo or redo did, or why it did nothing. */
export function sentenceOf(which: 'undo' | 'redo', result: UndoResult): string {
  if (result.done) {
    const many = result.cards > 1 ? ` of ${result.cards} cards` : '';
    const mail = result.mailed
      ? ' The e-mail that Odoo sent when the card entered its stage stays sent.'
      : '';
    return `${WHAT[result.label]}${many} ${which === 'undo' ? 'undone' : 'redone'}.${mail}`;
  }
  const what = result.label ? WHAT[result.label] : 'That';
  switch (result.why) {
    case 'nothing':
      return `Nothing to ${which}.`;
    case 'impossible':
      return `${what} can't be undone: it was sent and others may have read it.`;
    case 'changed':
      return `${what} was not undone: somebody else changed the card since then.`;
  }
}
