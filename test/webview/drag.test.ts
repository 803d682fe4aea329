import assert from 'node:assert/strict';
import { Harness, type ViewPage } from './harness';
import { board, card, column, fullBoard } from './samples';

// Drags with a real mouse, and with a finger, in a real browser.

describe('dragging a card', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const open = async (options?: Parameters<Harness['open']>[1]) => {
    view = await harness.open('board', options);
    await view.show(fullBoard());
  };
  const boxOf = async (selector: string) => {
    const box = await view.page.locator(selector).boundingBox();
    assert.ok(box, `${selector} is on screen`);
    return box;
  };
  const cardBox = (number: number) => boxOf(`[data-card="task:${number}"]`);
  /** Presses on a card and moves to a point, in steps as a hand does. */
  const dragTo = async (number: number, x: number, y: number) => {
    const from = await cardBox(number);
    await view.page.mouse.move(from.x + 40, from.y + 15);
    await view.page.mouse.down();
    await view.page.mouse.move(x, y, { steps: 6 });
    await view.settle();
  };
  const order = (stage: number) =>
    view.page
      .locator(`[data-stage="stage:${stage}"] [data-card]`)
      .evaluateAll((cards) => cards.map((each) => Number(each.getAttribute('data-card')?.slice(5))));

  it('moves it to another column, with one message', async () => {
    await open();
    view.answer = () => ({ revision: 2 });
    const target = await cardBox(9);
    await dragTo(3, target.x + 60, target.y + 4);
    assert.equal(await view.page.locator('.ghost').count(), 1);
    assert.equal(
      await view.page.locator('[data-card="task:9"].line-top').count(),
      1,
      'the line is above card 9',
    );
    await view.page.mouse.up();
    await view.says('Moved to In Progress, 3 of 5. Control Z to undo.');
    assert.deepEqual(view.inputs('moveCards'), [
      { cardIds: ['task:3'], to: { stageId: 'stage:2', after: 'task:8' } },
    ]);
    assert.equal(await view.page.locator('.ghost').count(), 0);
  });

  it('keeps the card where it was dropped until a snapshot shows it', async () => {
    await open();
    view.answer = () => ({ revision: 5 });
    const target = await cardBox(9);
    await dragTo(3, target.x + 60, target.y + 4);
    await view.page.mouse.up();
    await view.called('moveCards');
    await view.says('Moved to In Progress, 3 of 5. Control Z to undo.');
    await view.show(fullBoard({ revision: 4 }));
    assert.deepEqual(await order(2), [7, 8, 3, 9, 10], 'revision 4 does not have it yet');
    await view.show(fullBoard({ revision: 5 }));
    assert.deepEqual(await order(2), [7, 8, 9, 10], 'from revision 5 on the snapshot is what counts');
  });

  it('puts it back and says why when the host refuses', async () => {
    await open();
    view.answer = ({ name }) => {
      if (name === 'moveCards') throw new Error('you have no right to change this task.');
    };
    const target = await cardBox(12);
    await dragTo(3, target.x + 60, target.y + 4);
    await view.page.mouse.up();
    await view.says('Not moved: you have no right to change this task. Restored.', 'assertive');
    assert.deepEqual(await order(1), [1, 2, 3, 4, 5, 6]);
    assert.ok(
      await view.page.getByText('Not moved: you have no right').last().isVisible(),
      'it can be read too',
    );
  });

  it('moves it within its column', async () => {
    await open();
    const target = await cardBox(5);
    await dragTo(3, target.x + 60, target.y + target.height - 4);
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards')[0], {
      cardIds: ['task:3'],
      to: { stageId: 'stage:1', after: 'task:5' },
    });
  });

  it('snaps into the priority of the card and says so', async () => {
    await open();
    const target = await cardBox(7); // a high card
    await dragTo(3, target.x + 60, target.y + 4);
    assert.equal(await view.page.locator('[data-card="task:8"].line-top').count(), 1);
    assert.ok(await view.page.getByText('Stays within: Normal priority').isVisible());
    await view.page.mouse.up();
    await view.says('Moved to In Progress, 2 of 5. Placed within its priority. Control Z to undo.');
    assert.equal(view.inputs('moveCards')[0].to.after, 'task:7');
  });

  it('sends nothing when it is cancelled, dropped in place, or barely moved', async () => {
    await open();
    const target = await cardBox(12);
    await dragTo(3, target.x + 60, target.y + 4);
    await view.page.keyboard.press('Escape');
    await view.says('Move cancelled. Write the migration guide restored.');
    await view.page.mouse.up();

    const home = await cardBox(3);
    await dragTo(3, home.x + 60, home.y + 30);
    await view.page.mouse.up();
    await view.says('Dropped where it was.');

    await dragTo(3, home.x + 43, home.y + 16);
    assert.equal(await view.page.locator('.ghost').count(), 0, 'four pixels are no drag');
    await view.page.mouse.up();
    await view.settle();
    assert.deepEqual(view.inputs('moveCards'), []);
  });

  it('sends nothing when it is let go outside the board', async () => {
    await open({ width: 1200 });
    await dragTo(3, 600, -300);
    await view.page.mouse.up();
    await view.says('Move cancelled. Write the migration guide restored.');
    assert.deepEqual(view.inputs('moveCards'), []);
  });

  it('goes on when the pointer leaves the view and comes back', async () => {
    await open();
    const target = await cardBox(9);
    await dragTo(3, 600, -200);
    await view.page.mouse.move(target.x + 60, target.y + 4, { steps: 4 });
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.equal(view.inputs('moveCards')[0].to.stageId, 'stage:2');
  });

  it('lets what the server sends wait for the end of the drag', async () => {
    await open();
    const target = await cardBox(9);
    await dragTo(3, target.x + 60, target.y + 4);
    await view.show(fullBoard({ revision: 2, boardName: 'Renamed' }));
    assert.equal(await view.page.locator('.switcher').innerText(), 'Website Relaunch');
    await view.page.keyboard.press('Escape');
    await view.page.mouse.up();
    await view.settle();
    assert.equal(await view.page.locator('.switcher').innerText(), 'Renamed');
  });

  it('moves all selected cards and says how many hang on the pointer', async () => {
    await open();
    for (const number of [3, 5]) {
      const box = await cardBox(number);
      await view.page.keyboard.down('Control');
      await view.page.mouse.click(box.x + 40, box.y + 15);
      await view.page.keyboard.up('Control');
    }
    const target = await cardBox(12);
    await dragTo(5, target.x + 60, target.y + target.height + 4);
    assert.equal(await view.page.locator('.ghost .badge').innerText(), '2 cards');
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards'), [
      { cardIds: ['task:3', 'task:5'], to: { stageId: 'stage:3', after: 'task:12' } },
    ]);
  });

  it('offers columns only when the server places the cards itself', async () => {
    view = await harness.open('board');
    await view.show(fullBoard({ canPlace: false }));
    const target = await cardBox(10);
    await dragTo(3, target.x + 60, target.y + 4);
    assert.equal(await view.page.locator('.line-top, .line-bottom').count(), 0);
    assert.equal(await view.page.locator('[data-stage="stage:2"].aimed').count(), 1);
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards')[0].to, { stageId: 'stage:2', after: null });
  });

  it('opens a folded column that it rests on', async () => {
    await open({ width: 1900 });
    const folded = await boxOf('[data-stage="stage:6"]');
    assert.ok(folded.width < 60);
    await dragTo(3, folded.x + 20, folded.y + 100);
    await view.page.locator('[data-stage="stage:6"][data-folded="false"]').waitFor();
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.equal(view.inputs('moveCards')[0].to.stageId, 'stage:6');
  });

  it('scrolls the board at its edge', async () => {
    await open({ width: 900 });
    await dragTo(3, 895, 300);
    await view.page.waitForFunction(() => (document.querySelector('[data-board]')?.scrollLeft ?? 0) > 200);
    await view.page.keyboard.press('Escape');
    await view.page.mouse.up();
    assert.deepEqual(view.inputs('moveCards'), []);
  });

  it('drops on a tab of the strip, or into the stage that a tab shows after a moment', async () => {
    await open({ width: 300 });
    const tab = await boxOf('[data-tab="stage:2"]');
    await dragTo(3, tab.x + 20, tab.y + 10);
    await view.page.mouse.up();
    await view.says('Moved to In Progress, 2 of 5. Control Z to undo.');
    assert.equal(view.inputs('moveCards')[0].to.stageId, 'stage:2');

    await dragTo(4, tab.x + 20, tab.y + 10);
    await view.page.locator('[data-tab="stage:2"][aria-selected=true]').waitFor();
    const target = await cardBox(9);
    await view.page.mouse.move(target.x + 60, target.y + 4, { steps: 4 });
    await view.page.mouse.up();
    await view.called('moveCards', 2);
    assert.deepEqual(view.inputs('moveCards')[1], {
      cardIds: ['task:4'],
      to: { stageId: 'stage:2', after: 'task:8' },
    });
  });

  describe('with a finger', () => {
    let touch: (type: 'touchStart' | 'touchMove' | 'touchEnd', x?: number, y?: number) => Promise<unknown>;
    let start: { x: number; y: number };

    beforeEach(async () => {
      view = await harness.open('board', { touch: true });
      const many = Array.from({ length: 40 }, (_, index) => card(100 + index, `Card ${index}`));
      await view.show(board([column(1, 'To Do', many), column(2, 'Review', [])]));
      const from = await cardBox(101);
      start = { x: from.x + 40, y: from.y + 20 };
      const devtools = await view.page.context().newCDPSession(view.page);
      touch = (type, x = 0, y = 0) =>
        devtools.send('Input.dispatchTouchEvent', {
          type,
          touchPoints: type === 'touchEnd' ? [] : [{ x, y }],
        });
    });

    it('scrolls when it moves at once', async () => {
      await touch('touchStart', start.x, start.y);
      for (let moved = 20; moved <= 120; moved += 20) await touch('touchMove', start.x, start.y - moved);
      await touch('touchEnd');
      await view.page.waitForFunction(() => (document.querySelector('[data-scroller]')?.scrollTop ?? 0) > 20);
      assert.equal(await view.page.locator('.ghost').count(), 0);
      assert.deepEqual(view.inputs('moveCards'), []);
    });

    it('drags after a hold', async () => {
      const target = await boxOf('[data-stage="stage:2"]');
      await touch('touchStart', start.x, start.y);
      await view.page.locator('.ghost').waitFor();
      for (let step = 1; step <= 5; step++)
        await touch('touchMove', start.x + ((target.x + 100 - start.x) * step) / 5, start.y + 10 * step);
      await touch('touchEnd');
      await view.called('moveCards');
      assert.deepEqual(view.inputs('moveCards'), [
        { cardIds: ['task:101'], to: { stageId: 'stage:2', after: null } },
      ]);
    });
  });

  it('leaves a card alone that is still being created', async () => {
    view = await harness.open('board');
    const fresh = { ...card(1, 'New one'), cardId: 'local-1', fresh: true, pending: true };
    await view.show(board([column(1, 'To Do', [fresh]), column(2, 'Review', [])]));
    const from = await boxOf('[data-card="local-1"]');
    await view.page.mouse.move(from.x + 40, from.y + 15);
    await view.page.mouse.down();
    await view.page.mouse.move(500, 200, { steps: 5 });
    await view.page.mouse.up();
    await view.says('This card is still being created. It can be moved in a moment.');
    await view.page.mouse.dblclick(from.x + 40, from.y + 15);
    await view.says('This card is still being created. It can be opened in a moment.');
    assert.deepEqual([...view.inputs('moveCards'), ...view.inputs('openCard')], []);
  });
});
