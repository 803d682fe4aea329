import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { BoardPage, signIn } from './boardPage';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { BOARD_TAB } from './mainJob';
import { type HostileServer, MEGABYTE, ODD, startHostile } from './hostileServer';
import { api, makeBoard, startServe, type TestBoard } from './server';

// A server that is hostile in every answer, through every command and surface that shows what it says: nothing of it
// becomes a link or an icon, no command runs, no secret comes back, and the window answers.

const BOARD = 'Under attack';
const TITLES = ['Ant', ODD.huge, ODD.blank, ODD.urgent, 'Bee'];

/** Kept by the watch in the page, until the end of it all. */
interface Seen {
  links: string[];
  icons: string[];
  longestMs: number;
}

describe('a hostile server, through the whole extension', function () {
  this.timeout(180_000);
  let server: HostileServer;
  let board: TestBoard;
  let workbench: Workbench;
  let page: BoardPage;

  before(async () => {
    const behind = await startServe();
    board = await makeBoard(behind, BOARD, TITLES);
    server = await startHostile(behind);
    workbench = await openWorkbench({ width: 1500, height: 900 });
    await workbench.page.evaluate(WATCH);
  });
  after(async () => {
    await workbench?.close();
    await server?.stop();
  });
  keepEvidence(() => workbench);

  const ui = () => workbench.page;
  const escape = async () => {
    await ui().keyboard.press('Escape');
    await ui()
      .locator('.quick-input-widget:visible')
      .waitFor({ state: 'detached' })
      .catch(() => {});
  };
  /** Runs a command that asks, waits until what it asks holds a text, and steps back. */
  async function asks(command: string, text: string | RegExp): Promise<void> {
    await workbench.runCommand(command);
    await ui().locator('.quick-input-widget:visible').filter({ hasText: text }).waitFor();
    await escape();
  }
  const notice = (text: string | RegExp) =>
    ui().locator('.notifications-toasts .notification-list-item').filter({ hasText: text }).first();
  const clear = () => workbench.runCommand('Notifications: Clear All Notifications');
  const row = (text: string) =>
    ui().locator('.part.sidebar [role="treeitem"]').filter({ hasText: text }).first();
  const option = (title: string) =>
    page.frame
      .locator('[data-card]')
      .filter({ hasText: new RegExp(`^\\s*${title}\\b`) })
      .first();
  const openBoard = async () => new BoardPage(await workbench.webviewFrame(BOARD_TAB));
  const moveBee = () => workbench.drag(option('Bee'), page.column('Done').getByRole('listbox'));
  const focus = async (title: string) => {
    await option(title).click();
    await page.frame.locator('[data-card]:focus').waitFor();
  };
  const noCommandLinks = async (frame: Frame) =>
    assert.equal(await frame.locator('a[href^="command:" i], .codicon-bug, iframe').count(), 0);

  it('signs in, and lists boards whose owner is nobody', async () => {
    await signIn(workbench, server.url, server);
    await row(BOARD).waitFor();
    await row(BOARD).hover();
    await ui().locator('.monaco-hover:visible').filter({ hasText: BOARD }).first().waitFor();
    await workbench.screenshot('tree');
  });

  it('opens the board from a pick; each card is there once, the one with an odd priority marked', async () => {
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    page = await openBoard();
    await option('Bee').waitFor();
    for (const title of ['Ant', 'Bee', ODD.urgent])
      assert.equal(
        await page.frame
          .locator('[data-card]')
          .filter({ hasText: new RegExp(`^\\s*${title}\\b`) })
          .count(),
        1,
        title,
      );
    await option(ODD.urgent)
      .getByText(/can’t read all of this card/)
      .waitFor({ state: 'attached' });
    await workbench.screenshot('board');
    await noCommandLinks(page.frame);
  });

  it('unfolds board and stages in the tree, with tooltips', async () => {
    await row(BOARD).click({ position: { x: 8, y: 8 } });
    await row('To Do').click({ position: { x: 16, y: 8 } });
    await row('Ant').waitFor();
    await row('Ant').hover();
    await ui().locator('.monaco-hover:visible').first().waitFor();
    await workbench.screenshot('tree-open');
  });

  for (const [command, text] of [
    ['Taskboard: Open Card…', '(no name)'], // while no card has the focus: that one would be opened
    ['Taskboard: Choose Current Board…', BOARD],
    ['Taskboard: Edit Board…', BOARD],
    ['Taskboard: Board Members…', /Add a member/],
    ['Taskboard: Add Stage…', BOARD],
    ['Taskboard: Rename Stage…', /To Do/],
    ['Taskboard: Set WIP Limit of Stage…', /To Do/],
    ['Taskboard: Move Stage…', /To Do/],
  ] as const)
    it(`asks without markup: ${command}`, () => asks(command, text));

  for (const [command, text] of [
    ['Taskboard: Move Card to Stage…', /In Progress/],
    ['Taskboard: Assign Card…', /Ant/],
    ['Taskboard: Set Tags…', /Ant/],
    ['Taskboard: Set Priority…', /Ant/],
    ['Taskboard: Set Due Date…', /Ant/],
  ] as const)
    it(`asks about a card without markup: ${command}`, async () => {
      await focus('Ant');
      await asks(command, text);
    });

  it('says that a stage still holds cards (T4)', async () => {
    await workbench.runCommand('Taskboard: Delete Stage…');
    await workbench.quickInput('To Do', { asked: 'Delete which stage?' });
    await notice('still holds').waitFor();
    await workbench.screenshot('stage-notice');
    await notice('still holds').locator('.notification-list-item-message').click();
    await clear();
  });

  it('asks in a modal before a stage is deleted', async () => {
    await workbench.runCommand('Taskboard: Delete Stage…');
    await workbench.quickInput('Done', { asked: 'Delete which stage?' });
    await ui().locator('.monaco-dialog-box').filter({ hasText: 'Delete the stage Done' }).waitFor();
    await workbench.screenshot('stage-modal');
    await ui().keyboard.press('Escape');
  });

  it('makes a card with a title like a link, says so in a notice, and takes it back', async () => {
    await focus('Ant');
    await workbench.runCommand('Taskboard: New Card…');
    await workbench.asking(BOARD).waitFor();
    await workbench.quickInput('Cat [Why?](command:workbench.action.toggleSidebarVisibility)', {
      asked: 'New card in',
    });
    await notice('Created').waitFor();
    await workbench.screenshot('created');
    await notice('Created').locator('.notification-list-item-message').click();
    await clear();
    await focus('Ant');
    await workbench.runCommand('Taskboard: Undo');
    await option('Cat').waitFor({ state: 'detached' });
  });

  it('moves a card, whose tag changes with every answer, once', async () => {
    const moved = server.wrote();
    await moveBee();
    await moved;
    const { cards } = await api<{ cards: { title: string }[] }>(
      { ...server, url: server.behind },
      'GET',
      `/boards/${board.boardId}/cards?stage=${board.stages.Done}`,
    );
    assert.deepEqual(
      cards.map(({ title }) => title.split(' ')[0]),
      ['Bee'],
    );
    await focus('Bee');
    const undone = server.wrote();
    await workbench.runCommand('Taskboard: Undo');
    await undone;
    await page.column('To Do').locator('[data-card]').filter({ hasText: 'Bee' }).waitFor();
    await page.sent();
  });

  it('shows a title of a megabyte cut', async () => {
    const longest = await page.frame
      .locator('[data-card] .title')
      .evaluateAll((titles) => Math.max(...titles.map(({ textContent }) => (textContent ?? '').length)));
    assert.ok(longest < 5_000, String(longest));
  });

  it('says what refused a change, in one sentence, and keeps it as unsent', async () => {
    server.refuse('sentence');
    await moveBee();
    await notice('Not moved').waitFor();
    const text = await notice('Not moved').innerText();
    assert.ok(!text.includes(server.token) && text.length < 1_000, text.slice(0, 400));
    await workbench.screenshot('refused');
    await notice('Not moved').locator('.notification-list-item-message').click();
    server.refuse(undefined);
    const change = row('Move: Bee');
    await change.hover();
    await ui().locator('.monaco-hover:visible').first().waitFor();
    await workbench.contextMenu(change, 'Discard…');
    await ui().locator('.monaco-dialog-box').filter({ hasText: 'has not reached' }).waitFor();
    await workbench.screenshot('discard');
    await workbench.dialog('Discard');
    await change.waitFor({ state: 'detached' });
    await clear();
  });

  it('says that something in front let a change not through (T22)', async () => {
    server.refuse('html');
    await moveBee();
    await notice('in front of').waitFor();
    await workbench.screenshot('in-front');
    server.refuse(undefined);
    await workbench.contextMenu(row('Move: Bee'), 'Discard…');
    await workbench.dialog('Discard');
    await clear();
  });

  it('waits when it is asked to for three thousand years, and asks no more meanwhile (E24)', async () => {
    server.refuse('pause');
    const before = server.requests();
    await moveBee();
    await workbench.statusBarItem('unsent').waitFor();
    await row('Unsent').waitFor();
    await asks('Taskboard: Add Stage…', BOARD);
    assert.ok(server.requests() - before < 30, `${server.requests() - before} requests`);
    server.refuse(undefined);
    await workbench.contextMenu(row('Move: Bee'), 'Discard…');
    await workbench.dialog('Discard');
  });

  it('opens a card with its texts and history', async () => {
    await option('Ant').dblclick();
    const card = await workbench.webviewFrame({ has: '.composer' });
    await card.locator('h1').filter({ hasText: 'Ant' }).waitFor();
    await card.locator('.activity li').first().waitFor();
    await noCommandLinks(card);
    await workbench.screenshot('card');
  });

  it('has drawn no link and no icon of it, run no command, told no secret, and answered all the while', async () => {
    const seen = await workbench.page.evaluate<Seen>('window.seenByTest');
    assert.deepEqual(seen.links, []);
    assert.deepEqual(seen.icons, []);
    assert.ok(await ui().locator('.part.sidebar').isVisible(), 'nobody ran the command');
    const text = await ui().locator('.monaco-workbench').innerText();
    assert.ok(!text.includes(server.token), 'the token is in the window');
    assert.ok(!text.includes(MEGABYTE.slice(0, 5_000)));
    assert.ok(seen.longestMs < 10_000, `the window stood still for ${seen.longestMs} ms`); // a limit for what hangs
    await asks('Taskboard: Choose Current Board…', BOARD);
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});

/**
 * For the window: keeps whatever of the server's texts becomes a link or an icon, at any moment, and how long it stood
 * still. Text, not a function: the compiler would call helpers of its own.
 */
const WATCH = `(() => {
  const seen = (window.seenByTest = { links: [], icons: [], longestMs: 0 });
  const look = (element) => {
    for (const each of [element, ...element.querySelectorAll('a, .codicon-bug')]) {
      if (each.classList.contains('codicon-bug')) seen.icons.push(each.outerHTML);
      const target = each.getAttribute('data-href') ?? each.getAttribute('href') ?? '';
      if (each.tagName === 'A' && target.includes('toggleSidebar')) seen.links.push(each.outerHTML);
    }
  };
  new MutationObserver((changes) => {
    for (const { addedNodes, target } of changes) {
      if (target instanceof Element && addedNodes.length === 0) look(target);
      for (const node of addedNodes) if (node instanceof Element) look(node);
    }
  }).observe(document, { subtree: true, childList: true, attributes: true, attributeFilter: ['class', 'href', 'data-href'] });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) seen.longestMs = Math.max(seen.longestMs, duration);
  }).observe({ entryTypes: ['longtask'] });
})()`;
