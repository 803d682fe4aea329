import assert from 'node:assert/strict';
import { BoardPage, signIn } from './boardPage';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { BOARD_TAB } from './mainJob';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

const BOARD = 'With fewer stages';

describe('undo of a move out of a stage that others removed', function () {
  this.timeout(120_000);
  let server: TestServer;
  let board: TestBoard;
  let workbench: Workbench;
  let page: BoardPage;

  before(async () => {
    server = await startServe();
    board = await makeBoard(server, BOARD, ['Ant', 'Bee']);
    // The board must not look by itself between what others do and the undo: then it would know.
    const settings = { 'taskboard.refreshInterval': 600 };
    workbench = await openWorkbench({ width: 1400, height: 900, settings });
    await signIn(workbench, server.url, server);
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    page = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
  });
  after(async () => {
    await workbench?.close();
    await server?.stop();
  });
  keepEvidence(() => workbench);

  /** Moves both cards there, one after the other, and waits until the server has it. */
  async function moveBoth(from: keyof TestBoard['stages'], to: keyof TestBoard['stages']): Promise<void> {
    for (const title of ['Ant', 'Bee']) {
      await workbench.drag(page.inColumn(from, title), page.column(to).getByRole('listbox'));
      await page.says(`Moved to ${to}, 1 of ${title === 'Ant' ? 1 : 2}. Control Z to undo.`);
      await page.sent();
    }
  }
  const removeStage = async (name: keyof TestBoard['stages']) => {
    const response = await fetch(`${server.url}/api/v1/stages/${board.stages[name]}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${server.token}` },
    });
    assert.equal(response.status, 204, await response.text());
  };
  const inStage = async (name: keyof TestBoard['stages']) => {
    const { cards } = await api<{ cards: { title: string }[] }>(
      server,
      'GET',
      `/boards/${board.boardId}/cards?stage=${board.stages[name]}`,
    );
    return cards.map(({ title }) => title).sort();
  };
  const undo = async () => {
    await page.card('Bee').click();
    await page.frame.locator('[data-card]:focus').waitFor();
    await workbench.runCommand('Taskboard: Undo');
  };
  const whole = async (stage: keyof TestBoard['stages']) => {
    await page.sent();
    assert.equal(await workbench.statusBarItem('unsent').count(), 0);
    assert.deepEqual(await inStage(stage), ['Ant', 'Bee']);
    for (const title of ['Ant', 'Bee']) await page.inColumn(stage, title).waitFor();
  };

  it('is not taken where the board is known to lack the stage, and that is said', async () => {
    await moveBoth('To Do', 'In Progress');
    await removeStage('To Do');
    await workbench.runCommand('Taskboard: Refresh');
    await page.column('To Do').waitFor({ state: 'detached' });
    await undo();
    await workbench.notification('This was not undone: its stage is no longer on the board.');
    await whole('In Progress');
  });

  it('is refused and told where the server knows first, and nothing stays behind', async () => {
    await workbench.runCommand('Notifications: Clear All Notifications');
    await moveBoth('In Progress', 'Done');
    await removeStage('In Progress');
    await undo();
    // By the server, or by the board, where its look after the move was late enough to see what others did since.
    await workbench.notification(/Not moved|This was not undone: its stage/);
    await workbench.screenshot('undo-refused');
    await page.column('In Progress').waitFor({ state: 'detached' });
    await whole('Done');
    await workbench.treeItem('Unsent').waitFor({ state: 'detached' });
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
