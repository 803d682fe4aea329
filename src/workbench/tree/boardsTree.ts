// Room: src/workbench/tree: the tree of accounts, boards, stages and cards.
// Owner: the tree owns which rows it gave out; what they show is the stores'.
// Source: docs/architecture.md.

import * as vscode from 'vscode';
import { type Connection, labelOf } from '../../account/connection';
import { cardsIn } from '../../board/snapshot/snapshot';
import { machineDay } from '../../base/userDay';
import { TaskboardError } from '../../client/taskboardError';
import type { Stage } from '../../contract/entities';
import { type BoardRef, cardKey, keyOf } from '../../contract/keys';
import { dueInFull, tellDue } from '../../messages/dueWords';
import { shownNumber } from '../prompts/tellApart';
import { BOARD_SETTINGS, boardLook } from '../shared/boardSettings';
import type { Services } from '../shared/services';
import type { TreeNode } from '../shared/treeNode';
import { boardAddress, stagelessIn, stagelessText } from '../shared/stageless';
import type { Unsent } from '../shared/refs';
import { describeOperation, detailOf, stateOf } from '../unsent/unsentTexts';
import { tell } from '../../widgets/notices';
import { rowsApart } from '../../widgets/rows';
import { say, sayMany, shown, shownLines, shownName, stacked } from '../../widgets/shownText';
import { type ShownRow, treeRow } from '../../widgets/treeRow';

/** Boards, their stages with counts, and the loaded cards; with several accounts, the accounts on top. */
export class BoardsTree implements vscode.TreeDataProvider<TreeNode>, vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<TreeNode | undefined>();
  private readonly subscriptions: vscode.Disposable[];
  private timer: NodeJS.Timeout | undefined;
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly services: Services) {
    const { connections, stores } = services;
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
    const { connections, stores } = this.services;
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
      await this.services.stores.of(ref.connectionId)?.loadMore(ref.boardId, stage.stage_id);
    } catch (error) {
      if (!TaskboardError.is(error)) throw error;
      tell('error', say('No more cards of {0}: {1}', shownName(stage.name), shown(error.message)));
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

  getTreeItem(node: TreeNode): ShownRow {
    return itemOf(node);
  }

  /** The node of what is unsent, for `reveal`; nothing when all is sent. */
  unsentNode(): TreeNode | undefined {
    const [first] = this.services.connections.all().flatMap(({ id }) => this.unsent(id));
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
    const connections = this.services.connections.all();
    const unsent = connections.flatMap(({ id }) => this.unsent(id));
    if (connections.length === 1) return [...unsent, ...(await this.boards(connections[0]!))];
    return [...unsent, ...connections.map((connection): TreeNode => ({ kind: 'connection', connection }))];
  }

  /** One node an account, on top of everything, while something of it is unsent. */
  private unsent(connectionId: string): TreeNode[] {
    const { connections, stores } = this.services;
    const connection = connections.get(connectionId);
    const count = stores.of(connectionId)?.unsent ?? 0;
    if (!connection || count === 0) return [];
    const label =
      connections.all().length > 1 ? say('Unsent to {0}', shownName(labelOf(connection))) : say('Unsent');
    return [{ kind: 'unsent', connectionId, count, label }];
  }

  private changes(connectionId: string): TreeNode[] {
    const records = this.services.stores.of(connectionId)?.unsentRecords() ?? [];
    return records.map((record) => ({ kind: 'change', unsent: { connectionId, record } }));
  }

  private async boards(connection: Connection): Promise<TreeNode[]> {
    const store = this.services.stores.of(connection.id);
    if (!store) return [];
    if (!store.boardList().boards && !store.boardList().error) await store.loadList();
    const { boards, error, leftOut = 0 } = store.boardList();
    const missing = sayMany(
      leftOut,
      '{0} board can’t be shown. Open it in Odoo.',
      '{0} boards can’t be shown. Open them in Odoo.',
    );
    const lacking: TreeNode[] = leftOut > 0 ? [{ kind: 'empty', text: missing }] : [];
    const problem: TreeNode[] = error ? [{ kind: 'problem', connectionId: connection.id, error }] : [];
    const [keepsStages] = await Promise.all([store.directory.can('stages'), store.directory.whoAmI()]);
    const rows = rowsApart(
      (boards ?? []).map((board) => ({
        label: shownName(board.name),
        apart: [shownName(board.owner.name), shownNumber(board.board_id)],
        value: board,
      })),
    );
    const nodes = rows.map(({ value: board, description: apart }): TreeNode => {
      const ref = { connectionId: connection.id, boardId: board.board_id };
      return { kind: 'board', ref, board, apart, keepsStages };
    });
    if (boards?.length === 0 && leftOut === 0)
      return [...problem, { kind: 'empty', text: say('No boards that you may see') }];
    return [...problem, ...nodes, ...lacking];
  }

  private async stages(ref: BoardRef): Promise<TreeNode[]> {
    const store = this.services.stores.of(ref.connectionId);
    await store?.open(ref.boardId);
    const { snapshot, error } = store?.state(ref.boardId) ?? {};
    if (!snapshot) return error ? [{ kind: 'problem', connectionId: ref.connectionId, error }] : [];
    const count = stagelessIn(snapshot);
    const address = boardAddress(this.services.connections.get(ref.connectionId), ref.boardId);
    const stageless: TreeNode[] = count === 0 ? [] : [{ kind: 'stageless', ref, count, address }];
    if (snapshot.board.stages.length === 0)
      return [{ kind: 'empty', text: say('No stages yet') }, ...stageless];
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
    const store = this.services.stores.of(ref.connectionId);
    const { snapshot } = store?.state(ref.boardId) ?? {};
    const cards = snapshot ? cardsIn(snapshot, stage.stage_id) : [];
    const total = snapshot?.columns.get(stage.stage_id)?.total ?? 0;
    if (cards.length === 0 && total === 0) return [{ kind: 'empty', text: say('No cards') }];
    const { today } = store?.day ?? machineDay;
    const nodes = cards.map((card): TreeNode => ({ kind: 'card', ref, card, today }));
    const loaded = cards.length;
    return loaded < total ? [...nodes, { kind: 'more', ref, stage, loaded, total }] : nodes;
  }

  /** One redraw for a burst of changes: the tree asks for all its rows again. */
  private redraw(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined;
      this.changed.fire(undefined);
    }, 50);
  }
}

