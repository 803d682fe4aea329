import * as vscode from 'vscode';
import { type Connection, labelOf } from '../account/connection';
import { cardsIn } from '../board/snapshot';
import { machineDay } from '../board/userDay';
import { TaskboardError } from '../client/taskboardError';
import type { Board, Card, Stage } from '../contract/entities';
import { dueInFull, tellDue } from '../messages/dueWords';
import { boardAddress, stagelessIn, stagelessText } from './stageless';
import { BOARD_SETTINGS, boardLook } from './boardSettings';
import type { Parts } from './parts';
import type { BoardRef } from './stores';
import type { Unsent } from './unsent';
import { deedOf, detailOf, stateOf } from './unsentTexts';
import { t } from '../l10n/l10n';

/** A row of the boards tree. */
export type TreeNode =
  | { kind: 'connection'; connection: Connection }
  | { kind: 'board'; ref: BoardRef; board: Board; keepsStages: boolean }
  | { kind: 'stage'; ref: BoardRef; stage: Stage; total: number; keepsStages: boolean }
  | { kind: 'card'; ref: BoardRef; card: Card; today: string }
  /** What a stage has beyond the cards that are loaded. */
  | { kind: 'more'; ref: BoardRef; stage: Stage; shown: number; total: number }
  /** Cards that no stage shows. */
  | { kind: 'stageless'; ref: BoardRef; count: number; address: string | undefined }
  | { kind: 'unsent'; connectionId: string; count: number; label: string }
  | { kind: 'change'; unsent: Unsent }
  | { kind: 'problem'; connectionId: string; error: TaskboardError }
  | { kind: 'empty'; text: string };

