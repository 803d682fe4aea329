import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { type Proxy, startProxy } from './proxy';
import { makeBoard, type TestBoard, type TestServer } from './server';

/** A server for the main job, and the way to look behind its API. */
export interface MainJobBackend {
  name: string;
  start(context: Mocha.Context): Promise<TestServer>;
  /** The titles of a stage's cards, in the server's order. */
  titles(board: TestBoard, stage: keyof TestBoard['stages']): Promise<string[]>;
  /** The texts of a card's comments, newest first, as the server keeps them. */
  comments(board: TestBoard, title: string): Promise<string[]>;
}

const BOARD = 'Launch the new website';
const TITLES = ['Write the copy', 'Fix the login', 'Measure the load time', 'Translate to French'];

/** The picture of whoever wrote or changed something; the page itself can't fetch one. */
const AUTHOR = '.activity .avatar img[src^="data:image/"]';

/** The board in the editor's tab, not the one in the sidebar. */
export const BOARD_TAB = { has: 'body[data-vscode-context*="editor"] main[data-board] [role=option]' };

/** The main job in a real VS Code on a real server: each step is seen on the server's side as well. */
export function defineMainJob(backend: MainJobBackend): void {
  describe(`the main job on ${backend.name}`, function () {
    this.timeout(120_000);
    let server: TestServer;
    let proxy: Proxy;
    let board: TestBoard;
    let workbench: Workbench;
    let view: Frame;

    before(async function () {
      server = await backend.start(this);
      this.timeout(120_000);
      board = await makeBoard(server, BOARD, TITLES);
      proxy = await startProxy(server.url);
      workbench = await openWorkbench({ width: 1400, height: 900 });
    });
    after(async () => {
      await workbench?.close();
      await proxy?.stop();
      await server?.stop();
    });
    keepEvidence(() => workbench);

    const card = (title: string): Locator => view.getByRole('option', { name: title });
    const column = (name: string): Locator => view.getByRole('region', { name });
    const inColumn = (name: string, title: string): Locator =>
      column(name).getByRole('option', { name: title });
    // A write too many shows in the next test, at the latest.
    afterEach(async () => assert.deepEqual(await proxy.takeWrites(), []));

    it('signs in with a password, and says so when it is wrong', async () => {
      await workbench.openView('Taskboard');
      await workbench.screenshot('welcome');
      await workbench.runCommand('Taskboard: Sign In to Odoo…');
      await workbench.quickInput(proxy.url, { asked: 'The address of your Odoo' });
      await workbench.pick('Login and password');
      await workbench.quickInput(server.login, { asked: 'Your login' });
      await workbench.quickInput('not the password', { asked: 'Password of' });
      await workbench.asking('Login and password do not fit').waitFor();
      await workbench.screenshot('wrong-password');
      await workbench.quickInput(server.login, { asked: 'Login and password do not fit' });
      await workbench.quickInput(server.password, { asked: 'Password of' });
      await workbench.treeItem(BOARD).waitFor();
    });

    it('shows boards, stages with counts and cards in the tree', async () => {
      await workbench.treeItem(BOARD).locator('.monaco-tl-twistie').click();
      const stage = workbench.treeItem('To Do');
      await stage.filter({ hasText: '4' }).waitFor();
      await stage.click();
      for (const title of TITLES) await workbench.treeItem(title).waitFor();
      await workbench.screenshot('tree');
    });

    it('opens the board in an editor tab by a click in the tree', async () => {
      await workbench.treeItem(BOARD).click();
      await workbench.tab(BOARD).waitFor();
      view = await workbench.webviewFrame(BOARD_TAB);
      for (const title of TITLES) await inColumn('To Do', title).waitFor();
      await workbench.screenshot('board');
    });

    it('drags a card to another stage: one write', async () => {
      await workbench.drag(card('Fix the login'), column('In Progress').getByRole('listbox'));
      await inColumn('In Progress', 'Fix the login').waitFor();
      assert.equal((await proxy.takeWrites(1)).length, 1);
      await workbench.screenshot('dragged');
      assert.deepEqual(await backend.titles(board, 'In Progress'), ['Fix the login']);
      assert.deepEqual(
        await backend.titles(board, 'To Do'),
        TITLES.filter((title) => title !== 'Fix the login'),
      );
    });

    it('drags a card within its column: one write, the order kept', async () => {
      const target = card('Write the copy');
      const box = (await target.boundingBox())!;
      await workbench.drag(card('Translate to French'), target, { drop: false });
      await workbench.page.mouse.move(box.x + box.width / 2, box.y + 3, { steps: 4 });
      await workbench.screenshot('dragging-within');
      await workbench.page.mouse.up();
      assert.equal((await proxy.takeWrites(1)).length, 1);
      const wanted = ['Translate to French', 'Write the copy', 'Measure the load time'];
      assert.deepEqual(await backend.titles(board, 'To Do'), wanted);
    });

    it('moves a card with the keyboard: grab, arrows, drop: one write', async () => {
      await card('Write the copy').click();
      await workbench.page.keyboard.press('m');
      await view.getByText('Grabbed Write the copy.').waitFor({ state: 'attached' });
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.screenshot('grabbed');
      assert.deepEqual(await proxy.takeWrites(), [], 'a preview never touches the server');
      await workbench.page.keyboard.press('Enter');
      await view.getByText(/Moved to Done, 1 of 1/).waitFor({ state: 'attached' });
      await inColumn('Done', 'Write the copy').waitFor();
      assert.equal((await proxy.takeWrites(1)).length, 1);
      assert.deepEqual(await backend.titles(board, 'Done'), ['Write the copy']);
    });

    it('puts a grabbed card back on Escape: no write', async () => {
      await card('Measure the load time').click();
      await workbench.page.keyboard.press('m');
      await workbench.page.keyboard.press('ArrowRight');
      await workbench.page.keyboard.press('Escape');
      await inColumn('To Do', 'Measure the load time').waitFor();
      assert.deepEqual(await proxy.takeWrites(), []);
    });

    it('moves a card one step with the contributed keybinding', async () => {
      await card('Measure the load time').click();
      await workbench.page.keyboard.press('Alt+ArrowRight');
      await inColumn('In Progress', 'Measure the load time').waitFor();
      assert.equal((await proxy.takeWrites(1)).length, 1);
      assert.ok((await backend.titles(board, 'In Progress')).includes('Measure the load time'));
    });

    it('moves a card from the palette', async () => {
      await card('Measure the load time').click();
      await workbench.runCommand('Taskboard: Move Card to Stage…');
      await workbench.pick('To Do');
      await inColumn('To Do', 'Measure the load time').waitFor();
      assert.equal((await proxy.takeWrites(1)).length, 1);
      assert.ok((await backend.titles(board, 'To Do')).includes('Measure the load time'));
    });

    it('opens a card and writes a comment', async () => {
      await card('Fix the login').dblclick();
      const editor = await workbench.webviewFrame({ has: '.composer' });
      const comment = editor.locator('.composer textarea');
      await comment.fill('Reproduced on **staging**.');
      await comment.press('Control+Enter');
      await editor.locator('.activity li strong', { hasText: 'staging' }).waitFor();
      await editor.locator(AUTHOR).first().waitFor();
      await workbench.screenshot('comment');
      assert.equal((await proxy.takeWrites(1)).length, 1);
      const [text] = await backend.comments(board, 'Fix the login');
      assert.match(text ?? '', /Reproduced on .*staging/);
      await workbench.tab('Fix the login').waitFor();
    });

    it('creates a card from the palette', async () => {
      await workbench.runCommand('Taskboard: New Card…');
      await workbench.asking(`New card in ${BOARD} › To Do`).waitFor();
      await workbench.pressButton('Another board or stage');
      await workbench.pick('Done');
      await workbench.quickInput('Tell the customers !high due:tomorrow', {
        asked: `New card in ${BOARD} › Done`,
      });
      await workbench.notification('Created "Tell the customers".');
      await workbench.screenshot('created');
      assert.equal((await proxy.takeWrites(1)).length, 1);
      assert.deepEqual(
        await backend.titles(board, 'Done'),
        ['Tell the customers', 'Write the copy'],
        'high priority first',
      );
    });

    it('is there again after a reload: signed in, board and card restored', async () => {
      await workbench.reload();
      await workbench.tab(BOARD).click();
      view = await workbench.webviewFrame(BOARD_TAB);
      await inColumn('In Progress', 'Fix the login').waitFor();
      await workbench.tab('Fix the login').click();
      const editor = await workbench.webviewFrame({ has: '.composer' });
      await editor.locator('.activity li strong', { hasText: 'staging' }).waitFor();
      await editor.locator(AUTHOR).first().waitFor();
      await workbench.screenshot('reloaded');
    });

    it('breaks no content security policy and throws no error in a webview', () => {
      assert.deepEqual(workbench.violations(), []);
    });
  });
}