function itemOf(node: TreeNode): ShownRow {
  switch (node.kind) {
    case 'connection':
      return treeRow({
        id: keyOf('connectionRow', node.connection.id),
        label: shownName(labelOf(node.connection)),
        open: true,
        contextValue: `connection.${node.connection.kind}`,
        icon: node.connection.kind === 'demo' ? 'beaker' : 'account',
      });
    case 'board': {
      const name = shownName(node.board.name);
      return treeRow({
        id: keyOf('boardRow', node.ref.connectionId, node.ref.boardId),
        label: name,
        description: node.apart,
        open: false,
        contextValue: node.keepsStages ? 'board.stages' : 'board',
        icon: 'project',
        tooltip: say('{0}, owned by {1}', name, shownName(node.board.owner.name)),
        command: { command: 'taskboard.openBoard', title: say('Open Board'), arguments: [node] },
      });
    }
    case 'stage': {
      const { stage, total, ref } = node;
      const name = shownName(stage.name);
      const limit = boardLook().wipLimits ? stage.wip_limit : null;
      const over = limit !== null && total > limit;
      return treeRow({
        id: keyOf('stageRow', ref.connectionId, ref.boardId, stage.stage_id),
        label: name,
        open: false,
        description: shown(limit === null ? String(total) : `${total} / ${limit}`),
        contextValue: node.keepsStages ? 'stage.kept' : 'stage',
        icon: over ? 'warning' : 'list-unordered',
        ...(over && { tone: 'warning' }),
        tooltip: over ? say('{0}: over its limit of {1}', name, limit) : name,
      });
    }
    case 'card':
      return cardItem(node);
    case 'more': {
      const { ref, stage, loaded, total } = node;
      return treeRow({
        id: keyOf('moreRow', ref.connectionId, ref.boardId, stage.stage_id),
        label: say('Show more ({0})', total - loaded),
        description: say('{0} of {1} shown', loaded, total),
        icon: 'ellipsis',
        command: { command: 'taskboard.showMoreCards', title: say('Show More'), arguments: [node] },
      });
    }
    case 'stageless': {
      const { ref, count, address } = node;
      return treeRow({
        id: keyOf('stagelessRow', ref.connectionId, ref.boardId),
        label: shown(stagelessText(count)),
        icon: 'question',
        tooltip: say('Give them a stage in Odoo, and they stand on the board.'),
        ...(address && {
          command: {
            command: 'vscode.open',
            title: say('Show in Odoo'),
            arguments: [vscode.Uri.parse(address, true)],
          },
        }),
      });
    }
    case 'unsent':
      return treeRow({
        id: keyOf('unsentRow', node.connectionId),
        label: node.label,
        open: true,
        description: shown(String(node.count)),
        contextValue: 'unsent',
        icon: 'cloud-upload',
        tooltip: say('Saved on this machine, not yet on the server'),
      });
    case 'change':
      return changeItem(node.unsent);
    case 'problem': {
      const sentence = shown(node.error.message);
      return treeRow({
        label: sentence,
        icon: 'error',
        tone: 'error',
        tooltip: sentence,
        contextValue: 'problem',
        command:
          node.error.kind === 'auth'
            ? { command: 'taskboard.signIn', title: say('Sign In'), arguments: [node.connectionId] }
            : { command: 'taskboard.refresh', title: say('Try Again') },
      });
    }
    case 'empty':
      return treeRow({ label: node.text });
  }
}

function changeItem({ connectionId, record }: Unsent): ShownRow {
  const { id, operation, title, state } = record;
  return treeRow({
    id: keyOf('changeRow', connectionId, id),
    label: say('{0}: {1}', shown(describeOperation(operation)), shownName(title)),
    description: shown(stateOf(record)),
    tooltip: shownLines(detailOf(record)),
    contextValue: `change.${state.name}`,
    icon: state.name === 'queued' ? 'clock' : 'warning',
    ...(state.name !== 'queued' && { tone: 'warning' }),
  });
}

function cardItem(node: TreeNode & { kind: 'card' }): ShownRow {
  const { ref, card, today } = node;
  const due = card.due_date === null ? null : tellDue(card.due_date, today);
  return treeRow({
    id: cardKey('cardRow', { ...ref, cardId: card.card_id }),
    label: shownName(card.title),
    contextValue: card.web_url ? 'card.web' : 'card',
    icon: card.closed ? 'pass' : 'circle-large-outline',
    ...(due && !card.closed && { description: shown(due.text) }),
    tooltip: stacked([
      shown(card.title),
      ...card.owners.map(({ name }) => shownName(name)),
      card.due_date !== null && due ? say('Due {0}', shown(dueInFull(card.due_date, today))) : '',
    ]),
    command: { command: 'taskboard.openCard', title: say('Open Card'), arguments: [node] },
  });
}
