import * as vscode from 'vscode';
import { joined, say, sayMany, shown, shownName, type ShownText } from '../widgets/shownText';
import { StatusEntry } from '../widgets/statusBar';
import type { Services } from './shared/services';
import { sameBoard } from '../contract/keys';

/** The current board's name, and how much has not reached the server yet. */
export function createStatusBar({ connections, stores, current }: Services): vscode.Disposable {
  const entry = new StatusEntry('taskboard.status', 'Taskboard', 10);
  const draw = () => {
    if (connections.all().length === 0) return entry.show(undefined);
    const ref = current.get();
    const state = ref && stores.of(ref.connectionId)?.state(ref.boardId);
    const name = shownName(state?.snapshot?.board.name ?? 'Taskboard');
    const { unsent } = stores;
    const problem = state?.error;
    const held = stores
      .all()
      .flatMap(([, store]) => store.unsentRecords())
      .filter((record) => record.state.name !== 'queued').length;
    entry.show({
      icon: held > 0 || problem ? 'warning' : unsent > 0 ? 'sync~spin' : 'project',
      text: unsent > 0 ? say('{0}: {1} unsent', name, unsent) : name,
      tooltip:
        unsent > 0
          ? unsentText(unsent, held)
          : problem
            ? shown(problem.message)
            : ref
              ? say('Open this board')
              : say('Choose a board'),
      spoken:
        unsent > 0
          ? sayMany(unsent, 'Taskboard, {1}, {0} change unsent', 'Taskboard, {1}, {0} changes unsent', name)
          : say('Taskboard, {0}', name),
      command: unsent > 0 ? 'taskboard.showUnsent' : 'taskboard.openCurrentBoard',
    });
  };
  draw();
  return vscode.Disposable.from(
    entry,
    connections.onDidChange(draw),
    current.onDidChange(draw),
    stores.onUnsent(draw),
    stores.onAttention(draw),
    stores.onBoard((ref) => sameBoard(ref, current.get()) && draw()),
  );
}

function unsentText(unsent: number, held: number): ShownText {
  const saved = sayMany(
    unsent,
    '{0} change is saved here and not yet on the server.',
    '{0} changes are saved here and not yet on the server.',
  );
  const waits =
    held > 0 ? sayMany(held, '{0} of them waits for you.', '{0} of them wait for you.') : undefined;
  return joined([saved, waits, say('Show what is unsent.')]);
}