/** Boards, their stages with counts, and the loaded cards; with several accounts, the accounts on top. */
export class BoardsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly parts: Parts) {
    const { connections, stores } = parts;
    const redraw = () => this.redraw();
    this.subscriptions = [
      connections.onDidChange(redraw),
      stores.onList(redraw),
      stores.onBoard(redraw),
      stores.onDay(redraw),
      stores.onUnsent(redraw),
      vscode.workspace.onDidChangeConfiguration(
        (change) => change.affectsConfiguration(BOARD_SETTINGS) && redraw(),
      ),
    ];
  }

  /** Reads the lists of boards and the boards that are open again. */
  async refresh(): Promise<void> {
    const { connections, stores } = this.parts;
    await Promise.all(
      connections.all().map(async ({ id }) => {
        const store = stores.of(id);
        if (!store) return;
        await store.loadList();
        const opened = (store.boardList().boards ?? []).filter(
          ({ board_id }) => store.state(board_id).snapshot,
        );
        await Promise.all(opened.map(({ board_id }) => store.refresh(board_id)));
      }),
    );
  }

  /** Reads the next cards of a stage. */
  async showMore({ ref, stage }: TreeNode & { kind: 'more' }): Promise<void> {
    try {
      await this.parts.stores.of(ref.connectionId)?.loadMore(ref.boardId, stage.stage_id);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      void vscode.window.showErrorMessage(t('No more cards of {0}: {1}', stage.name, error.message));
    }
  }

  async getChildren(node?: TreeNode): Promise<TreeNode[]> {
    if (!node) return this.roots();
    if (node.kind === 'connection') return this.boards(node.connection);
    if (node.kind === 'board') return this.stages(node.ref);
    if (node.kind === 'stage') return this.cards(node.ref, node.stage);
    if (node.kind === 'unsent') return this.changes(node.connectionId);
    return [];
  }

  getTreeItem(node: TreeNode): vscode.TreeItem {
    return itemOf(node);
  }

  /** The node of what is unsent, for `reveal`; nothing when all is sent. */
  unsentNode(): TreeNode | undefined {
    const [first] = this.parts.connections.all().flatMap(({ id }) => this.unsent(id));
    return first;
  }

  /** The tree is flat enough that only what is unsent is ever revealed. */
  getParent(): undefined {
    return undefined;
  }

  dispose(): void {
    clearTimeout(this.timer);
    vscode.Disposable.from(this.changed, ...this.subscriptions).dispose();
  }

  private async roots(): Promise<TreeNode[]> {
    const connections = this.parts.connections.all();
    const unsent = connections.flatMap(({ id }) => this.unsent(id));
    if (connections.length === 1) return [...unsent, ...(await this.boards(connections[0]!))];
    return [...unsent, ...connections.map((connection): TreeNode => ({ kind: 'connection', connection }))];
  }

  /** One node an account, on top of everything, while something of it is unsent. */
  private unsent(connectionId: string): TreeNode[] {
    const { connections, stores } = this.parts;
    const connection = connections.get(connectionId);
    const count = stores.of(connectionId)?.unsent ?? 0;
    if (!connection || count === 0) return [];
    const label = connections.all().length > 1 ? t('Unsent to {0}', labelOf(connection)) : t('Unsent');
    return [{ kind: 'unsent', connectionId, count, label }];
  }

  private changes(connectionId: string): TreeNode[] {
    const records = this.parts.stores.of(connectionId)?.unsentRecords() ?? [];
    return records.map((record) => ({ kind: 'change', unsent: { connectionId, record } }));
  }

  private async boards(connection: Connection): Promise<TreeNode[]> {
    const store = this.parts.stores.of(connection.id);
    if (!store) return [];
    if (!store.boardList().boards && !store.boardList().error) await store.loadList();
    const { boards, error } = store.boardList();
    const problem: TreeNode[] = error ? [{ kind: 'problem', connectionId: connection.id, error }] : [];
    const [keepsStages] = await Promise.all([store.directory.can('stages'), store.directory.whoAmI()]);
    const nodes = (boards ?? []).map((board): TreeNode => {
      const ref = { connectionId: connection.id, boardId: board.board_id };
      return { kind: 'board', ref, board, keepsStages };
    });
    if (boards?.length === 0) return [...problem, { kind: 'empty', text: t('No boards that you may see') }];
    return [...problem, ...nodes];
  }

  private async stages(ref: BoardRef): Promise<TreeNode[]> {
    const store = this.parts.stores.of(ref.connectionId);
    await store?.open(ref.boardId);
    const { snapshot, error } = store?.state(ref.boardId) ?? {};
    if (!snapshot) return error ? [{ kind: 'problem', connectionId: ref.connectionId, error }] : [];
    const count = stagelessIn(snapshot);
    const address = boardAddress(this.parts.connections.get(ref.connectionId), ref.boardId);
    const stageless: TreeNode[] = count === 0 ? [] : [{ kind: 'stageless', ref, count, address }];
    if (snapshot.board.stages.length === 0)
      return [{ kind: 'empty', text: t('No stages yet') }, ...stageless];
    const keepsStages = (await store?.directory.can('stages')) ?? false;
    return [
      ...snapshot.board.stages.map((stage): TreeNode => {
        const total = snapshot.columns.get(stage.stage_id)?.total ?? 0;
        return { kind: 'stage', ref, stage, total, keepsStages };
      }),
      ...stageless,
    ];
  }

  private cards(ref: BoardRef, stage: Stage): TreeNode[] {
    const store = this.parts.stores.of(ref.connectionId);
    const { snapshot } = store?.state(ref.boardId) ?? {};
    const cards = snapshot ? cardsIn(snapshot, stage.stage_id) : [];
    const total = snapshot?.columns.get(stage.stage_id)?.total ?? 0;
    if (cards.length === 0 && total === 0) return [{ kind: 'empty', text: t('No cards') }];
    const { today } = store?.day ?? machineDay;
    const nodes = cards.map((card): TreeNode => ({ kind: 'card', ref, card, today }));
    const shown = cards.length;
    return shown < total ? [...nodes, { kind: 'more', ref, stage, shown, total }] : nodes;
  }

  /** One redraw for a burst of changes: the tree asks for all its rows again. */
  private redraw(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, 50);
  }
}

