import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TaskboardApi } from '../../src/host';
import type { TreeNode } from '../../src/workbench/shared/treeNode';
import { scriptedPrompts } from '../unit/workbench/scriptedPrompts';
import { taskboard, until } from './api';

describe('keeping boards from the tree and the menus', () => {
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

  const answers = (...given: Parameters<typeof scriptedPrompts>) => {
    const script = scriptedPrompts(...given);
    api.setPrompts(script.prompts);
    return script;
  };
  const rows = async <K extends TreeNode['kind']>(kind: K, parent?: TreeNode) =>
    (await api.tree.getChildren(parent)).filter((node) => node.kind === kind) as Extract<
      TreeNode,
      { kind: K }
    >[];

  it('makes a board, lists it and opens it', async () => {
    const { said } = answers('Host board', '', 'Team');
    await vscode.commands.executeCommand('taskboard.newBoard');
    assert.deepEqual(said, ['Made the board Host board.']);
    const made = (await rows('board')).find(({ board }) => board.name === 'Host board');
    assert.ok(made);
    const labels = () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs.map(({ label }) => label));
    await until(vscode.window.tabGroups.onDidChangeTabs, () => labels().includes('Host board'));
    assert.equal(api.tree.getTreeItem(made).contextValue, 'board.stages');
  });

  it('changes the stage on whose row, or in whose column’s menu, the command was called', async () => {
    const [board] = await rows('board');
    const [first, second] = await rows('stage', board);
    assert.equal(api.tree.getTreeItem(first!).contextValue, 'stage.kept');
    answers('Ideas');
    await vscode.commands.executeCommand('taskboard.renameStage', first);
    answers('4');
    await vscode.commands.executeCommand('taskboard.limitStage', {
      webviewSection: 'column',
      ...board!.ref,
      stageId: second!.stage.stage_id,
    });
    const [firstNow, secondNow] = await rows('stage', board);
    assert.equal(firstNow!.stage.name, 'Ideas');
    assert.match(String(api.tree.getTreeItem(secondNow!).description), / \/ 4$/);
  });

  it('says a refusal and changes nothing', async () => {
    const [board] = await rows('board');
    const full = (await rows('stage', board)).find(({ total }) => total > 0);
    const { refusals } = answers();
    await vscode.commands.executeCommand('taskboard.deleteStage', full);
    assert.match(refusals[0] ?? '', /still holds/);
  });
});
