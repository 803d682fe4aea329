import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { BoardPage, signIn } from '../e2e/boardPage';
import { openWorkbench, type Workbench } from '../e2e/harness/workbench';
import { BOARD_TAB } from '../e2e/mainJob';
import { startServe } from '../e2e/server';
import { Harness } from '../webview/harness';
import type { Camera } from './camera';
import { Film } from './film';
import { IMAGES, TOUR } from './pictures';

const BOARD = 'Aurora Web App';
const SIZE = { width: 960, height: 560 };
/** How long a picture stands, in milliseconds: on the way, to be seen, and to be read. */
const [STEP, SEEN, READ] = [70, 700, 1_600];

/** The moving picture of the README: a drag, a move by keys and a quick create; and the pictures of the walkthrough. */
export async function tour(camera: Camera): Promise<void> {
  const server = await startServe();
  const workbench = await openWorkbench({
    ...SIZE,
    settings: { 'workbench.colorTheme': 'Default Dark Modern' },
  });
  const harness = await Harness.start();
  try {
    await workbench.openView('Taskboard');
    await workbench.page.getByRole('button', { name: 'Try the Demo Board' }).waitFor();
    const sideBar = await boxOf(workbench.page.locator('.part.sidebar'));
    await camera.takeStep('connect', workbench.page, { ...sideBar, height: 290 });
    await signIn(workbench, server.url, server);
    await workbench.treeItem(BOARD).waitFor();
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    const board = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
    await workbench.runCommand('View: Close Primary Side Bar');
    await workbench.runCommand('Notifications: Clear All Notifications');
    await board.card('Audit log for admins').waitFor();

    const film = new Film(workbench.page);
    await film.begin();
    await drag(film, workbench, board, camera);
    await keys(film, workbench, board);
    await create(film, workbench, board, camera);
    await film.save(join(IMAGES, TOUR), await harness.unprotected());
  } catch (error) {
    await workbench.screenshot('failed-to-film');
    throw error;
  } finally {
    await harness.stop();
    await workbench.close();
    await server.stop();
  }
}

async function drag(film: Film, workbench: Workbench, board: BoardPage, camera: Camera): Promise<void> {
  const { mouse } = workbench.page;
  const title = 'Audit log for admins';
  const from = await boxOf(board.card(title));
  const to = await boxOf(board.inColumn('Ready', 'Show who is viewing a document'));
  const start = { x: from.x + 90, y: from.y + 16 };
  const end = { x: to.x + 110, y: to.y + 6 };
  await film.point(start.x - 60, start.y + 120);
  await film.say('Drag');
  await film.shot(SEEN);
  await film.point(start.x, start.y, 4);
  await film.shot(STEP * 4);
  await mouse.down();
  const steps = 9;
  for (let step = 1; step <= steps; step++) {
    // Quick in the middle, slow at both ends.
    const way = (1 - Math.cos((Math.PI * step) / steps)) / 2;
    await film.point(start.x + (end.x - start.x) * way, start.y + (end.y - start.y) * way, 2);
    if (step === 1) await board.frame.locator('.ghost').waitFor();
    await film.shot(STEP);
    if (step === steps - 2) {
      await film.say('');
      await camera.takeStep('board', workbench.page);
      await film.say('Drag');
    }
  }
  await board.frame.locator('.line-top').waitFor({ state: 'attached' });
  await film.shot(SEEN);
  await mouse.up();
  await board.inColumn('Ready', title).waitFor();
  await board.frame.locator('.ghost').waitFor({ state: 'detached' });
  await board.sent();
  await film.shot(READ);
}

async function keys(film: Film, workbench: Workbench, board: BoardPage): Promise<void> {
  const title = 'Strict Content-Security-Policy';
  await board.card(title).click();
  await board.focusOn(title);
  await film.point(SIZE.width - 40, SIZE.height - 60);
  await film.say('Or by keys');
  await film.shot(SEEN);
  for (const [key, said] of [
    ['m', 'm · grab'],
    ['ArrowRight', '→'],
    ['ArrowDown', '↓'],
    ['Enter', 'Enter · drop'],
  ] as const) {
    await workbench.page.keyboard.press(key);
    await film.say(said);
    if (key === 'ArrowRight') await board.inColumn('In Progress', title).waitFor();
    if (key === 'Enter') await board.sent();
    await film.shot(key === 'Enter' ? READ : SEEN);
  }
}

async function create(film: Film, workbench: Workbench, board: BoardPage, camera: Camera): Promise<void> {
  const { page } = workbench;
  await film.say('Taskboard: New Card…');
  await workbench.runCommand('Taskboard: New Card…');
  const asked = workbench.asking('New card in');
  await workbench.asking('New card: on which board?').or(asked).waitFor();
  if (!(await asked.isVisible())) await workbench.pick(BOARD);
  await asked.waitFor();
  // Choosing the command took the mouse to it, and what lies there now shows a hint.
  await film.point(SIZE.width - 40, SIZE.height - 60);
  await page.locator('.monaco-hover:visible').waitFor({ state: 'detached' });
  await film.shot(SEEN);
  const typed = ['Fix the login', ' #bug', ' @mara', ' !high', ' due:fri'];
  for (const part of typed) {
    await page.keyboard.type(part);
    if (part !== typed[0]) await workbench.asking('Read as').waitFor();
    await film.shot(part === typed.at(-1) ? READ : SEEN / 2);
  }
  await film.say('');
  const input = await boxOf(page.locator('.quick-input-widget:visible'));
  await camera.takeStep('card', page, {
    ...{ x: input.x - 20, width: input.width + 40 },
    ...{ y: 0, height: input.y + input.height + 20 },
  });
  await page.keyboard.press('Enter');
  await film.say('Enter');
  await board.card('Fix the login').waitFor();
  await board.sent();
  await film.shot(READ);
  await film.say('');
  await film.shot(SEEN);
}

async function boxOf(target: Locator): Promise<{ x: number; y: number; width: number; height: number }> {
  await target.scrollIntoViewIfNeeded();
  const box = await target.boundingBox();
  if (!box) throw new Error(`Not visible: ${target.toString()}`);
  return box;
}
