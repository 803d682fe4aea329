import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { faults, type Proxy, startProxy } from './proxy';
import { makeBoard, startServe, type TestBoard, type TestServer } from './server';

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
    await workbench.quickInput('no key', { asked: 'Paste your API key' });
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

  for (const [name, fault, sentence] of [
    ['the server goes away in mid-move', faults.gone, 'Could not reach'],
    ['the server refuses a move', faults.forbidden, "You don't have the right to do this"],
    ['a login page answers a move', faults.html, 'not as a taskboard server'],
    ['the token expires in mid-move', faults.expired, 'Sign in again'],
  ] as const) {
    it(`puts the card back and says why when ${name}`, async () => {
      proxy.fault(fault);
      await drag();
      await inColumn('To Do', 'Fix the login').waitFor();
      assert.equal(await inColumn('Done', 'Fix the login').count(), 0);
      await view.getByRole('alert').filter({ hasText: sentence }).waitFor({ state: 'attached' });
      await workbench.screenshot('move-taken-back');
      proxy.fault(undefined);
      await workbench.runCommand('Taskboard: Refresh');
      await view.locator('.banner').waitFor({ state: 'detached' });
    });
  }

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

  it('keeps a comment that could not be sent', async () => {
    await view.getByRole('option', { name: 'Fix the login' }).dblclick();
    const editor = await workbench.webviewFrame({ has: '.composer' });
    const comment = editor.locator('.composer textarea');
    await comment.fill('A long thought that must not be lost');
    proxy.fault(faults.gone);
    await comment.press('Control+Enter');
    await editor.getByText('Could not reach').first().waitFor();
    assert.equal(await comment.inputValue(), 'A long thought that must not be lost');
    await workbench.screenshot('comment-kept');
    proxy.fault(undefined);
    await comment.press('Control+Enter');
    await editor.locator('.activity li:not(.is-pending)', { hasText: 'A long thought' }).waitFor();
    await editor.getByText('Comment added').waitFor({ state: 'attached' });
    assert.equal(await comment.inputValue(), '');
  });

  it('keeps the title of a card that could not be created', async () => {
    await workbench.runCommand('Taskboard: New Card…');
    await workbench.pick(BOARD);
    await workbench.pick('To Do');
    proxy.fault(faults.gone);
    await workbench.quickInput('Do not lose me', { asked: 'New card in' });
    const notice = await workbench.notification('Card not created');
    proxy.fault(undefined);
    await notice.getByRole('button', { name: 'Try Again' }).click();
    const input = workbench.asking('New card in').locator('input');
    assert.equal(await input.inputValue(), 'Do not lose me');
    await input.press('Enter');
    await workbench.notification('Created "Do not lose me".');
    assert.ok(board.boardId);
  });

  it('leaves no view blank after a reload without a server', async () => {
    proxy.fault(faults.gone);
    await workbench.reload();
    await workbench.tab('Board').first().click();
    const restored = await workbench.webviewFrame({ has: '.empty-state' });
    await restored.getByText('Could not reach').first().waitFor();
    await workbench.screenshot('reloaded-without-server');
    proxy.fault(undefined);
    await restored.getByRole('button', { name: 'Try Again' }).first().click();
    await restored.getByRole('option', { name: 'Fix the login' }).waitFor();
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
