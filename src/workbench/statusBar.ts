import * as vscode from 'vscode';
import { sameBoard } from '../contract/keys';
import type { Parts } from './parts';
import { plural, t } from '../l10n/l10n';

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
    item.text = `${icon} ${unsent > 0 ? t('{0}: {1} unsent', name, unsent) : name}`;
    item.tooltip =
      unsent > 0
        ? unsentText(unsent, held)
        : (problem?.message ?? (ref ? t('Open this board') : t('Choose a board')));
    item.accessibilityInformation = {
      label:
        unsent > 0
          ? plural(unsent, 'Taskboard, {1}, {0} change unsent', 'Taskboard, {1}, {0} changes unsent', name)
          : t('Taskboard, {0}', name),
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

function unsentText(unsent: number, held: number): string {
  const saved = plural(
    unsent,
    '{0} change is saved here and not yet on the server.',
    '{0} changes are saved here and not yet on the server.',
  );
  const waits = held > 0 ? plural(held, '{0} of them waits for you.', '{0} of them wait for you.') : '';
  return [saved, waits, t('Show what is unsent.')].filter(Boolean).join(' ');
}
