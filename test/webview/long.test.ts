import assert from 'node:assert/strict';
import type { BoardView, CardView } from '../../src/messages/boardMessages';
import { Harness, type ViewPage } from './harness';
import { board, card, column, people, tags, TODAY } from './samples';

// Boards that are too long for a page: what is not on it has its place, its number and its keys all the same.

/** A card with most of what a card can show: what costs elements. */
const rich = (number: number): CardView =>
  card(number, `Card ${number} with a title that goes on over more than one line of its column`, {
    dueDate: TODAY,
    tags: [tags.bug, tags.api],
    owners: [people.anna, people.bo],
    comments: 3,
    checklist: { done: 1, total: 4 },
  });
const plain = (number: number) => card(number, `Card ${number}`);
const many = (from: number, count: number, make = plain) =>
  Array.from({ length: count }, (_, index) => make(from + index));

describe('a long board', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const open = async (shown: BoardView, options?: Parameters<Harness['open']>[1]) => {
    view = await harness.open('board', options);
    await view.show(shown);
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
    await view.settle();
  };
  const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('data-card') ?? null);
  const element = (number: number) => view.page.locator(`[data-card="task:${number}"]`);
  const scroller = (stage: number) => view.page.locator(`[data-scroller="stage:${stage}"]`);
  /** Waits until a card stands in its column's viewport as a whole. */
  const inView = (number: number) =>
    view.page.waitForFunction((id) => {
      const each = document.querySelector(`[data-card="${id}"]`);
      const around = each?.closest('[data-scroller]')?.getBoundingClientRect();
      const own = each?.getBoundingClientRect();
      return own && around && own.top >= around.top - 1 && own.bottom <= around.bottom + 1;
    }, `task:${number}`);
  const mostElements = () =>
    view.page.evaluate(() =>
      Math.max(
        ...[...document.querySelectorAll('[data-stage]')].map((each) => each.querySelectorAll('*').length),
      ),
    );

  describe('of 10,000 cards', () => {
    const shown = board([column(1, 'To Do', many(1, 5000, rich)), column(2, 'Done', many(5001, 5000, rich))]);

    it('has at most 300 elements a column, wherever one looks', async () => {
      await open(shown, { height: 900 });
      assert.ok((await mostElements()) <= 300, `${await mostElements()} at rest`);
      for (const share of [0.2, 0.5, 1]) {
        await scroller(1).evaluate((each, share) => each.scrollTo(0, each.scrollHeight * share), share);
        await view.settle();
        assert.ok((await mostElements()) <= 300, `${await mostElements()} at ${share}`);
      }
      await element(5000).waitFor();
      await view.screenshot('long-10000');
    });

    it('draws what fits and a little more, not many cards until one was measured', async () => {
      view = await harness.open('board', { height: 900 });
      await view.page.evaluate(() => {
        const drawn = new Set<string>();
        Object.assign(window, { drawn });
        new MutationObserver(() =>
          document
            .querySelectorAll('[data-stage="stage:1"] [data-card]')
            .forEach((each) => drawn.add(each.getAttribute('data-card')!)),
        ).observe(document, { childList: true, subtree: true });
      });
      await view.show(shown);
      await element(1).waitFor();
      await view.settle();
      const [drawn, seen] = await view.page.evaluate(() => {
        const { bottom } = document.querySelector('[data-scroller="stage:1"]')!.getBoundingClientRect();
        const cards = [...document.querySelectorAll('[data-stage="stage:1"] [data-card]')];
        const { drawn } = window as unknown as { drawn: Set<string> };
        return [
          drawn.size,
          cards.filter((each) => each.getBoundingClientRect().top < bottom).length,
        ] as const;
      });
      assert.ok(drawn <= seen + 3, `${drawn} drawn to show ${seen}`);
    });

    it('walks to its ends and to cards that were not on the page', async () => {
      await open(shown);
      await view.command('focusBoard');
      await press('End');
      assert.equal(await focused(), 'task:5000');
      await inView(5000);
      assert.equal(await element(5000).getAttribute('aria-posinset'), '5000');
      assert.equal(await element(5000).getAttribute('aria-setsize'), '5000');
      await press('ArrowUp', 'ArrowUp');
      assert.equal(await focused(), 'task:4998');
      await press('Control+End');
      assert.equal((await focused())?.startsWith('task:'), true);
      await press('Home');
      assert.equal(await focused(), 'task:5001');
      await inView(5001);
      await press('ArrowLeft');
      assert.ok(Number((await focused())?.slice(5)) > 4900, 'the card at the same height');
      assert.equal(await view.page.locator('[data-board] [tabindex="0"]').count(), 1);
    });

    it('grabs a card over its columns, with its place said and shown', async () => {
      await open(shown);
      await view.command('focusBoard');
      await press('End', 'm');
      await view.says(
        'Grabbed Card 5000 with a title that goes on over more than one line of its column. ' +
          'To Do, 5000 of 5000. Arrows to move, Enter to drop, Escape to cancel.',
      );
      await press('ArrowRight');
      await view.says('Done, 1 of 5001.');
      await press('Control+ArrowDown');
      await view.says('Done, 5001 of 5001.');
      assert.equal(await focused(), 'task:5000');
      await inView(5000);
      assert.equal(
        await element(5000).evaluate((each) => each.closest('[data-stage="stage:2"]') !== null),
        true,
      );
      await press('ArrowUp', 'Enter');
      await view.called('moveCards');
      assert.deepEqual(view.inputs('moveCards'), [
        { cardIds: ['task:5000'], to: { stageId: 'stage:2', after: 'task:9999' } },
      ]);
      assert.equal(await focused(), 'task:5000');
    });
  });

  it('walks card by card, each of them in view', async () => {
    await open(board([column(1, 'To Do', many(1, 300))]));
    await view.command('focusBoard');
    for (let step = 2; step <= 60; step++) await view.page.keyboard.press('ArrowDown');
    assert.equal(await focused(), 'task:60');
    await inView(60);
    for (let step = 59; step >= 40; step--) await view.page.keyboard.press('ArrowUp');
    assert.equal(await focused(), 'task:40');
    await inView(40);
  });

  it('keeps the focus on a card that is scrolled away, and the next key goes on from it', async () => {
    await open(board([column(1, 'To Do', many(1, 1000))]));
    await element(3).click();
    await scroller(1).evaluate((each) => each.scrollTo(0, 20_000));
    await view.settle();
    assert.equal(await focused(), 'task:3');
    await view.show(board([column(1, 'To Do', many(1, 1000))], { revision: 2 }));
    assert.equal(await focused(), 'task:3');
    await press('ArrowDown');
    assert.equal(await focused(), 'task:4');
    await inView(4);
  });

  it('drops between two cards deep in a column', async () => {
    await open(board([column(1, 'To Do', many(1, 5)), column(2, 'Done', many(1001, 1000))]));
    await scroller(2).evaluate((each) => each.scrollTo(0, 12_000));
    await view.settle();
    const boxes = await scroller(2)
      .locator('[data-card]')
      .evaluateAll((all) =>
        all.map((each) => ({
          id: each.getAttribute('data-card') ?? '',
          top: each.getBoundingClientRect().top,
        })),
      );
    const at = boxes.findIndex(({ top }) => top > 300);
    const [above, below] = [boxes[at - 1], boxes[at]];
    assert.ok(above && below && Number(below.id.slice(5)) > 1100);
    const from = (await element(2).boundingBox())!;
    await view.page.mouse.move(from.x + 40, from.y + 15);
    await view.page.mouse.down();
    await view.page.mouse.move(500, below.top + 3, { steps: 6 });
    await view.settle();
    assert.equal(await view.page.locator('.line-top').getAttribute('data-card'), below.id);
    await view.page.mouse.up();
    await view.called('moveCards');
    assert.deepEqual(view.inputs('moveCards'), [
      { cardIds: ['task:2'], to: { stageId: 'stage:2', after: above.id } },
    ]);
  });

  it('scrolls a column at its edge while a card is dragged, and drops where that came to', async () => {
    await open(board([column(1, 'To Do', many(1, 5)), column(2, 'Done', many(1001, 1000))]));
    const from = (await element(2).boundingBox())!;
    const around = (await scroller(2).boundingBox())!;
    await view.page.mouse.move(from.x + 40, from.y + 15);
    await view.page.mouse.down();
    await view.page.mouse.move(around.x + 60, around.y + around.height - 4, { steps: 6 });
    await view.page.waitForFunction(
      () => (document.querySelector('[data-scroller="stage:2"]')?.scrollTop ?? 0) > 1500,
    );
    await view.page.mouse.move(around.x + 60, around.y + around.height / 2, { steps: 3 });
    await view.settle();
    const line = await view.page.locator('.line-top').getAttribute('data-card');
    await view.page.mouse.up();
    await view.called('moveCards');
    const { after } = view.inputs('moveCards')[0].to;
    assert.equal(Number(after.slice(5)) + 1, Number(line?.slice(5)));
    assert.ok(Number(after.slice(5)) > 1020);
  });

  it('takes a press right after scrolling', async () => {
    await open(board([column(1, 'To Do', many(1, 500))]));
    const under = await scroller(1).evaluate(async (each) => {
      each.scrollTo(0, 4_000);
      await new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)));
      const { left, top } = each.getBoundingClientRect();
      return document.elementFromPoint(left + 60, top + 200)?.closest('[data-card]') !== null;
    });
    assert.ok(under, 'a card is what the pointer meets');
  });

  it('renames a card deep in a column, on the card', async () => {
    await open(board([column(1, 'To Do', many(1, 500))]));
    await view.command('focusBoard');
    await press('End');
    await inView(500);
    await press('ArrowUp', 'ArrowUp', 'F2');
    const [field, under] = [
      await view.page.getByRole('textbox', { name: 'New title' }).boundingBox(),
      await element(498).boundingBox(),
    ];
    assert.ok(field && under && Math.abs(field.y - under.y) < 8, `${field?.y} over ${under?.y}`);
    await press('Escape');
    assert.equal(await focused(), 'task:498');
  });

  it('comes back to the row where it was scrolled to', async () => {
    const shown = board([column(1, 'To Do', many(1, 2000, rich))]);
    await open(shown);
    await scroller(1).evaluate((each) => each.scrollTo(0, 100_000));
    await view.settle();
    const top = () =>
      scroller(1).evaluate((each) => {
        const { top } = each.getBoundingClientRect();
        const cards = [...each.querySelectorAll('[data-card]')];
        return cards.find((card) => card.getBoundingClientRect().bottom > top + 2)?.getAttribute('data-card');
      });
    const before = await top();
    await view.page.waitForFunction(() =>
      JSON.stringify((window as never as { savedState: unknown }).savedState ?? '').includes(
        '"columns":{"stage:1"',
      ),
    );
    const state = await view.state();
    await view.close();
    await open(shown, { state });
    await element(Number(before?.slice(5))).waitFor();
    assert.equal(await top(), before);
  });

  describe('that is not all loaded', () => {
    const TOTAL = 1000;
    let loaded: number;
    let revision: number;
    const shown = () => board([column(1, 'To Do', many(1, loaded), { total: TOTAL })], { revision });
    const openPart = async (options: { refuse?: () => boolean } = {}) => {
      loaded = 80;
      revision = 1;
      view = await harness.open('board', {
        answer: async ({ name, input }) => {
          if (name !== 'loadMore') return { revision };
          if (options.refuse?.()) throw new Error('The server is not reachable.');
          loaded = Math.min(TOTAL, Math.ceil(input.upTo / 80) * 80);
          revision++;
          await view.notify('show', shown());
          return null;
        },
      });
      await view.show(shown());
    };

    /** Scrolls until the n-th row is on top: rows are alike here. */
    const scrollToRow = (row: number) =>
      scroller(1).evaluate((each, share) => each.scrollTo(0, each.scrollHeight * share), (row - 1) / TOTAL);

    it('has the height of all of it, and loads the next cards before their end is seen', async () => {
      await openPart();
      assert.deepEqual(view.inputs('loadMore'), []);
      const height = () => scroller(1).evaluate((each) => each.scrollHeight);
      const before = await height();
      await scrollToRow(56);
      await view.called('loadMore');
      await view.settle();
      assert.equal(loaded, 160);
      assert.ok(Math.abs((await height()) / before - 1) < 0.02, 'the scrollbar was true');
      assert.equal(await element(60).getAttribute('aria-setsize'), '1000');
    });

    it('shows skeletons where somebody jumps to, and then the cards', async () => {
      await openPart();
      let go = () => {};
      const held = new Promise<void>((resolve) => (go = resolve));
      const { answer } = view;
      view.answer = async (call) => {
        if (call.name === 'loadMore') await held;
        return answer(call);
      };
      await scrollToRow(700);
      await view.page.locator('.card-skeleton').first().waitFor();
      await view.screenshot('long-skeletons');
      go();
      await element(705).waitFor();
      await view.settle();
      assert.equal(await view.page.locator('.card-skeleton').count(), 0);
    });

    it('walks on past what is loaded, by arrow and to the end', async () => {
      await openPart();
      await view.command('focusBoard');
      await press('End');
      await view.page.locator('[data-card="task:1000"]:focus').waitFor();
      await inView(1000);
      assert.equal(view.inputs('loadMore').at(-1).upTo, TOTAL);
    });

    it('says in the column what failed, and tries again when asked', async () => {
      let refuse = true;
      await openPart({ refuse: () => refuse });
      await scrollToRow(65);
      await view.says('No more cards of To Do: The server is not reachable.', 'assertive');
      await scroller(1).getByText('The server is not reachable.').waitFor();
      assert.equal(await view.page.locator('.notice').count(), 0);
      assert.equal(view.inputs('loadMore').length, 1, 'it does not ask again by itself');
      await scroller(1).evaluate((each) => each.scrollTo(0, each.scrollHeight));
      await view.screenshot('long-failed');
      refuse = false;
      await scroller(1).getByRole('button', { name: 'Try Again' }).click();
      await element(81).waitFor();
      assert.equal(await scroller(1).getByRole('button').count(), 0);
    });

    it('filters what is loaded, says so, and loads the rest when asked', async () => {
      await openPart();
      await view.page.getByRole('textbox', { name: 'Filter cards' }).fill('999');
      await view.page.getByText('Filtering the 80 loaded of 1000 cards.').waitFor();
      assert.equal(await view.page.locator('[data-card]').count(), 0);
      await view.page.getByRole('button', { name: 'Load the rest' }).click();
      await element(999).waitFor();
      assert.equal(await view.page.locator('[data-card]').count(), 1);
      assert.equal(await view.page.getByText('Filtering the').count(), 0);
    });
  });
});
