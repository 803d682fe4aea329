import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';

// Admin a board from its own menu and from the tree, with VS Code's real menus, inputs and settings.

describe('keeping a board', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let view: Frame;

  before(async () => {
    workbench = await openWorkbench({ width: 1400, height: 900, env: { TASKBOARD_OPEN_DEMO: '1' } });
    view = await workbench.webviewFrame(BOARD_TAB);
    await workbench.openView('Taskboard');
  });
  after(() => workbench?.close());
  keepEvidence(() => workbench);

  const more = () => view.getByRole('button', { name: 'More actions' });
  async function choose(entry: string): Promise<void> {
    await more().click();
    await workbench.page.getByRole('menuitem', { name: entry }).hover();
    await workbench.page.keyboard.press('Enter');
  }

  it('adds a stage from the board’s menu', async () => {
    await more().click();
    await workbench.page.getByRole('menuitem', { name: 'Add Stage…' }).waitFor();
    await workbench.screenshot('board-menu');
    await workbench.page.keyboard.press('Escape');
    await choose('Add Stage…');
    await workbench.quickInput('Parked', { asked: 'New stage on Aurora Web App' });
    await view.getByRole('region', { name: 'Parked' }).waitFor();
  });

  it('shows the members with their roles', async () => {
    await choose('Board Members…');
    await workbench.page.getByText('Add a member…').waitFor();
    await workbench.screenshot('members');
    await workbench.page.keyboard.press('Escape');
  });

  it('limits a stage from its row in the tree', async () => {
    const board = workbench.treeItem('Aurora Web App');
    await board.click({ position: { x: 8, y: 8 } });
    await workbench.contextMenu(workbench.treeItem('Parked'), 'Set WIP Limit of Stage…');
    await workbench.quickInput('2', { asked: 'WIP limit of Parked' });
    await view
      .getByRole('region', { name: /Parked/ })
      .getByText('0 / 2', { exact: true })
      .waitFor();
  });

  it('shows cards closer together once that is chosen', async () => {
    await choose('Use Compact Cards');
    await view.locator('.root.compact').waitFor();
    await workbench.screenshot('compact');
    await more().click();
    await workbench.page.getByRole('menuitem', { name: 'Use Comfortable Cards' }).waitFor();
    await workbench.page.keyboard.press('Escape');
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
