import assert from 'node:assert/strict';
import { BoardPage, signIn } from './boardPage';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { startServe, type TestServer } from './server';

// A board of 10,000 cards through a real server and a real VS Code; how fast it is, the benchmarks tell.

const BOARD = 'Aurora Web App';
const MOST = 300;

describe('a board of 10,000 cards', function () {
  this.timeout(120_000);
  let server: TestServer;
  let workbench: Workbench;
  let page: BoardPage;

  before(async () => {
    server = await startServe({ cards: 10_000 });
    workbench = await openWorkbench({ width: 1500, height: 900 });
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

  const mostElements = () =>
    page.frame.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('[data-stage]')].map((each) => each.querySelectorAll('*').length),
      ),
    );

  it('counts them all, and has at most 300 elements a column, at the top and at the end', async () => {
    const headers = await page.frame.getByRole('heading', { level: 2 }).allInnerTexts();
    const counts = headers.map((header) => Number(/, ([0-9]+) card/.exec(header)?.[1]));
    assert.equal(
      counts.reduce((sum, count) => sum + count, 0),
      10_000,
    );
    assert.ok((await mostElements()) <= MOST, `${await mostElements()} at the top`);
    await page.frame.getByRole('option').first().click();
    await workbench.page.keyboard.press('End');
    await page.frame
      .locator(`[data-card][aria-posinset="${counts[0]}"][aria-setsize="${counts[0]}"]:focus`)
      .waitFor();
    assert.ok((await mostElements()) <= MOST, `${await mostElements()} at the end`);
    await workbench.screenshot('long');
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
