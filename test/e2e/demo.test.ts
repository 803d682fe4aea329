import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';

const PICTURE = '.avatar img[src^="data:image/gif;base64,"]';

describe('the embedded demo board', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  let view: Frame;

  before(async () => (workbench = await openWorkbench({ width: 1400, height: 900 })));
  after(() => workbench?.close());
  keepEvidence(() => workbench);

  const column = (name: string) => view.getByRole('region', { name });
  const titles = (name: string) =>
    column(name)
      .getByRole('option')
      .evaluateAll((cards) => cards.map((card) => card.getAttribute('data-card')));

  /** Waits until a picture is on the page, and fails when the page may not draw it. */
  const drawn = (image: Locator) => image.evaluate((each) => (each as HTMLImageElement).decode());

  it('offers in the palette only what can be done without an account', async () => {
    await workbench.openView('Taskboard');
    await workbench.page.getByRole('button', { name: 'Try the Demo Board' }).waitFor();
    await workbench.openPalette();
    await workbench.page.keyboard.type('Taskboard: ');
    const offered = (title: string) =>
      workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: `Taskboard: ${title}` });
    await offered('Sign In to Odoo…').waitFor();
    await workbench.screenshot('palette-signed-out');
    for (const title of ['New Card…', 'Open Board…', 'Assign Card…', 'Undo', 'Rename Card', 'Refresh'])
      assert.equal(await offered(title).count(), 0, title);
    await workbench.page.keyboard.press('Escape');
  });

  it('opens from the welcome view without an account', async () => {
    await workbench.openView('Taskboard');
    await workbench.page.getByRole('button', { name: 'Try the Demo Board' }).click();
    view = await workbench.webviewFrame(BOARD_TAB);
    const headers = await view.getByRole('heading', { level: 2 }).allInnerTexts();
    assert.equal(headers.length, 6);
    const cards = headers.map((header) => Number(/, ([0-9]+) card/.exec(header)?.[1]));
    assert.equal(
      cards.reduce((sum, count) => sum + count, 0),
      40,
    );
    await workbench.treeItem('Aurora Web App').waitFor();
    await workbench.statusBarItem('Aurora Web App').waitFor();
    await workbench.screenshot('demo');
  });

  it('offers everything for boards and cards once there is an account', async () => {
    for (const title of ['New Card…', 'Open Board…', 'Assign Card…']) {
      await workbench.openPalette();
      await workbench.page.keyboard.type(`Taskboard: ${title}`);
      const row = workbench.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      await row.waitFor();
      await workbench.page.keyboard.press('Escape');
    }
  });

  it('shows people by their pictures, and by their initials who have none', async () => {
    await drawn(view.locator(PICTURE).first());
    assert.match(await view.locator('.avatar:not(.rest):not(:has(img))').first().innerText(), /^\p{L}{2}$/u);
  });

  /** Waits until the focus is back on the board, and VS Code knows: what the host answers to a key comes after that. */
  async function onBoard(): Promise<void> {
    await view.locator('[data-card]:focus').waitFor();
    await workbench.page.keyboard.press('y');
    await view.locator('[data-live=polite]', { hasText: 'Link copied.' }).waitFor({ state: 'attached' });
  }

  it('changes a field of several cards by keys alone, as one thing to undo', async () => {
    const [first, second] = await titles('Ready');
    const facts = (id: string | null | undefined) =>
      view
        .locator(`[data-card="${id}"] .spoken`)
        .evaluate((each) => each.textContent?.replace('. Not yet saved on the server', '') ?? '');
    const before = [await facts(first), await facts(second)];
    await view.locator(`[data-card="${first}"]`).click();
    const { keyboard } = workbench.page;
    for (const key of ['x', 'Shift+ArrowDown', 'd']) await keyboard.press(key);
    await workbench.quickInput('+3d', { asked: 'Due date of 2 cards' });
    await view.getByText(/^Due .+\. 2 cards\. Control Z to undo\.$/).waitFor({ state: 'attached' });
    for (const id of [first, second]) assert.match(await facts(id), /Due in 3 days/);

    await onBoard();
    await keyboard.press('Control+z');
    await view.getByText('Change undone. 2 cards.').waitFor({ state: 'attached' });
    assert.deepEqual([await facts(first), await facts(second)], before);

    await keyboard.press('p');
    await workbench.pick('Low');
    await view.getByText('Priority Low. 2 cards. Control Z to undo.').waitFor({ state: 'attached' });

    await onBoard();
    await keyboard.press('Control+z');
    await view.getByText('Change undone. 2 cards.').waitFor({ state: 'attached' });

    await keyboard.press('t');
    await workbench.asking('Tags of 2 cards').waitFor();
    await workbench.screenshot('tags');
    await keyboard.press('ArrowDown');
    await keyboard.press('Space');
    await keyboard.press('Enter');
    await view.getByText(/^Tags bug\. /).waitFor({ state: 'attached' }); // one of the two had it

    await onBoard();
    await keyboard.press('Control+z');
    await keyboard.press('Escape');

    await keyboard.press('i');
    await view.getByText('Assigned to you. Control Z to undo.').waitFor({ state: 'attached' });
    await keyboard.press('Control+z');
    await view.getByText('Change undone.').waitFor({ state: 'attached' });
    await keyboard.press('c');
    const editor = await workbench.webviewFrame({ has: '.composer' });
    await editor.locator('.composer textarea:focus').waitFor();
    await drawn(editor.locator(PICTURE).first());
    await workbench.runCommand('View: Close Editor');
    await column('In Progress').waitFor(); // the board has the width again
  });

  it('keeps a move over a reload of the window', async () => {
    const [first] = await titles('Ready');
    const card = view.locator(`[data-card="${first}"]`);
    await workbench.drag(card, column('In Progress').getByRole('listbox'));
    await column('In Progress').locator(`[data-card="${first}"]`).waitFor();
    await view.locator(`[data-card="${first}"]:not([data-pending])`).waitFor();
    const order = await titles('In Progress');
    await workbench.reload();
    view = await workbench.webviewFrame(BOARD_TAB);
    await column('In Progress').locator(`[data-card="${first}"]`).waitFor();
    assert.deepEqual(await titles('In Progress'), order);
  });

  it('shows the board in the sidebar too, one column at a time', async () => {
    await workbench.openView('Taskboard');
    const sidebar = await workbench.webviewFrame({
      has: 'body[data-vscode-context*="sidebar"] [role=tablist]',
    });
    await sidebar.getByRole('tab', { name: /Review/ }).click();
    await sidebar.getByRole('region', { name: 'Review' }).getByRole('option').first().waitFor();
    await drawn(sidebar.locator(PICTURE).first());
    await workbench.screenshot('sidebar');
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
