import assert from 'node:assert/strict';
import { BoardPage, signIn } from './boardPage';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { type Proxy, startProxy } from './proxy';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

// What a move costs and what takes it back, counted at the wire and looked up on the server.

const BOARD = 'Moving house';
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

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
