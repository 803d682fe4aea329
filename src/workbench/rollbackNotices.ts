import * as vscode from 'vscode';
import type { Rollback } from '../board/boardState';
import type { Parts } from './parts';
import { problemOf, rollbackSentence } from './problems';
import type { BoardRef } from './stores';

/**
 * Says what the server refused and was taken back, where nobody else tells: with the one thing to do, and one notice
 * for a burst.
 */
export function createRollbackNotices({ stores, actions, log }: Parts): vscode.Disposable {
  let burst: (Rollback & BoardRef)[] = [];
  return stores.onRollback((rollback) => {
    log.warn(`${rollback.label} of ${rollback.cardId} was taken back: ${rollback.error.message}`);
    if (rollback.told) return;
    burst.push(rollback);
    if (burst.length > 1) return;
    setTimeout(() => {
      const [first] = burst;
      const count = burst.length;
      burst = [];
      if (!first) return;
      const { action } = problemOf(first.error);
      const more = count > 1 ? ` (and ${count - 1} more)` : '';
      const offered = action && action.does === 'signIn' ? [action.label] : [];
      void vscode.window.showErrorMessage(`${rollbackSentence(first)}${more}`, ...offered).then((chosen) => {
        if (chosen) void actions.signIn(first.connectionId);
      });
    }, 100);
  });
}
