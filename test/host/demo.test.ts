import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { moveCards } from '../../src/board/mutations/mutation';
import type { TaskboardApi } from '../../src/host';
import type { TreeNode } from '../../src/workbench/shared/treeNode';
import { taskboard, until } from './api';

type Of<Kind extends TreeNode['kind']> = Extract<TreeNode, { kind: Kind }>;

describe('the demo board', () => {
  let api: TaskboardApi;

  before(async () => {
    api = await taskboard();
    await vscode.commands.executeCommand('taskboard.tryDemo');
  });
  after(async () => {
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
    await api.services.current.set(null);
    await api.services.connections.remove('demo');
  });

  const titles = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
  const store = () => api.services.stores.of('demo')!;
  const nodes = async <Kind extends TreeNode['kind']>(kind: Kind, parent?: TreeNode) => {
    const all = await api.tree.getChildren(parent);
    const children = all.filter((child) => child.kind !== 'unsent');
    assert.ok(
      children.length > 0 && children.every((child) => child.kind === kind),
      JSON.stringify(children),
    );
    return children as Of<Kind>[];
  };

  it('opens as a tab with its name, and becomes the current board', async () => {
    const current = api.services.current.get();
    assert.equal(current?.connectionId, 'demo');
    const snapshot = await until(api.services.stores.onBoard, () => store().state(current.boardId).snapshot);
    await until(vscode.window.tabGroups.onDidChangeTabs, () => titles().includes(snapshot.board.name));
  });

  it('is browsed in the tree: boards, stages with counts, cards', async () => {
    const boards = await nodes('board');
    assert.equal(boards.length, 3);
    const stages = await nodes('stage', boards[0]);
    assert.ok(stages.length >= 6);
    const counts = stages.map((stage) => api.tree.getTreeItem(stage).description);
    const snapshot = store().state(boards[0]!.ref.boardId).snapshot!;
    for (const [index, { stage }] of stages.entries())
      assert.match(String(counts[index]), new RegExp(`^${snapshot.columns.get(stage.stage_id)!.total}\\b`));
    const filled = stages.find(({ total }) => total > 0)!;
    const cards = await nodes('card', filled);
    assert.equal(cards.length, filled.total);
    const item = api.tree.getTreeItem(cards[0]!);
    assert.equal(item.label, cards[0]!.card.title);
    assert.equal(item.command?.command, 'taskboard.openCard');
  });

  it('counts anew in the tree when a card moves', async () => {
    const [board] = await nodes('board');
    const [first, second] = await nodes('stage', board);
    const [card] = await nodes('card', first);
    const { settled } = store().mutate(
      board!.ref.boardId,
      moveCards([card!.card.card_id], { stageId: second!.stage.stage_id, after: null }),
    );
    await settled;
    const [firstNow, secondNow] = await nodes('stage', board);
    assert.equal(firstNow!.total, first!.total - 1);
    assert.equal(secondNow!.total, second!.total + 1);
  });

  it('makes a card by quick create in the stage that was given', async () => {
    const [board] = await nodes('board');
    const [stage] = await nodes('stage', board);
    const { ref } = board!;
    const asked: string[] = [];
    api.setAskTitle(({ place }) => {
      asked.push(place);
      return Promise.resolve({ line: 'Write the host test !high due:tomorrow', change: false });
    });
    await vscode.commands.executeCommand('taskboard.newCard', stage);
    assert.deepEqual(asked, [`${board!.board.name} › ${stage!.stage.name}`]);
    const made = await until(api.services.stores.onBoard, () =>
      [...store().state(ref.boardId).snapshot!.cards.values()].find(
        ({ title, card_id }) => title === 'Write the host test' && card_id.startsWith('task:'),
      ),
    );
    assert.equal(made.stage_id, stage!.stage.stage_id);
    assert.equal(made.priority, '2');
    assert.match(made.due_date ?? '', /^\d{4}-\d\d-\d\d$/);
  });

  it('opens a card from the tree in one preview panel, and pins on request', async () => {
    const [board] = await nodes('board');
    const [stage] = await nodes('stage', board);
    const [first, second] = await nodes('card', stage);
    await vscode.commands.executeCommand('taskboard.openCard', first);
    await until(vscode.window.tabGroups.onDidChangeTabs, () => titles().includes(first!.card.title));
    await vscode.commands.executeCommand('taskboard.openCard', second);
    await until(vscode.window.tabGroups.onDidChangeTabs, () => titles().includes(second!.card.title));
    assert.ok(!titles().includes(first!.card.title), 'the preview is used again');
    api.cards.open({ ...board!.ref, cardId: first!.card.card_id }, { pin: true });
    await until(vscode.window.tabGroups.onDidChangeTabs, () => titles().includes(first!.card.title));
    assert.ok(titles().includes(second!.card.title), 'a pinned card has a panel of its own');
  });

  it('copies a link to a card', async () => {
    const [board] = await nodes('board');
    const [stage] = await nodes('stage', board);
    const [card] = await nodes('card', stage);
    await vscode.commands.executeCommand('taskboard.copyLink', card);
    const link = new URL(await vscode.env.clipboard.readText());
    assert.ok(
      link.href.includes(card!.card.card_id) || link.href.includes(encodeURIComponent(card!.card.card_id)),
      link.href,
    );
  });

  it('is rebuilt from its identity alone after a reload', async () => {
    const [, second] = await nodes('board');
    const panel = vscode.window.createWebviewPanel(
      'taskboard.boardPanel',
      'restored',
      vscode.ViewColumn.Active,
    );
    await api.boards.deserializeWebviewPanel(panel, { identity: second!.ref });
    await until(api.services.stores.onBoard, () => panel.title === second!.board.name);
    panel.dispose();
  });

  it('closes a card editor whose state is unreadable instead of guessing', async () => {
    const panel = vscode.window.createWebviewPanel('taskboard.card', 'restored', vscode.ViewColumn.Active);
    const closed = new Promise<void>((resolve) => panel.onDidDispose(resolve));
    await api.cards.deserializeWebviewPanel(panel, { identity: 'rubbish' });
    await closed;
  });
});
