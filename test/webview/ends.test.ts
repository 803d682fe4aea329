import assert from 'node:assert/strict';
import type { BoardView } from '../../src/messages/boardMessages';
import { Harness, type OpenOptions, type ViewPage } from './harness';
import { board, card, column, fullBoard } from './samples';

// What is not all of it: the end of a column that is loaded in part, a filter over cards that are not here, a part of
// the page that cannot be shown, and a page that is too small for it.

describe('the ends of a board', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;
  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const open = async (shown: BoardView, options: OpenOptions = {}) => {
    view = await harness.open('board', options);
    await view.show(shown);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
  };
  const cards = (from: number, count: number) =>
    Array.from({ length: count }, (_, index) => card(from + index, `Card ${from + index}`));

  /** A column of 200 of which so many are here; the host reads on when asked. */
  const partly = (loaded: number, revision = 1) =>
    board([column(1, 'To Do', cards(1, loaded), { total: 200 }), column(2, 'Done', cards(501, 2))], {
      revision,
    });
  /** Sends what was asked for before the answer, as the host does; each answer waits for `gate`. */
  const host = (gate: Promise<void> = Promise.resolve()): OpenOptions => ({
    answer: async ({ name, input }) => {
      if (name === 'loadMore') {
        await gate;
        await view.notify('show', partly(Math.min(200, Math.max(160, input.upTo)), 2));
      }
      return { revision: 3 };
    },
  });

  it('m, End, Enter puts a card last of 200, though 80 are loaded', async () => {
    await open(partly(80), host());
    await view.command('focusBoard');
    await press('m', 'End', 'Enter');
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards'), [
      { cardIds: ['task:1'], to: { stageId: 'stage:1', after: 'task:200' } },
    ]);
    await view.says('Moved to To Do, 200 of 200. Control Z to undo.');
  });

  it('the end of another column is its end too', async () => {
    await open(partly(80), host());
    await view.command('focusBoard');
    await press('ArrowRight', 'm', 'ArrowLeft', 'Control+ArrowDown');
    await view.says('To Do, 201 of 201.');
    await press('Enter');
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards')[0].to, { stageId: 'stage:1', after: 'task:200' });
  });

  it('one place on goes beyond what is loaded', async () => {
    await open(partly(3), host());
    await view.command('focusBoard');
    await press('m', 'ArrowDown', 'ArrowDown', 'ArrowDown');
    await view.says('To Do, 4 of 200.');
    await press('Escape');
    assert.deepEqual(view.inputs('moveCards'), []);
  });

  it('waits for the end with the card in the hand, and gives it up at Escape', async () => {
    let loaded = () => {};
    await open(partly(80), host(new Promise((resolve) => (loaded = resolve))));
    await view.command('focusBoard');
    await press('m', 'End', 'Enter');
    await view.called('loadMore');
    await press('Escape');
    await view.says('Move cancelled. Card 1 restored.');
    loaded();
    await view.page.locator('[aria-setsize="200"]').first().waitFor();
    await view.settle();
    assert.deepEqual(view.inputs('moveCards'), []);
  });

  it('says that the end could not be read, and keeps the card in the hand', async () => {
    let failed = () => {};
    const gate = new Promise<void>((resolve) => (failed = resolve));
    await open(partly(80), {
      answer: async ({ name }) => {
        if (name !== 'loadMore') return { revision: 3 };
        await gate;
        throw new Error('Could not reach example.com.');
      },
    });
    await view.command('focusBoard');
    await press('m', 'End', 'Enter'); // the drop waits for the end
    failed();
    await view.says('No more cards of To Do: Could not reach example.com.', 'assertive');
    assert.deepEqual(view.inputs('moveCards'), []);
    assert.equal(await view.page.locator('.card.grabbed').count(), 1);
  });

  it('a card that is dropped by mouse below those that are here goes where it was dropped', async () => {
    let loaded = () => {};
    await open(partly(3), host(new Promise((resolve) => (loaded = resolve))));
    const from = (await view.page.locator('[data-card="task:501"]').boundingBox())!;
    const last = (await view.page.locator('[data-card="task:3"]').boundingBox())!;
    const below = (await view.page.locator('[data-stage="stage:1"] .card-skeleton').nth(2).boundingBox())!;
    await view.page.mouse.move(from.x + 40, from.y + 15);
    await view.page.mouse.down();
    await view.page.mouse.move(last.x + 60, below.y + below.height / 2, { steps: 6 });
    await view.page.mouse.up();
    await view.called('loadMore');
    assert.deepEqual(view.inputs('moveCards'), [], 'it is not known yet where that is');
    loaded();
    await view.called('moveCards');
    const { to } = view.inputs('moveCards')[0];
    assert.equal(to.stageId, 'stage:1');
    assert.ok(['task:4', 'task:5', 'task:6', 'task:7'].includes(to.after), to.after);
  });

  it('a drop below what is here is given up at Escape, and said when the rest can’t be read', async () => {
    let failed = () => {};
    const gate = new Promise<void>((resolve) => (failed = resolve));
    await open(partly(3), {
      answer: async ({ name }) => {
        if (name !== 'loadMore') return { revision: 3 };
        await gate;
        throw new Error('Could not reach example.com.');
      },
    });
    const below = (await view.page.locator('[data-stage="stage:1"] .card-skeleton').first().boundingBox())!;
    const grab = async () => {
      const from = (await view.page.locator('[data-card="task:501"]').boundingBox())!;
      await view.page.mouse.move(from.x + 40, from.y + 15);
      await view.page.mouse.down();
      await view.page.mouse.move(below.x + 60, below.y + below.height / 2, { steps: 6 });
      await view.page.mouse.up();
    };
    await grab();
    await press('Escape');
    await view.says('Move cancelled. Card 501 restored.');
    await grab();
    failed();
    await view.says('No more cards of To Do: Could not reach example.com.', 'assertive');
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards'), [
      { cardIds: ['task:501'], to: { stageId: 'stage:1', after: 'task:3' } },
    ]);
  });

  it('a filter looks through what is not loaded too', async () => {
    await open(partly(80), host());
    await view.page.getByRole('textbox', { name: 'Filter cards' }).fill('Card 199');
    await view.page.getByText('No card matches among the 80 of 200 that are loaded').waitFor();
    assert.equal(await view.page.getByText('No card matches the filter').count(), 0);
    await view.page.locator('[data-card="task:199"]').waitFor();
    await view.says('1 card matches.');
    assert.equal(await view.page.locator('.partly').count(), 0);
  });

  it('keeps nothing of a board for the next one, though their stages have equal ids', async () => {
    await open(partly(3), {
      answer: ({ name }) => {
        if (name === 'loadMore') throw new Error('Could not reach example.com.');
        return { revision: 1 };
      },
    });
    await view.page.locator('[data-stage="stage:1"] .not-loaded').waitFor();
    await view.command('focusBoard');
    await press('ArrowRight', 'f');
    await view.page.locator('[data-stage="stage:2"][data-folded=true]').waitFor();
    await press('?');
    await view.page.locator('dialog.help').waitFor();
    const next = board([column(1, 'To Do', cards(1, 3)), column(2, 'Done', cards(501, 2))], { revision: 2 });
    await view.show({ ...next, identity: { connectionId: 'demo', boardId: 'project:8' } });
    await view.page.locator('dialog.help').waitFor({ state: 'detached' });
    assert.equal(await view.page.locator('[data-folded=true], .not-loaded, .notice').count(), 0);
    assert.equal(await view.page.locator('[data-card]').count(), 5);
    await view.show({ ...partly(3, 3) });
    await view.page.locator('[data-stage="stage:2"][data-folded=true]').waitFor(); // the first has its own again
  });

  it('one odd card or column takes nothing else with it', async () => {
    const odd = card(2, 'Odd', { owners: [null as never] });
    const worse = card(4, 'Worse', { tags: null as never });
    await open(
      board([
        column(1, 'To Do', [card(1, 'One'), odd, card(3, 'Three')]),
        column(2, 'Review', [worse]),
        column(3, 'Done', cards(7, 1)),
      ]),
    );
    await view.page.getByText('This can’t be shown.').nth(1).waitFor(); // the card and the column
    assert.equal(await view.page.locator('[data-card]').count(), 3);
    await view.command('focusBoard');
    await press('End');
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.getAttribute('data-card')),
      'task:3',
      'and the keys go on',
    );
    assert.match(view.problems.splice(0).join(), /null/);
  });

  it('keys go by their place where the layout has no Latin letters', async () => {
    await open(partly(80), host());
    await view.command('focusBoard');
    const session = await view.page.context().newCDPSession(view.page);
    const type = async (key: string, code: string, modifiers = 0) => {
      for (const kind of ['keyDown', 'keyUp'] as const)
        await session.send('Input.dispatchKeyEvent', { type: kind, key, code, modifiers });
    };
    await type('о', 'KeyJ'); // Russian for j
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('data-card')), 'task:2');
    await type('ъ', 'BracketRight');
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.getAttribute('data-card')),
      'task:502',
    );
    await type('[', 'Digit8', 1 | 2); // AltGr+8 of a German keyboard, as Windows has it
    assert.equal(
      await view.page.evaluate(() =>
        document.activeElement?.closest('[data-stage]')?.getAttribute('data-stage'),
      ),
      'stage:1',
    );
    await type('т', 'KeyN'); // Russian for n
    await view.page.locator('.new-card input').waitFor();
  });

  it('tells of cards without a stage, with the way to them', async () => {
    await open(
      fullBoard({
        stageless: { text: '1 card without a stage', href: 'https://odoo.example.com/odoo/project/7/tasks' },
      }),
    );
    await view.page.getByText('1 card without a stage').waitFor();
    await view.page.getByRole('button', { name: 'Show in Odoo' }).click();
    assert.deepEqual(view.inputs('openLink'), [{ href: 'https://odoo.example.com/odoo/project/7/tasks' }]);
  });

  const long = 'Waiting for the answer of the customer and of everybody else who was ever asked about it';
  for (const [width, height] of [
    [427, 333],
    [209, 400],
    [600, 333],
    [1200, 500],
  ] as const)
    it(`nothing scrolls sideways at ${width} × ${height}, and a long name gives way to its count`, async () => {
      const shown = fullBoard({
        boardName: long,
        stageless: { text: '3 cards without a stage', href: 'https://odoo.example.com/' },
      });
      shown.columns = shown.columns.slice(0, 3).map((each, index) => ({
        ...each,
        name: index === 0 ? long : index === 1 ? 'x'.repeat(200) : each.name,
        cards: each.cards.map((one, at) =>
          at === 0
            ? { ...one, dueDate: '2020-01-01', title: 'y'.repeat(500), milestone: 'z'.repeat(120) }
            : one,
        ),
      }));
      await open(shown, { width, height });
      await view.settle();
      const measured = await view.page.evaluate(() => {
        const wide = ['html', '.root', '[data-board]'].filter((selector) => {
          const element = document.querySelector(selector)!;
          return element.scrollWidth > element.clientWidth + 1;
        });
        const right = document.documentElement.clientWidth;
        const visible = [...document.querySelectorAll('button, input, .count, .face')].filter((each) =>
          each.checkVisibility(),
        );
        const out = visible.filter((each) => {
          const { left, right: edge, width } = each.getBoundingClientRect();
          return width > 0 && !each.closest('.strip') && (edge > right + 1 || left < -1);
        });
        const [first] = [...document.querySelectorAll('.tab, .column-header')].filter((each) =>
          each.checkVisibility(),
        );
        const box = first!.getBoundingClientRect();
        const count = first!.querySelector('.count')!.getBoundingClientRect();
        const dot = first!.querySelector('.dot')?.getBoundingClientRect();
        return {
          wide,
          out: out.map((each) => each.outerHTML.slice(0, 120)),
          count: count.right <= Math.min(box.right, right) + 1 && count.width > 0,
          dot: !dot || (dot.width >= 6 && dot.height >= 6 && dot.right <= Math.min(box.right, right)),
        };
      });
      await view.screenshot(`narrow-${width}x${height}`);
      assert.deepEqual(measured, {
        wide: [],
        out: [],
        count: true,
        dot: true,
      });
    });
});
