// Makes every picture of docs/images in a real VS Code, and docs/screenshots.md. `npm run screenshots` runs it.
import { writeFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { BoardPage, signIn } from '../e2e/boardPage';
import { THEME_NAMES, useTheme, useWidth } from '../e2e/harness/appearance';
import { openWorkbench, type Workbench } from '../e2e/harness/workbench';
import { BOARD_TAB } from '../e2e/mainJob';
import { faults, type Proxy, startProxy } from '../e2e/proxy';
import { api, makeBoard, startServe, type TestServer } from '../e2e/server';
import { Harness } from '../webview/harness';
import { fullBoard } from '../webview/samples';
import { Camera } from './camera';
import { page as docsPage, PAGE } from './pictures';
import { tour } from './tour';

const DEMO = 'Aurora Web App';
const LONG = 'A hundred ideas';
const NEW = 'Brand new';
/** With the side bar beside the board, and without it. */
const SIZE = { width: 1120, height: 660 };
const ALONE = { width: 960, height: 600 };
const SIDEBAR = { has: 'body[data-vscode-context*="sidebar"] [data-board] [role=option]' };

const camera = new Camera();

async function main(): Promise<void> {
  await writeFile(PAGE, docsPage());
  await tour(camera);
  if (process.argv.includes('tour')) return;
  const server = await startServe();
  const proxy = await startProxy(server.url);
  try {
    await makeBoard(
      server,
      LONG,
      Array.from({ length: 100 }, (_, index) => `Idea ${index + 1}`),
    );
    await makeBoard(server, NEW, []);
    await withWorkbench((workbench) => ofBoards({ workbench, server, proxy }));
    await french();
  } finally {
    await proxy.stop();
    await server.stop();
  }
  if (camera.missing.length > 0) throw new Error(`No picture was made of: ${camera.missing.join(', ')}.`);
}

interface Scene {
  workbench: Workbench;
  server: TestServer;
  proxy: Proxy;
}

async function withWorkbench(use: (workbench: Workbench) => Promise<void>): Promise<void> {
  const settings = { 'workbench.colorTheme': 'Default Dark Modern' };
  const workbench = await openWorkbench({ ...SIZE, settings });
  try {
    await use(workbench);
  } catch (error) {
    await workbench.screenshot('failed-to-take');
    throw error;
  } finally {
    await workbench.close();
  }
}

async function ofBoards(scene: Scene): Promise<void> {
  const { workbench, server, proxy } = scene;
  await signIn(workbench, proxy.url, server);
  await workbench.treeItem(DEMO).waitFor();
  const board = await open(workbench, DEMO);
  await looks(workbench, board);
  await tree(workbench);
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.page.setViewportSize(ALONE);
  await keys(workbench, board);
  await emptiness(workbench);
  await badWeather(scene);
}

/** Opens a board in a tab of its own, in place of the tabs that there are. */
async function open(workbench: Workbench, name: string): Promise<BoardPage> {
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('Taskboard: Open Board…');
  await workbench.quickInput(name, { asked: 'Open which board?' });
  await workbench.tab(name).waitFor();
  const frame = await workbench.webviewFrame({ has: 'body[data-vscode-context*="editor"] main[data-board]' });
  return new BoardPage(frame);
}

/** Widths, themes and densities. */
async function looks(workbench: Workbench, board: BoardPage): Promise<void> {
  const sidebar = await workbench.webviewFrame(SIDEBAR);
  await board.frame.getByRole('option').first().click();
  for (const theme of [...THEME_NAMES].reverse()) {
    await useTheme(workbench, theme, [board.frame, sidebar]);
    await camera.take(theme === 'dark' ? 'board' : `board-${theme}`, workbench);
  }
  await header(workbench, 'first').click();
  await sidebar.getByRole('tab', { name: /In Progress/ }).click();
  await camera.take('sidebar', workbench, workbench.page.locator('.part.sidebar'));
  await header(workbench, 'first').click();

  const inProgress = board.column('In Progress');
  await inProgress.scrollIntoViewIfNeeded();
  await camera.take('over-limit', workbench, inProgress);
  await useWidth(workbench, board.frame, 600);
  await board.frame.locator('[data-tab][aria-selected=true]').waitFor();
  await camera.take('two-columns', workbench, workbench.page.locator('.part.editor'));
  await workbench.page.setViewportSize(SIZE);

  await workbench.runCommand('Taskboard: Use Compact Cards');
  await board.frame.locator('.root.compact').waitFor();
  await camera.take('compact', workbench);
  await workbench.runCommand('Taskboard: Use Comfortable Cards');
  await board.frame.locator('.root:not(.compact)').waitFor();
}

/** The header of a section of the side bar: of the tree, or of the board below it. A click folds or unfolds it. */
const header = (workbench: Workbench, which: 'first' | 'last') =>
  workbench.page.locator('.part.sidebar .pane-header')[which]().locator('.title').first();

async function tree(workbench: Workbench): Promise<void> {
  await header(workbench, 'last').click();
  const twistie = workbench.treeItem(DEMO).locator('.monaco-tl-twistie');
  await twistie.click();
  const stage = workbench.treeItem('Review');
  await stage.click();
  await workbench.treeItem('Cut the cold start of the worker').waitFor();
  await camera.take('tree', workbench, workbench.page.locator('.part.sidebar'));
  await twistie.click();
}

/** Moving, choosing and writing by keys and mouse. */
async function keys(workbench: Workbench, board: BoardPage): Promise<void> {
  const { keyboard, mouse } = workbench.page;
  const press = async (...strokes: string[]) => {
    for (const stroke of strokes) await keyboard.press(stroke);
  };
  const at = async (title: string) => {
    await board.card(title).click();
    await board.focusOn(title);
  };

  await at('Paginate the activity feed');
  await press('m', 'ArrowRight', 'ArrowRight');
  await board.inColumn('Review', 'Paginate the activity feed').waitFor();
  await camera.take('grab', workbench);
  await press('Escape');

  await at('Strict Content-Security-Policy');
  await press('x', 'Shift+ArrowDown', 'Shift+ArrowDown');
  await camera.take('selection', workbench);
  await press('Escape');

  await workbench.drag(board.card('Paginate the activity feed'), board.card('Accessible date picker'), {
    drop: false,
  });
  const target = (await board.card('Accessible date picker').boundingBox())!;
  await mouse.move(target.x + 120, target.y + 6, { steps: 4 });
  await board.frame.locator('.ghost').waitFor();
  await board.frame.locator('.line-top').waitFor({ state: 'attached' });
  await camera.take('drag', workbench);
  await press('Escape');
  await mouse.up();

  await at('Strict Content-Security-Policy');
  await press('F2');
  await board.frame.getByLabel('New title').waitFor();
  await camera.take('rename', workbench);
  await press('Escape');

  await press('n');
  await board.frame.getByLabel('Title of the new card').waitFor();
  await keyboard.type('Explain the new sign-in page');
  await camera.take('new-card', workbench);
  await keyboard.press('Control+a');
  await press('Delete', 'Escape');

  await press('?');
  await board.frame.getByRole('dialog').waitFor();
  await camera.take('help', workbench);
  await press('Escape');

  await at('Strict Content-Security-Policy');
  await press('Shift+Digit6'); // entering Done e-mails the customer
  await board.inColumn('Ready', 'Strict Content-Security-Policy').waitFor({ state: 'detached' });
  await board.sent();
  await workbench.runCommand('Taskboard: Undo');
  await workbench.notification('stays sent');
  await board.sent();
  await camera.take('undo', workbench);
  await workbench.runCommand('Notifications: Clear All Notifications');
  await board.sent();

  await workbench.runCommand('Taskboard: New Card…');
  const asked = workbench.asking('New card in');
  await workbench.asking('New card: on which board?').or(asked).waitFor();
  if (!(await asked.isVisible())) {
    await workbench.pick(DEMO);
  }
  await workbench.quickInput('Fix the login #bug @mara !high due:fri', {
    asked: 'New card in',
    accept: false,
  });
  await workbench.asking('Read as').waitFor();
  await camera.take('quick-create', workbench);
  await press('Escape');

  await board.card('Single sign-on with OpenID Connect').dblclick();
  const editor = await workbench.webviewFrame({ has: '.composer' });
  await editor.locator('.activity li').first().waitFor();
  await camera.take('card', workbench);
}

/** Boards with nothing to show, or not all of it. */
async function emptiness(workbench: Workbench): Promise<void> {
  const board = await open(workbench, NEW);
  await board.frame.locator('.empty-column').first().waitFor();
  await camera.take('empty-board', workbench);

  const long = await open(workbench, LONG);
  await long.frame.locator('.empty-column').first().waitFor();
  await camera.take('empty-column', workbench);
  await long.frame.getByRole('textbox', { name: 'Filter cards' }).fill('nothing like it');
  await long.says('0 cards match.');
  await camera.take('filter-none', workbench);
  await long.frame.getByRole('textbox', { name: 'Filter cards' }).fill('');
}

/** Without a server, and against somebody else. */
async function badWeather({ workbench, proxy, server }: Scene): Promise<void> {
  const refresh = () => workbench.runCommand('Taskboard: Refresh');
  const long = await open(workbench, LONG);
  proxy.fault(faults.gone);
  await long.frame
    .locator('[data-scroller]')
    .first()
    .evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await long.frame.locator('.not-loaded').waitFor();
  await long.frame
    .locator('[data-scroller]')
    .first()
    .evaluate((each) => each.scrollTo(0, each.scrollHeight));
  await camera.take('column-error', workbench);
  proxy.fault(undefined);
  await refresh();

  const board = await open(workbench, DEMO);
  const titled = 'Paginate the activity feed';
  await board.card(titled).click();
  proxy.fault(faults.gone);
  await workbench.page.keyboard.press('Shift+Digit3');
  await board.inColumn('In Progress', titled).waitFor();
  await board.card('Write the 2.8 upgrade notes').click();
  await workbench.page.keyboard.press('F2');
  await board.frame.getByLabel('New title').fill('Write the notes for the 2.8 upgrade');
  await workbench.page.keyboard.press('Enter');
  await workbench.statusBarItem('2 unsent').waitFor();
  await refresh();
  await board.frame.locator('.banner').waitFor();
  await camera.take('offline', workbench);
  await workbench.openView('Taskboard');
  await workbench.treeItem(`Move: ${titled}`).waitFor();
  await camera.take('unsent', workbench, workbench.page.locator('.part.sidebar'));

  await workbench.reload();
  await workbench.tab(DEMO).first().click();
  const old = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
  await old.frame.locator('.banner').getByText('Shown as of').waitFor();
  await workbench.treeItem(`Move: ${titled}`).waitFor();
  await camera.take('as-of', workbench);

  await conflict({ workbench, proxy, server });
  await loading({ workbench, proxy });
  await signedOut({ workbench, proxy });
}

async function conflict({ workbench, proxy, server }: Scene): Promise<void> {
  const title = 'Write the 2.8 upgrade notes';
  const { boards } = await api<{ boards: { board_id: string; name: string }[] }>(server, 'GET', '/boards');
  const { board_id } = boards.find(({ name }) => name === DEMO)!;
  type Cards = { cards: { card_id: string; title: string }[] };
  const { cards } = await api<Cards>(server, 'GET', `/boards/${board_id}/cards`);
  const { card_id } = cards.find((card) => card.title === title)!;
  await api(server, 'PATCH', `/cards/${card_id}`, {
    title: 'Write the 2.8 upgrade notes and have them read',
  });
  proxy.fault(undefined);
  await workbench.runCommand('Taskboard: Refresh');
  await (await workbench.notification('Somebody')).getByRole('button', { name: 'Decide' }).click();
  await workbench.pick('Merge in the diff editor…');
  await workbench.page
    .locator('.monaco-diff-editor .modified .view-line', { hasText: 'Write the notes' })
    .waitFor();
  await workbench.runCommand('Notifications: Clear All Notifications');
  // Side by side only where there is room.
  await workbench.runCommand('View: Close Primary Side Bar');
  await workbench.page.setViewportSize(SIZE);
  await workbench.page.locator('.monaco-diff-editor.side-by-side').waitFor();
  await camera.take('conflict', workbench);
  await workbench.page.setViewportSize(ALONE);
  await workbench.runCommand('View: Close Editor');
}

async function signedOut({ workbench, proxy }: Pick<Scene, 'workbench' | 'proxy'>): Promise<void> {
  const board = await open(workbench, DEMO);
  proxy.fault(faults.expired);
  await workbench.runCommand('Taskboard: Refresh');
  await board.frame.locator('.banner').waitFor();
  await camera.take('signed-out', workbench);
  proxy.fault(undefined);
}

/** A server that takes its time. */
async function loading({ workbench, proxy }: Pick<Scene, 'workbench' | 'proxy'>): Promise<void> {
  const waiting: ServerResponse[] = [];
  proxy.fault((_, response) => void waiting.push(response));
  await workbench.runCommand('View: Close All Editors');
  await workbench.runCommand('Taskboard: Open Board…');
  await workbench.quickInput('Borealis Mobile', { asked: 'Open which board?' });
  await workbench.webviewFrame({ has: 'body[data-vscode-context*="editor"] .card-skeleton' });
  await workbench.tab('Borealis Mobile').waitFor();
  await camera.take('loading', workbench);
  proxy.fault(undefined);
  for (const response of waiting) response.destroy();
}

/** The board's page as VS Code in French shows it: a language pack cannot be had everywhere. */
async function french(): Promise<void> {
  const harness = await Harness.start();
  try {
    const view = await harness.open('board', { language: 'fr', ...ALONE });
    await view.show(fullBoard());
    await camera.take('french', view);
    await view.close();
  } finally {
    await harness.stop();
  }
}

void main().catch((error: Error) => {
  console.error(error.stack);
  process.exitCode = 1;
});
