import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Browser, FrameLocator, Page } from 'playwright-core';
import { launchBrowser } from '../../scripts/lib/browser.mjs';
import { type CheckoutCopy, copyCheckout, DEVELOPED } from '../gates/checkoutCopy';

/** A page somebody develops on: a copy of the checkout in which sources can be changed. */
class DevelopedPage {
  private constructor(
    private readonly copy: CheckoutCopy,
    private readonly child: ChildProcess,
    readonly url: string,
  ) {}

  static async start(): Promise<DevelopedPage> {
    const copy = await copyCheckout(DEVELOPED);
    const child = spawn(process.execPath, [join(copy.path, 'scripts', 'page.mjs')], {
      cwd: copy.path,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const ended = once(child, 'exit').then(() => {
      throw new Error('npm run page ended before it was ready.');
    });
    const lines = createInterface({ input: child.stdout });
    const opened = new Promise<string>((resolve) =>
      lines.on('line', (line) => {
        const url = /^Open (http:\S+)$/.exec(line)?.[1];
        if (url) resolve(url);
      }),
    );
    return new DevelopedPage(copy, child, await Promise.race([opened, ended]));
  }

  edit(file: string, from: string, to: string): Promise<void> {
    return this.copy.plant(file, from, to);
  }

  async stop(): Promise<void> {
    const exited = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await exited;
    await this.copy.remove();
  }
}

describe('npm run page', function () {
  this.timeout(180_000);
  let developed: DevelopedPage;
  let browser: Browser;
  let page: Page;
  let board: FrameLocator;
  let loads = 0;
  const problems: string[] = [];

  before(async () => {
    [developed, browser] = await Promise.all([DevelopedPage.start(), launchBrowser()]);
    page = await browser.newPage({ viewport: { width: 1500, height: 900 } });
    page.setDefaultTimeout(60_000);
    page.on('load', () => (loads += 1));
    page.on('pageerror', (error) => problems.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') problems.push(message.text());
    });
    await page.goto(developed.url);
    board = page.frameLocator('[data-view-type="taskboard.boardPanel"] iframe');
    await card('Rate limits for the public API').waitFor();
  });

  after(async () => {
    await browser?.close();
    await developed?.stop();
  });

  const card = (title: string) => board.getByRole('option', { name: title });
  const column = (name: string) => board.locator('[data-stage]').filter({ hasText: name }).first();

  it('shows the board of the side bar and of a tab, and the editor of a card that is opened', async () => {
    await page
      .frameLocator('[data-view-type="taskboard.board"] iframe')
      .getByRole('option')
      .first()
      .waitFor();
    await card('Rate limits for the public API').dblclick();
    const editor = page.frameLocator('[data-view-type="taskboard.card"] iframe');
    await editor.locator('.composer').waitFor();
    await editor.getByText('1,000').first().waitFor(); // its description, as Markdown
  });

  it('moves a card, and undoes it with the keys of the extension', async () => {
    const title = 'Rate limits for the public API';
    await card(title).click();
    await page.keyboard.press('Shift+Digit2');
    const moved = column('Ready').getByRole('option', { name: title });
    await moved.waitFor();
    await page.keyboard.press('Control+z');
    await moved.waitFor({ state: 'detached' });
    await column('Backlog').getByRole('option', { name: title }).waitFor();
  });

  it('asks in a dialog where VS Code has a quick pick', async () => {
    await page.selectOption('#command', { label: 'Open Board…' });
    await page.getByText('Open which board?').waitFor();
    await page.keyboard.type('Boreal');
    await page.keyboard.press('Enter');
    const second = page.locator('section', { hasText: 'Borealis Mobile' });
    await second.waitFor();
    await second.getByRole('button', { name: 'Close' }).click();
    await second.waitFor({ state: 'detached' });
  });

  it('wears another theme and another width without being loaded again', async () => {
    const loaded = loads;
    const background = () =>
      board
        .locator('body')
        .evaluate((body) => getComputedStyle(body).getPropertyValue('--vscode-editor-background'));
    assert.equal((await background()).trim(), '#1f1f1f');
    await board.locator('body').evaluate(() => Object.assign(window, { same: true }));
    await page.selectOption('#theme', 'light');
    await board.locator('body.vscode-light').waitFor();
    assert.equal((await background()).trim(), '#ffffff');
    await page.selectOption('#width', '480');
    await board.locator('[data-tab][aria-selected=true]').waitFor(); // the strip of stages of a narrow board
    assert.ok(await board.locator('body').evaluate(() => 'same' in window));
    assert.equal(loads, loaded);
    await page.selectOption('#width', 'fit');
    await page.selectOption('#theme', 'dark');
  });

  it('shows a changed component by itself, with what was done so far', async () => {
    const loaded = loads;
    await column('Ready').waitFor();
    await card('Audit log for admins').click();
    await page.keyboard.press('Shift+Digit2');
    await column('Ready').getByRole('option', { name: 'Audit log for admins' }).waitFor();
    await developed.edit('webview/board/view/Board.svelte', '<main', '<main data-edited="yes"');
    await board.locator('main[data-edited=yes]').waitFor();
    await column('Ready').getByRole('option', { name: 'Audit log for admins' }).waitFor();
    assert.equal(loads, loaded, 'somebody had to load the page again');
  });

  it('shows a change of the host’s side by itself', async () => {
    await developed.edit('src/workbench/board/boardModel.ts', 'boardName: ', "boardName: 'Anew', before: ");
    await board.getByRole('heading', { name: 'Anew', exact: true }).waitFor({ state: 'attached' });
  });

  it('says what is wrong with a source, and goes on once it is mended', async () => {
    await developed.edit('webview/board/view/Board.svelte', 'data-edited="yes"', 'data-edited="no" {');
    await page.locator('#trouble', { hasText: 'Board.svelte' }).waitFor();
    await developed.edit('webview/board/view/Board.svelte', 'data-edited="no" {', 'data-edited="no"');
    await board.locator('main[data-edited=no]').waitFor();
    await page.locator('#trouble').waitFor({ state: 'hidden' });
  });

  it('answers to nobody but a page of its own', async () => {
    const { port } = new URL(developed.url);
    const asked = await fetch(`http://127.0.0.1:${port}/heard`, {
      method: 'POST',
      headers: { origin: 'https://elsewhere.example' },
      body: JSON.stringify({ kind: 'command', command: 'taskboard.refresh' }),
    });
    assert.equal(asked.status, 403);
    await assert.rejects(fetch(`http://[::1]:${port}/`));
  });

  it('keeps the extension’s own policy: nothing was refused', () => {
    assert.deepEqual(problems, []);
  });
});
