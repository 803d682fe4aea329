import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { BoardPage, signIn } from './boardPage';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { type Proxy, startProxy } from './proxy';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

// What a move costs and what takes it back, counted at the wire and looked up on the server.

const BOARD = 'Moving house';
const SIDEBAR = { has: 'body[data-vscode-context*="sidebar"] [data-board] [role=option]' };
const TO_DO = ['Apple', 'Banana', 'Cherry', 'Date'];

describe('moving cards', function () {
  this.timeout(60_000);
  let server: TestServer;
  let proxy: Proxy;
  let board: TestBoard;
  let workbench: Workbench;
  let page: BoardPage;

  before(async function () {
    this.timeout(120_000);
    server = await startServe();
    board = await makeBoard(server, BOARD, TO_DO);
    await api(server, 'POST', `/boards/${board.boardId}/stages`, { name: 'Checked' });
    await api(server, 'POST', `/boards/${board.boardId}/stages`, { name: 'Shipped' });
    proxy = await startProxy(server.url);
    workbench = await openWorkbench({ width: 1880, height: 800 });
    await signIn(workbench, proxy.url, server);
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    page = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
  });
  after(async () => {
    await workbench?.close();
    await proxy?.stop();
    await server?.stop();
  });
  keepEvidence(() => workbench);
  // A write too many shows in the next test, at the latest.
  afterEach(async () => assert.deepEqual(await proxy.takeWrites(), []));

  const press = async (...keys: string[]) => {
    for (const key of keys) await workbench.page.keyboard.press(key);
  };
  interface ServerCard {
    card_id: string;
    title: string;
    stage_id: string;
    state?: string;
  }
  const onServer = async (): Promise<ServerCard[]> =>
    (await api<{ cards: ServerCard[] }>(server, 'GET', `/boards/${board.boardId}/cards`)).cards;
  const undo = async (said: string, writes: number) => {
    await page.sent();
    await press('Control+z');
    await page.says(said);
    await proxy.takeWrites(writes);
    await page.sent();
    await page.shows('To Do', TO_DO);
  };

  describe('by keys, in a tab', () => {
    it('asks the server once for one card', async () => {
      await page.card('Banana').click();
      await press('m', 'ArrowRight', 'Enter');
      await page.says('Moved to In Progress, 1 of 1. Control Z to undo.');
      assert.equal((await proxy.takeWrites(1)).length, 1);
      await undo('Move undone.', 1);
    });

    it('asks the server once a card for a selection, and takes all of it back at once', async () => {
      await page.card('Banana').click();
      await press('x', 'Shift+ArrowDown', 'Shift+ArrowDown');
      await page.says('3 cards selected.');
      await press('m', 'ArrowRight');
      assert.deepEqual(await proxy.takeWrites(), [], 'a preview never touches the server');
      await press('Enter');
      await page.shows('In Progress', ['Banana', 'Cherry', 'Date']);
      await page.says('Moved to In Progress, 3 of 3. Control Z to undo.');
      assert.equal((await proxy.takeWrites(3)).length, 3);
      await undo('Move undone. 3 cards.', 3);
      await press('Escape');
    });

    it('asks for nothing when a card is taken over four columns and put back', async () => {
      await page.card('Banana').click();
      await press('m', 'ArrowRight', 'ArrowRight', 'ArrowRight', 'ArrowRight');
      await page.shows('Shipped', ['Banana']);
      await press('Escape');
      await page.says('Move cancelled. Banana restored.');
      await page.shows('To Do', TO_DO);
      assert.deepEqual(await proxy.takeWrites(), []);
    });

    it('gives back stage, order and state, on the server too', async () => {
      const cherry = (await onServer()).find(({ title }) => title === 'Cherry')!;
      await api(server, 'PATCH', `/cards/${cherry.card_id}`, { state: '03_approved' });
      await workbench.runCommand('Taskboard: Refresh');
      await page.card('Cherry').getByText('Approved').first().waitFor({ state: 'attached' });
      const before = await onServer();
      await page.card('Cherry').click();
      await press('Shift+Digit3');
      await page.says('Moved to Done, 1 of 1. Control Z to undo.');
      assert.equal((await proxy.takeWrites(1)).length, 1);
      await page.sent();
      const moved = (await onServer()).find(({ title }) => title === 'Cherry')!;
      assert.notEqual(moved.state, '03_approved', 'a new stage asks for a new approval');
      await undo('Move undone.', 1);
      const facts = (cards: ServerCard[]) =>
        cards.map(({ title, stage_id, state }) => [title, stage_id, state]);
      assert.deepEqual(facts(await onServer()), facts(before));
    });
  });

  describe('from the side bar', () => {
    let sidebar: BoardPage;
    const tab = (stage: string) => sidebar.frame.getByRole('tab', { name: stage });
    const ghost = () => sidebar.frame.locator('.ghost');
    const middle = async (target: Locator) => {
      const box = (await target.boundingBox())!;
      return [box.x + box.width / 2, box.y + box.height / 2] as const;
    };
    /** Takes hold of a card and carries it out over the editors. */
    const carryOut = async (title: string) => {
      const { mouse } = workbench.page;
      const [x, y] = await middle(sidebar.card(title));
      await mouse.move(x, y);
      await mouse.down();
      await mouse.move(x + 10, y + 4, { steps: 3 });
      await ghost().waitFor();
      const [outX, outY] = await middle(workbench.page.locator('.part.editor'));
      await mouse.move(outX, outY, { steps: 8 });
    };

    before(async () => {
      sidebar = new BoardPage(await workbench.webviewFrame(SIDEBAR));
      await tab('To Do').click();
      await sidebar.shows('To Do', TO_DO);
    });

    it('takes a card out of it and back, and opens the stage that it rests on', async () => {
      await carryOut('Banana');
      const { mouse } = workbench.page;
      await mouse.move(...(await middle(tab('In Progress'))), { steps: 8 });
      await sidebar.frame.locator('[data-tab][aria-selected=true]', { hasText: 'In Progress' }).waitFor();
      assert.deepEqual(await proxy.takeWrites(), [], 'a preview never touches the server');
      await mouse.up();
      await page.shows('In Progress', ['Banana']);
      await sidebar.says('Moved to In Progress, 1 of 1. Control Z to undo.');
      assert.equal(await ghost().count(), 0);
      assert.equal((await proxy.takeWrites(1)).length, 1);
      await page.sent();
      await workbench.runCommand('Taskboard: Undo');
      await proxy.takeWrites(1);
      await sidebar.sent();
      await page.shows('To Do', TO_DO);
    });

    it('puts a card back that is let go outside', async () => {
      await tab('To Do').click();
      await sidebar.shows('To Do', TO_DO);
      await carryOut('Banana');
      await workbench.page.mouse.up();
      await sidebar.says('Move cancelled. Banana restored.');
      assert.equal(await ghost().count(), 0);
      await page.shows('To Do', TO_DO);
      assert.deepEqual(await proxy.takeWrites(), []);
      // The next press begins anew: nothing hangs on the pointer.
      await sidebar.card('Cherry').click();
      await sidebar.focusOn('Cherry');
    });
  });

  describe('with a board in a tab and one in the side bar', () => {
    let sidebar: BoardPage;

    before(async () => {
      await makeBoard(server, 'Next door', ['Xenia', 'Yvonne']);
      await workbench.runCommand('Taskboard: Refresh');
      await workbench.treeItem('Next door').waitFor();
      await workbench.contextMenu(workbench.treeItem('Next door'), 'Show Board in Sidebar');
      sidebar = new BoardPage(await workbench.webviewFrame(SIDEBAR));
      await sidebar.shows('To Do', ['Xenia', 'Yvonne']);
    });

    it('undoes where the focus is, and nowhere else', async () => {
      await sidebar.card('Xenia').click();
      await press('Shift+Digit2');
      await sidebar.says('Moved to In Progress, 1 of 1. Control Z to undo.');
      await proxy.takeWrites(1);
      await page.card('Banana').click();
      await press('Shift+Digit2');
      await page.says('Moved to In Progress, 1 of 1. Control Z to undo.');
      await proxy.takeWrites(1);
      await page.sent();

      await page.focusOn('Banana');
      await press('Control+z');
      await page.says('Move undone.');
      await proxy.takeWrites(1);
      await page.shows('To Do', TO_DO);
      await sidebar.shows('In Progress', ['Xenia']);

      await sidebar.card('Xenia').click();
      await sidebar.focusOn('Xenia');
      await press('y');
      await sidebar.says('Link copied.'); // VS Code knows by then which board has the focus
      await press('Control+z');
      await sidebar.says('Move undone.');
      await proxy.takeWrites(1);
      await page.shows('To Do', TO_DO);
    });

    it('leaves the boards alone while something is typed', async () => {
      await page.card('Banana').click();
      await press('Shift+Digit2');
      await page.says('Moved to In Progress, 1 of 1. Control Z to undo.');
      await proxy.takeWrites(1);
      await page.sent();
      const filter = page.frame.getByRole('textbox', { name: 'Filter cards' });
      await press('/');
      await page.frame.locator('input:focus').waitFor();
      await workbench.page.keyboard.type('ban');
      await page.says('1 card matches.');
      await press('Control+z');
      await page.frame.waitForFunction(() => document.querySelector('input')?.value !== 'ban');
      assert.deepEqual(await proxy.takeWrites(), []);
      assert.equal(await page.inColumn('In Progress', 'Banana').count(), 1, 'the move stands');
      await filter.fill('');
      await press('Escape');
      await page.focusOn('Banana');
      await press('y');
      await page.says('Link copied.');
      await undo('Move undone.', 1);
    });
  });

  describe('while an input of VS Code is open', () => {
    const input = () => workbench.page.locator('.quick-input-widget:visible input:focus');

    it('tells what others did, and leaves the focus where it is', async () => {
      const banana = (await onServer()).find(({ title }) => title === 'Banana')!;
      await page.card('Cherry').click();
      await press('i'); // soon after a write of ours the board looks what else is new
      await page.says('Assigned to you. Control Z to undo.');
      await press('ArrowUp', 'd');
      await workbench.asking('Due date of Banana').waitFor();
      await api(server, 'PATCH', `/cards/${banana.card_id}`, { stage_id: board.stages.Done });
      await page.inColumn('Done', 'Banana').waitFor();
      await page.says('Somebody else moved Banana to Done.');
      await input().waitFor();
      await workbench.page.keyboard.type('+3d');
      assert.equal(await input().inputValue(), '+3d');
      await press('Escape');
      await page.focusOn('Banana');
      await proxy.takeWrites(1);
    });

    it('takes no focus when its page loads', async () => {
      await workbench.reload();
      await workbench.openPalette();
      for (const match of [BOARD_TAB, SIDEBAR]) await workbench.webviewFrame(match);
      await input().waitFor();
      await press('Escape');
    });
  });

  describe('all in all', () => {
    it('breaks no content security policy and throws no error in a webview', () => {
      assert.deepEqual(workbench.violations(), []);
    });
  });
});
