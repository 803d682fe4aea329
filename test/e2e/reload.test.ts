import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { BoardPage, signIn } from './boardPage';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { BOARD_TAB } from './mainJob';
import { makeBoard, startServe, type TestServer } from './server';

const BOARD = 'Still here';
const RELOADS = 3;

/** For the window: whether it ever invited somebody who is signed in to sign in. Text, as it runs before all others. */
const WATCH = `(() => {
  if (window !== window.top) return;
  window.invitedByTest = [];
  new MutationObserver(() => {
    for (const each of document.querySelectorAll('.welcome-view-content'))
      if (/Sign In|Try the Demo/i.test(each.textContent ?? '')) window.invitedByTest.push(each.textContent);
  }).observe(document, { subtree: true, childList: true, characterData: true });
})()`;

describe('a reload of a signed-in window', function () {
  this.timeout(240_000);
  const loops: ChildProcess[] = [];
  let server: TestServer;
  let workbench: Workbench;

  before(async () => {
    server = await startServe();
    await makeBoard(server, BOARD, ['Ant', 'Bee']);
    workbench = await openWorkbench({ width: 1400, height: 900 });
    await signIn(workbench, server.url, server);
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    await workbench.webviewFrame(BOARD_TAB);
    await workbench.page.addInitScript({ content: WATCH });
  });
  after(async () => {
    for (const loop of loops) loop.kill('SIGKILL');
    await workbench?.close();
    await server?.stop();
  });
  keepEvidence(() => workbench);

  async function reload(): Promise<void> {
    await workbench.reload();
    const board = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
    await board.card('Bee').waitFor();
  }
  const invited = () => workbench.page.evaluate<string[]>('window.invitedByTest');

  it('shows the board again, and invites nobody to sign in on the way', async () => {
    await reload();
    await workbench.treeItem(BOARD).waitFor();
    assert.deepEqual(await invited(), []);
  });

  it('does so with four busy processes beside it, without waiting for a second try', async () => {
    for (let each = 0; each < 4; each++)
      loops.push(spawn(process.execPath, ['-e', 'for (;;);'], { stdio: 'ignore' }));
    for (let each = 0; each < RELOADS; each++) {
      await reload();
      assert.deepEqual(await invited(), []);
    }
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
