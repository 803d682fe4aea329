import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { axeFindings } from '../axe';
import { BOARD_TAB } from './mainJob';
import { THEME_NAMES, useSidebarWidth, useTheme, useWidth } from './harness/appearance';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';

// axe inside the real webviews, under VS Code's own policy, styles and tokens: four themes, three widths.

const SIDEBAR = { has: 'body[data-vscode-context*="sidebar"] [data-board] [role=option]' };

describe('accessibility in VS Code', function () {
  this.timeout(120_000);
  let workbench: Workbench;

  before(async () => {
    workbench = await openWorkbench({ width: 1500, height: 900, env: { TASKBOARD_OPEN_DEMO: '1' } });
    await workbench.webviewFrame(BOARD_TAB);
  });
  after(() => workbench?.close());
  keepEvidence(() => workbench);

  const check = async (view: Frame, what: string) => {
    await backed(view);
    assert.deepEqual(await axeFindings(view), [], what);
  };

  /** A webview lets the workbench's own background through; axe, which looks at the frame alone, takes that for white. */
  async function backed(view: Frame): Promise<void> {
    const isSidebar = await view.locator('body[data-vscode-context*="sidebar"]').count();
    const part = workbench.page.locator(isSidebar ? '.part.sidebar' : '.part.editor > .content');
    const color = await part.evaluate((element) => getComputedStyle(element).backgroundColor);
    assert.match(color, /^rgb\(/);
    await view.evaluate((color) => (document.documentElement.style.backgroundColor = color), color);
  }

  describe('of the board', () => {
    let sidebar: Frame;
    let tab: Frame;

    before(async () => {
      await workbench.openView('Taskboard');
      sidebar = await workbench.webviewFrame(SIDEBAR);
      await useSidebarWidth(workbench, sidebar, 280);
      tab = await workbench.webviewFrame(BOARD_TAB);
    });

    for (const theme of THEME_NAMES)
      it(`is without a finding, ${theme}: 280 px in the sidebar, 600 and 1200 px in a tab`, async () => {
        await useTheme(workbench, theme, [sidebar, tab]);
        await check(sidebar, 'sidebar');
        for (const width of [600, 1200]) {
          await useWidth(workbench, tab, width);
          await check(tab, `tab, ${width} px`);
        }
      });
  });

  describe('of the card editor', () => {
    let card: Frame;

    before(async () => {
      const board = await workbench.webviewFrame(BOARD_TAB);
      await board.getByRole('option').first().dblclick();
      await workbench.webviewFrame({ has: '.composer' });
      // Alone, with all the width of the window, and in front whichever of the two groups was the active one.
      await workbench.runCommand('View: Join All Editor Groups');
      await workbench.page
        .locator('.tabs-container [role="tab"]')
        .filter({ hasNotText: 'Aurora Web App' })
        .click();
      await workbench.runCommand('View: Close Primary Side Bar');
      card = await workbench.webviewFrame({ has: '.composer' });
    });

    for (const theme of THEME_NAMES)
      it(`is without a finding, ${theme}: 280, 600 and 1200 px`, async () => {
        await useTheme(workbench, theme, [card]);
        for (const width of [1200, 600, 280]) {
          await useWidth(workbench, card, width);
          await check(card, `${width} px`);
        }
        await useWidth(workbench, card, 1200); // room for the pick of a theme
      });
  });
});
