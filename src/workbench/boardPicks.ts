import * as vscode from 'vscode';
import { labelOf } from '../account/connection';
import type { Stage } from '../contract/entities';
import type { Parts } from './parts';
import type { BoardRef } from './stores';
import { t } from '../l10n/l10n';

/** A pick of a board over all accounts; signs in first when there is none. */
export async function pickBoard(
  { connections, stores, actions }: Parts,
  title: string,
): Promise<BoardRef | undefined> {
  if (connections.all().length === 0) {
    await actions.signIn();
    if (connections.all().length === 0) return undefined;
  }
  const several = connections.all().length > 1;
  const items = Promise.all(
    connections.all().map(async (connection) => {
      const store = stores.of(connection.id);
      if (store && !store.boardList().boards) await store.loadList();
      const { boards, error } = store?.boardList() ?? {};
      if (error) void vscode.window.showErrorMessage(`${labelOf(connection)}: ${error.message}`);
      return (boards ?? []).map((board) => ({
        label: board.name,
        description: several ? labelOf(connection) : board.owner.name,
        ref: { connectionId: connection.id, boardId: board.board_id },
      }));
    }),
  ).then((lists) => lists.flat());
  const picked = await vscode.window.showQuickPick(items, {
    title,
    matchOnDescription: true,
    ignoreFocusOut: true,
  });
  return picked?.ref;
}

/** A pick of a stage of a board. */
export async function pickStage(
  { stores }: Parts,
  { connectionId, boardId }: BoardRef,
): Promise<Stage | undefined> {
  const store = stores.of(connectionId);
  await store?.open(boardId);
  const { snapshot, error } = store?.state(boardId) ?? {};
  if (!snapshot) {
    void vscode.window.showErrorMessage(error?.message ?? t('This board could not be read. Try again.'));
    return undefined;
  }
  if (snapshot.board.stages.length === 0) {
    void vscode.window.showInformationMessage(t('This board has no stages yet. Add one first.'));
    return undefined;
  }
  const picked = await vscode.window.showQuickPick(
    snapshot.board.stages.map((stage) => {
      const total = snapshot.columns.get(stage.stage_id)?.total ?? 0;
      const description = stage.wip_limit === null ? String(total) : `${total} / ${stage.wip_limit}`;
      const detail = stage.mails_on_entry
        ? t('The customer is e-mailed when a card enters this stage')
        : undefined;
      return { label: stage.name, description, stage, ...(detail && { detail }) };
    }),
    { title: t('Stage on {0}', snapshot.board.name), ignoreFocusOut: true },
  );
  return picked?.stage;
}
