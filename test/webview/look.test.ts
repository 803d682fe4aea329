import assert from 'node:assert/strict';
import { DEFAULT_LOOK } from '../../src/messages/look';
import { Harness, type ViewPage } from './harness';
import { fullBoard, board, card, column } from './samples';

// What the settings change in the board, while it is open.

describe('the board, as its settings say', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  beforeEach(async () => (view = await harness.open('board')));
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const cardOf = (number: number) => view.page.locator(`[data-card="task:${number}"]`);
  const height = async (number: number) => (await cardOf(number).boundingBox())!.height;

  it('shows cards closer together, and back', async () => {
    await view.show(fullBoard());
    const before = await height(1);
    await view.show(fullBoard({ revision: 2, look: { ...DEFAULT_LOOK, density: 'compact' } }));
    assert.ok((await height(1)) < before * 0.85, `${await height(1)} < ${before}`);
    await view.show(fullBoard({ revision: 3 }));
    assert.equal(await height(1), before);
  });

  it('hides what is not wanted on cards, in words too', async () => {
    await view.show(fullBoard({ look: { ...DEFAULT_LOOK, cardFields: ['dueDate'] } }));
    assert.equal(await view.page.locator('.card .tag, .card .avatar').count(), 0);
    assert.ok(await cardOf(1).locator('.due').isVisible());
    const name = 'Fix login loop after password reset. Due 2 days late, overdue';
    assert.equal(await view.page.getByRole('option', { name, exact: true }).count(), 1);
  });

  it('tells the days in a stage from the chosen number on, or never', async () => {
    const aged = (cardAge: number) =>
      board([column(1, 'To Do', [card(1, 'Old one', { stageSince: '2026-03-02T09:00:00Z' })])], {
        look: { ...DEFAULT_LOOK, cardAge },
      });
    const told = () => cardOf(1).getByText('10 d', { exact: true }).count();
    await view.show(aged(10));
    assert.equal(await told(), 1);
    assert.equal(await view.page.getByRole('option', { name: /In this stage for 10 days/ }).count(), 1);
    for (const never of [11, 0]) {
      await view.show(aged(never));
      assert.equal(await told(), 0, String(never));
    }
  });

  it('leaves letters alone when they are turned off, and keeps arrows, Space and chords', async () => {
    await view.show(fullBoard({ look: { ...DEFAULT_LOOK, bareLetters: false } }));
    await cardOf(1).focus();
    for (const key of ['j', 'm', 'n', '/', '?', 'x', 'Shift+Digit2']) await view.page.keyboard.press(key);
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-card')), 'task:1');
    assert.equal(await view.page.locator('dialog, .card.grabbed, .card.selected').count(), 0);
    await view.page.keyboard.press('ArrowDown');
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-card')), 'task:2');
    await view.page.keyboard.press('Shift+Space');
    assert.equal(await view.page.locator('.card.grabbed').count(), 1);
    await view.page.keyboard.press('Escape');
  });

  it('opens VS Code’s menu of the board from its own button', async () => {
    await view.show(fullBoard());
    const opened = view.page.evaluate(
      () =>
        new Promise((resolve) =>
          window.addEventListener('contextmenu', ({ target }) => {
            const contexts: unknown[] = [];
            for (let at = target as HTMLElement | null; at; at = at.parentElement)
              if (at.dataset['vscodeContext']) contexts.unshift(JSON.parse(at.dataset['vscodeContext']));
            resolve(Object.assign({}, ...(contexts as object[])));
          }),
        ),
    );
    await view.page.getByRole('button', { name: 'More actions' }).click();
    const { webviewSection, connectionId, boardId, preventDefaultContextMenuItems } =
      (await opened) as Record<string, unknown>;
    assert.deepEqual(
      [webviewSection, connectionId, boardId, preventDefaultContextMenuItems],
      ['board', 'demo', 'project:7', true],
    );
  });
});