function itemOf(node: TreeNode): vscode.TreeItem {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  switch (node.kind) {
    case 'connection': {
      const item = new vscode.TreeItem(labelOf(node.connection), Expanded);
      item.id = node.connection.id;
      item.contextValue = `connection.${node.connection.kind}`;
      item.iconPath = new vscode.ThemeIcon(node.connection.kind === 'demo' ? 'beaker' : 'account');
      return item;
    }
    case 'board': {
      const item = new vscode.TreeItem(node.board.name, Collapsed);
      item.id = idOf(node.ref);
      item.contextValue = node.keepsStages ? 'board.stages' : 'board';
      item.iconPath = new vscode.ThemeIcon('project');
      item.tooltip = t('{0}, owned by {1}', node.board.name, node.board.owner.name);
      item.command = { command: 'taskboard.openBoard', title: t('Open Board'), arguments: [node] };
      return item;
    }
    case 'stage': {
      const { stage, total, ref } = node;
      const item = new vscode.TreeItem(stage.name, Collapsed);
      const limit = boardLook().wipLimits ? stage.wip_limit : null;
      const over = limit !== null && total > limit;
      item.id = `${idOf(ref)}/${stage.stage_id}`;
      item.description = limit === null ? String(total) : `${total} / ${limit}`;
      item.contextValue = node.keepsStages ? 'stage.kept' : 'stage';
      item.iconPath = over
        ? new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'))
        : new vscode.ThemeIcon('list-unordered');
      item.tooltip = over ? t('{0}: over its limit of {1}', stage.name, limit) : stage.name;
      return item;
    }
    case 'card':
      return cardItem(node);
    case 'more': {
      const { ref, stage, shown, total } = node;
      const item = new vscode.TreeItem(t('Show more ({0})', total - shown), None);
      item.id = `${idOf(ref)}/${stage.stage_id}/more`;
      item.description = t('{0} of {1} shown', shown, total);
      item.iconPath = new vscode.ThemeIcon('ellipsis');
      item.command = { command: 'taskboard.showMoreCards', title: t('Show More'), arguments: [node] };
      return item;
    }
    case 'stageless': {
      const { ref, count, address } = node;
      const item = new vscode.TreeItem(stagelessText(count), None);
      item.id = `${idOf(ref)}/stageless`;
      item.iconPath = new vscode.ThemeIcon('question');
      item.tooltip = t('Give them a stage in Odoo, and they stand on the board.');
      if (address)
        item.command = {
          command: 'vscode.open',
          title: t('Open in Odoo'),
          arguments: [vscode.Uri.parse(address, true)],
        };
      return item;
    }
    case 'unsent': {
      const item = new vscode.TreeItem(node.label, Expanded);
      item.id = `${node.connectionId}/unsent`;
      item.description = String(node.count);
      item.contextValue = 'unsent';
      item.iconPath = new vscode.ThemeIcon('cloud-upload');
      item.tooltip = t('Saved on this machine, not yet on the server');
      return item;
    }
    case 'change':
      return changeItem(node.unsent);
    case 'problem': {
      const item = new vscode.TreeItem(node.error.message, None);
      item.iconPath = new vscode.ThemeIcon('error', new vscode.ThemeColor('list.errorForeground'));
      item.tooltip = node.error.message;
      item.contextValue = 'problem';
      item.command =
        node.error.kind === 'auth'
          ? { command: 'taskboard.signIn', title: t('Sign In'), arguments: [node.connectionId] }
          : { command: 'taskboard.refresh', title: t('Try Again') };
      return item;
    }
    case 'empty':
      return new vscode.TreeItem(node.text, None);
  }
}

function changeItem({ connectionId, record }: Unsent): vscode.TreeItem {
  const { id, operation, title, state } = record;
  const item = new vscode.TreeItem(
    t('{0}: {1}', deedOf(operation), title),
    vscode.TreeItemCollapsibleState.None,
  );
  item.id = `${connectionId}/unsent/${id}`;
  item.description = stateOf(record);
  item.tooltip = detailOf(record);
  item.contextValue = `change.${state.name}`;
  item.iconPath =
    state.name === 'queued'
      ? new vscode.ThemeIcon('clock')
      : new vscode.ThemeIcon('warning', new vscode.ThemeColor('list.warningForeground'));
  return item;
}

function cardItem(node: TreeNode & { kind: 'card' }): vscode.TreeItem {
  const { ref, card, today } = node;
  const item = new vscode.TreeItem(card.title, vscode.TreeItemCollapsibleState.None);
  const due = card.due_date === null ? null : tellDue(card.due_date, today);
  item.id = `${idOf(ref)}/${card.card_id}`;
  item.contextValue = card.web_url ? 'card.web' : 'card';
  item.iconPath = new vscode.ThemeIcon(card.closed ? 'pass' : 'circle-large-outline');
  item.description = due && !card.closed ? due.text : '';
  item.tooltip = [
    card.title,
    ...card.owners.map(({ name }) => name),
    card.due_date && t('Due {0}', dueInFull(card.due_date, today)),
  ]
    .filter(Boolean)
    .join('\n');
  item.command = { command: 'taskboard.openCard', title: t('Open Card'), arguments: [node] };
  return item;
}

const idOf = ({ connectionId, boardId }: BoardRef) => `${connectionId}/${boardId}`;
