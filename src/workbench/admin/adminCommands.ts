import type { BoardRef } from '../../contract/keys';
import * as vscode from 'vscode';
import { labelOf } from '../../account/connection';
import { say, shownName } from '../../widgets/shownText';
import type { Prompts } from '../prompts/prompts';
import { createBoard, editBoard } from './boardAdmin';
import type { TreeNode } from '../shared/treeNode';
import type { Admin } from './admin';
import { keepMembers } from './memberAdmin';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { addStage, deleteStage, limitStage, moveStage, renameStage } from './stageAdmin';

/** What an admin command may be given: a row of the tree, or the context of a board's menu. */
type Given = TreeNode | { stageId?: string } | undefined;

/** The commands that keep boards, by name without prefix. `boardOf` finds the board that is meant. */
export function adminCommands(
  { connections, stores }: Services,
  actions: Actions,
  prompts: Prompts,
  boardOf: (given: never) => Promise<BoardRef | undefined>,
): Record<string, (given: never) => Promise<void>> {
  const onBoard = (flow: (admin: Admin, stageId?: string) => Promise<void>) => async (given: never) => {
    const ref = await boardOf(given);
    const store = ref && stores.of(ref.connectionId);
    if (store) await flow({ prompts, store, boardId: ref.boardId }, stageOf(given));
  };

  async function newBoard(given: Given): Promise<void> {
    if (connections.all().length === 0) await actions.signIn();
    const all = connections.all();
    const connection =
      given && 'kind' in given && given.kind === 'connection'
        ? given.connection
        : all.length > 1
          ? await prompts.pick(
              say('New board: in which account?'),
              all.map((one) => ({ label: shownName(labelOf(one)), value: one })),
            )
          : all[0];
    const store = connection && stores.of(connection.id);
    if (!store) return;
    const boardId = await createBoard(prompts, store);
    if (boardId) actions.openBoard({ connectionId: connection.id, boardId });
  }

  return {
    newBoard,
    editBoard: onBoard(editBoard),
    keepMembers: onBoard(keepMembers),
    addStage: onBoard(addStage),
    renameStage: onBoard(renameStage),
    limitStage: onBoard(limitStage),
    moveStage: onBoard(moveStage),
    deleteStage: onBoard(deleteStage),
  };
}

function stageOf(given: Given): string | undefined {
  if (!given) return undefined;
  if ('kind' in given) return given.kind === 'stage' ? given.stage.stage_id : undefined;
  return given.stageId;
}

/**
 * Keeps the context key that shows the stages' commands: they are offered while the server of some account lets stages
 * be changed. Which board's server does not is told when one is asked.
 */
export function watchAdmin({ connections, stores }: Services): vscode.Disposable {
  const look = async () => {
    const can = await Promise.all(stores.all().map(([, store]) => store.directory.can('stages')));
    await vscode.commands.executeCommand('setContext', 'taskboard.keepsStages', can.includes(true));
  };
  return vscode.Disposable.from(
    connections.onDidChange(() => void look()),
    stores.onList(() => void look()),
  );
}
