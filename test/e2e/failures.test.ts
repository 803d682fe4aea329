import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { faults, type Proxy, startProxy } from './proxy';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

const BOARD = 'Under bad weather';

describe('when something goes wrong', function () {
  this.timeout(120_000);
  let server: TestServer;
  let proxy: Proxy;
  let board: TestBoard;
  let workbench: Workbench;
  let view: Frame;

  before(async () => {
    server = await startServe();
    board = await makeBoard(server, BOARD, ['Fix the login', 'Write the copy']);
    proxy = await startProxy(server.url);
    workbench = await openWorkbench({ width: 1400, height: 900 });
    await workbench.openView('Taskboard');
  });
  after(async () => {
    await workbench?.close();
    await proxy?.stop();
    await server?.stop();
  });
  afterEach(() => proxy.fault(undefined));
  keepEvidence(() => workbench);

  for (const [name, fault, sentence] of [
    ['a server that is gone', faults.gone, 'Could not reach'],
    ['a page that is no taskboard', faults.html, 'not as a taskboard server'],
    [
      'another contract version',
      faults.otherVersion,
      'speaks contract version 2.0.0, this extension speaks 1.0.0',
    ],
  ] as const) {
    it(`sign-in says what is wrong with ${name}, and lets the address be changed`, async () => {
      proxy.fault(fault);
      await workbench.runCommand('Taskboard: Sign In to Odoo…');
      await workbench.quickInput(proxy.url, { asked: 'The address of your Odoo' });
      await workbench.asking(sentence).waitFor();
      await workbench.screenshot('sign-in-problem');
      await workbench.page.keyboard.press('Escape');
    });
  }

  it('signs in and opens the board', async () => {
    await workbench.runCommand('Taskboard: Sign In to Odoo…');
    await workbench.quickInput(proxy.url, { asked: 'The address of your Odoo' });
    await workbench.pick('API key');
    await workbench.quickInput('no-key', { asked: 'Paste your API key' });
    await workbench.asking('This key is not accepted').waitFor();
    await workbench.quickInput(server.token, { asked: 'This key is not accepted' });
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.pick(BOARD);
    view = await workbench.webviewFrame(BOARD_TAB);
  });

  const inColumn = (name: string, title: string) =>
    view.getByRole('region', { name }).getByRole('option', { name: title });
  const drag = () =>
    workbench.drag(
      view.getByRole('option', { name: 'Fix the login' }),
      view.getByRole('region', { name: 'Done' }).getByRole('listbox'),
    );

  const pending = () => view.locator('[data-pending]').count();
  const unsent = () => workbench.statusBarItem('unsent');

  /** Nothing is on its way any more. */
  const sent = async () => {
    await unsent().waitFor({ state: 'detached' });
    await view.locator('[data-pending]').waitFor({ state: 'detached' });
  };

  const undo = async () => {
    await workbench.runCommand('Taskboard: Undo');
    await inColumn('To Do', 'Fix the login').waitFor();
    await sent();
  };

  it('keeps a move while the server is gone, and sends it when it is back', async () => {
    await proxy.takeWrites();
    proxy.fault(faults.gone);
    await drag();
    await inColumn('Done', 'Fix the login').waitFor();
    await unsent().filter({ hasText: '1 unsent' }).waitFor();
    assert.equal(await pending(), 1, 'with a clock on it');
    await workbench.treeItem('Unsent').waitFor();
    await workbench.screenshot('move-unsent');
    proxy.fault(undefined);
    await workbench.runCommand('Taskboard: Refresh');
    await sent();
    await inColumn('Done', 'Fix the login').waitFor();
    const { cards } = await api<{ cards: { title: string }[] }>(
      server,
      'GET',
      `/boards/${board.boardId}/cards?stage=${board.stages.Done}`,
    );
    assert.deepEqual(
      cards.map(({ title }) => title),
      ['Fix the login'],
    );
  });

  it('takes the move back with Ctrl+Z, and makes it again with Ctrl+Shift+Z', async () => {
    await view.getByRole('option', { name: 'Fix the login' }).click();
    await workbench.page.keyboard.press('Control+z');
    await inColumn('To Do', 'Fix the login').waitFor();
    await workbench.page.keyboard.press('Control+Shift+z');
    await inColumn('Done', 'Fix the login').waitFor();
    await workbench.page.keyboard.press('Control+z');
    await inColumn('To Do', 'Fix the login').waitFor();
    await sent();
  });

  it('puts the card back when the server refuses the move, says why, and keeps it to be sent or discarded', async () => {
    proxy.fault(faults.forbidden);
    await drag();
    await inColumn('To Do', 'Fix the login').waitFor();
    await workbench.notification("You don't have the right to do this");
    await view
      .locator('[data-live]', { hasText: /^Not moved: You don't have the right to do this/ })
      .waitFor({ state: 'attached' });
    const change = workbench.treeItem('Move: Fix the login');
    await change.waitFor();
    await workbench.screenshot('move-refused');
    proxy.fault(undefined);
    await workbench.contextMenu(change, 'Discard…');
    assert.match(await workbench.dialog('Discard'), /has not reached the server/);
    await sent();
    await workbench.runCommand('Taskboard: Refresh');
    await view.locator('.banner').waitFor({ state: 'detached' });
  });

  it('says that it does not know when a login page answers, and sends the move again on request', async () => {
    proxy.fault(faults.html);
    await drag();
    const notice = await workbench.notification('as far as is known');
    await inColumn('To Do', 'Fix the login').waitFor();
    await workbench.screenshot('move-unknown');
    proxy.fault(undefined);
    await notice.getByRole('button', { name: 'Send Again' }).click();
    await inColumn('Done', 'Fix the login').waitFor();
    await sent();
    await undo();
  });

  it('asks once for a sign-in when the token expires, keeps the moves, and sends them after it', async () => {
    proxy.fault(faults.expired);
    await drag();
    await workbench.notification('no longer accepted');
    await inColumn('Done', 'Fix the login').waitFor();
    await workbench.screenshot('signed-out');
    proxy.fault(undefined);
    await workbench.runCommand('Taskboard: Refresh');
    await sent();
    await undo();
    await view.locator('.banner').waitFor({ state: 'detached' });
  });

  it('keeps showing the board, with a banner, when it can’t be read again', async () => {
    proxy.fault(faults.gone);
    await workbench.runCommand('Taskboard: Refresh');
    const banner = view.locator('.banner');
    await banner.getByText('Could not reach').waitFor();
    await inColumn('To Do', 'Fix the login').waitFor();
    await workbench.screenshot('banner');
    proxy.fault(undefined);
    await banner.getByRole('button', { name: 'Try Again' }).click();
    await banner.waitFor({ state: 'detached' });
  });

  it('sends a comment that was written while the server was gone', async () => {
    await view.getByRole('option', { name: 'Fix the login' }).dblclick();
    const editor = await workbench.webviewFrame({ has: '.composer' });
    const comment = editor.locator('.composer textarea');
    proxy.fault(faults.gone);
    await comment.fill('A long thought that must not be lost');
    await comment.press('Control+Enter');
    await editor.locator('.activity li.is-pending', { hasText: 'A long thought' }).waitFor();
    const field = await comment.elementHandle();
    await editor.waitForFunction((each) => each instanceof HTMLTextAreaElement && each.value === '', field);
    await unsent().filter({ hasText: '1 unsent' }).waitFor();
    await workbench.screenshot('comment-unsent');
    proxy.fault(undefined);
    await workbench.runCommand('Taskboard: Refresh');
    await editor.locator('.activity li:not(.is-pending)', { hasText: 'A long thought' }).waitFor();
    await sent();
  });

  it('keeps a half-typed comment while its tab is left, the board read again and the window reloaded', async () => {
    const editor = await workbench.webviewFrame({ has: '.composer' });
    await editor.locator('.composer textarea').fill('Half a thought');
    await workbench.journal('Half a thought');
    await workbench.tab(BOARD).first().click();
    await workbench.runCommand('Taskboard: Refresh');
    await workbench.tab('Fix the login').first().click();
    const again = await workbench.webviewFrame({ has: '.composer' });
    assert.equal(await again.locator('.composer textarea').inputValue(), 'Half a thought');
    await workbench.reload();
    await workbench.tab('Fix the login').click();
    const reloaded = await workbench.webviewFrame({ has: '.composer' });
    await reloaded.locator('.composer textarea').waitFor();
    assert.equal(await reloaded.locator('.composer textarea').inputValue(), 'Half a thought');
  });

  it('keeps a half-typed comment when the extension host is killed', async () => {
    workbench.killExtensionHost();
    await workbench.reload(); // VS Code has closed the tabs of an extension host that died
    await workbench.runCommand('Taskboard: Open Current Board');
    view = await workbench.webviewFrame(BOARD_TAB);
    await view.getByRole('option', { name: 'Fix the login' }).dblclick();
    const editor = await workbench.webviewFrame({ has: '.composer' });
    await editor.locator('.composer textarea').waitFor();
    assert.equal(await editor.locator('.composer textarea').inputValue(), 'Half a thought');
    await editor.locator('.composer textarea').fill('');
    await workbench.tab(BOARD).click();
    view = await workbench.webviewFrame(BOARD_TAB);
    // VS Code gives a tab's page the focus a moment after the click; a pick that is open by then would close.
    await view.waitForFunction(() => document.hasFocus());
  });

  it('keeps a new card while the server is gone, says so, and makes it later', async () => {
    await workbench.runCommand('Taskboard: New Card…');
    // The open board is not asked for, nor its first stage.
    await workbench.asking(`New card in ${BOARD} › To Do`).waitFor();
    proxy.fault(faults.gone);
    await workbench.quickInput('Do not lose me', { asked: 'New card in' });
    await workbench.notification('"Do not lose me" is saved here');
    await inColumn('To Do', 'Do not lose me').waitFor();
    proxy.fault(undefined);
    await workbench.runCommand('Taskboard: Refresh');
    await sent();
    await inColumn('To Do', 'Do not lose me').waitFor();
  });

  it('shows the board as it was last after a reload without a server, and says from when that is', async () => {
    proxy.fault(faults.gone);
    await workbench.reload();
    await workbench.tab(BOARD).first().click();
    view = await workbench.webviewFrame(BOARD_TAB);
    const banner = view.locator('.banner');
    await banner.getByText(/Could not reach .*Shown as of/).waitFor();
    await inColumn('To Do', 'Fix the login').waitFor();
    await workbench.screenshot('reloaded-without-server');
    await workbench.tab('Fix the login').first().click();
    const editor = await workbench.webviewFrame({ has: '.composer' });
    await editor.locator('.activity li', { hasText: 'A long thought' }).waitFor();
    await workbench.screenshot('card-without-server');
    await workbench.tab(BOARD).first().click();
    view = await workbench.webviewFrame(BOARD_TAB);
    proxy.fault(undefined);
    await view.locator('.banner').getByRole('button', { name: 'Try Again' }).click();
    await view.locator('.banner').waitFor({ state: 'detached' });
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
