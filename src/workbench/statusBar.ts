import * as vscode from 'vscode';
import type { Parts } from './parts';
import { sameBoard } from './stores';

/** The current board's name, and how much has not reached the server yet. */
export function createStatusBar({ connections, stores, current }: Parts): vscode.Disposable {
  const item = vscode.window.createStatusBarItem('taskboard.status', vscode.StatusBarAlignment.Left, 10);
  item.name = 'Taskboard';
  const draw = () => {
    if (connections.all().length === 0) return item.hide();
    const ref = current.get();
    const state = ref && stores.of(ref.connectionId)?.state(ref.boardId);
    const name = state?.snapshot?.board.name ?? 'Taskboard';
    const { unsent } = stores;
    const problem = state?.error;
    const held = stores
      .all()
      .flatMap(([, store]) => store.unsentRecords())
      .filter((record) => record.state.name !== 'queued').length;
    const icon = held > 0 || problem ? '$(warning)' : unsent > 0 ? '$(sync~spin)' : '$(project)';
    item.text = `${icon} ${name}${unsent > 0 ? `: ${unsent} unsent` : ''}`;
    item.tooltip =
      unsent > 0
        ? `${unsent === 1 ? 'One change is' : `${unsent} changes are`} saved here and not yet on the server${held > 0 ? `; ${held} of them ${held === 1 ? 'waits' : 'wait'} for you` : ''}. Show what is unsent.`
        : (problem?.message ?? (ref ? 'Open this board' : 'Choose a board'));
    item.accessibilityInformation = {
      label: `Taskboard, ${name}${unsent > 0 ? `, ${unsent} changes unsent` : ''}`,
    };
    item.command = unsent > 0 ? 'taskboard.showUnsent' : 'taskboard.openCurrentBoard';
    item.show();
  };
  draw();
  return vscode.Disposable.from(
    item,
    connections.onDidChange(draw),
    current.onDidChange(draw),
    stores.onUnsent(draw),
    stores.onAttention(draw),
    stores.onBoard((ref) => sameBoard(ref, current.get()) && draw()),
  );
}
