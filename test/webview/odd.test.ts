import assert from 'node:assert/strict';
import { Harness, type ViewPage } from './harness';
import { fullBoard, fullCard, html, people } from './samples';

// What nobody planned for: values that can't be shown, writing from right to left, a page that is a few words wide.

const HEBREW = 'שלום עולם';

describe('odd values', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(() => view.close());

  const unshown = () => view.page.getByText('This can’t be shown.');

  it('take nothing of a card away but themselves, until they are mended', async () => {
    view = await harness.open('card');
    const { activities } = fullCard();
    const broken = { ...activities[0]!, author: null as never };
    await view.show(fullCard({ owners: [null as never] }, { activities: [broken, ...activities.slice(1)] }));
    assert.equal(await unshown().count(), 2);
    assert.equal(
      await view.page.getByRole('textbox', { name: 'Title', exact: true }).inputValue(),
      fullCard().card!.title,
    );
    await view.page.getByText(/To Do.*→.*In Progress/).waitFor();
    await view.show({ ...fullCard(), revision: 2 });
    assert.equal(await unshown().count(), 0);
    await view.page.getByText('I can see it as well.').waitFor();
    assert.notDeepEqual(view.problems, [], 'the fault is told to the developer tools');
  });

  it('take nothing of a board away but themselves', async () => {
    view = await harness.open('board', { width: 1400, height: 900 });
    const board = fullBoard();
    const [first, second, ...rest] = board.columns;
    const [card, ...cards] = second!.cards;
    const columns = [first!, { ...second!, cards: [{ ...card!, tags: [null as never] }, ...cards] }, ...rest];
    await view.show({ ...board, columns });
    await view.page.getByText(cards[0]!.title).first().waitFor();
    assert.ok((await unshown().count()) >= 1);
  });
});

describe('a page from right to left and a narrow one', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  /** Where a Hebrew text on the page does not run from right to left, among texts, fields and what stands in shadows. */
  const leftToRight = () =>
    view.page.evaluate((hebrew) => {
      const wrong: string[] = [];
      const roots: (Document | ShadowRoot)[] = [document];
      for (let root = roots.pop(); root; root = roots.pop())
        for (const element of root.querySelectorAll<HTMLElement>('*')) {
          if (element.shadowRoot) roots.push(element.shadowRoot);
          if (element.closest('.visually-hidden, [data-live], script, title')) continue;
          const field = element instanceof HTMLInputElement || element instanceof HTMLTextAreaElement;
          const own = field
            ? element.value
            : [...element.childNodes].map((node) => (node.nodeType === 3 ? node.textContent : '')).join('');
          if (!own.includes(hebrew) || own.includes(`\u2068${hebrew}`)) continue;
          // A slot has no box: its text stands in the one around it.
          const box = element instanceof HTMLSlotElement ? element.parentElement! : element;
          const { direction, unicodeBidi } = getComputedStyle(box);
          if (direction !== 'rtl' && unicodeBidi !== 'plaintext') wrong.push(element.outerHTML.slice(0, 120));
        }
      return wrong;
    }, HEBREW);

  it('shows what people wrote in its own direction, in every part of a card', async () => {
    view = await harness.open('card', { width: 1100, height: 1400 });
    const person = { ...people.anna, name: HEBREW };
    const link = { cardId: 'task:3', title: HEBREW };
    const shown = fullCard(
      {
        title: HEBREW,
        owners: [person],
        watchers: [person],
        tags: [{ tagId: 'tag:1', name: HEBREW }],
        description: html(`<p>${HEBREW}</p><ul><li>${HEBREW}</li></ul>`),
        checklist: [{ id: 'a', text: HEBREW, done: false }],
        parent: link,
        subtasks: [link],
        dependencies: [{ type: 'blocks', ...link }],
        milestone: HEBREW,
      },
      {
        boardName: HEBREW,
        stages: [{ stageId: 'stage:2', name: HEBREW }],
        draft: HEBREW,
        told: { members: [person], outside: [{ ...person, partnerId: 77 }] },
        activities: fullCard().activities.map((activity) => ({
          ...activity,
          author: person,
          ...(activity.body && { body: html(`<p>${HEBREW}</p>`) }),
          changes: activity.changes.map(({ field }) => ({ field, from: HEBREW, to: HEBREW })),
        })),
      },
    );
    await view.show(shown);
    assert.deepEqual(await leftToRight(), []);
    await view.page.getByRole('button', { name: 'Assign…' }).click();
    await view.page.getByRole('combobox', { name: 'Assignees' }).fill(HEBREW);
    assert.deepEqual(await leftToRight(), []);
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('button', { name: 'Edit the description' }).click();
    await view.page.getByRole('textbox', { name: 'Description' }).fill(HEBREW);
    await view.page.getByRole('textbox', { name: 'Add an item' }).fill(HEBREW);
    assert.deepEqual(await leftToRight(), []);
    await view.screenshot('card-right-to-left');
  });

  it('shows what people wrote in its own direction, in every part of a board', async () => {
    view = await harness.open('board', { width: 1400, height: 900 });
    const board = fullBoard();
    const columns = board.columns.map((column) => ({
      ...column,
      name: HEBREW,
      cards: column.cards.map((card) => ({
        ...card,
        title: HEBREW,
        tags: card.tags.map((tag) => ({ ...tag, name: HEBREW })),
        ...(card.milestone !== undefined && { milestone: HEBREW }),
      })),
    }));
    await view.show({ ...board, boardName: HEBREW, columns });
    assert.deepEqual(await leftToRight(), []);
    await view.screenshot('board-right-to-left');
  });

  it('never scrolls a card sideways, at 300 % zoom and with words that have no end', async () => {
    view = await harness.open('card', { width: 427, height: 333 });
    const long = 'Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichen'.repeat(4);
    const person = { ...people.anna, name: long, email: `${long}@example.com` };
    await view.show(
      fullCard(
        {
          title: long,
          owners: [person],
          watchers: [person],
          tags: [{ tagId: 'tag:1', name: long }],
          description: html(
            `<p>${long}</p><pre><code>${long}</code></pre><table><tbody><tr>${`<td>${long}</td>`.repeat(8)}</tr></tbody></table>`,
          ),
          checklist: [{ id: 'a', text: long, done: false }],
          subtasks: [{ cardId: 'task:3', title: long }],
          milestone: long,
        },
        {
          boardName: long,
          stages: [{ stageId: 'stage:2', name: long }],
          told: { members: [person], outside: [person] },
          activities: [
            {
              ...fullCard().activities[1]!,
              author: person,
              changes: [{ field: 'stage_id', from: long, to: long }],
            },
          ],
        },
      ),
    );
    const sideways = () =>
      view.page.evaluate(() => {
        const { scrollWidth, clientWidth } = document.scrollingElement!;
        if (scrollWidth <= clientWidth) return [];
        const beyond: string[] = [`${scrollWidth} instead of ${clientWidth}`];
        const roots: (Document | ShadowRoot)[] = [document];
        for (let root = roots.pop(); root; root = roots.pop())
          for (const element of root.querySelectorAll('*')) {
            if (element.shadowRoot) roots.push(element.shadowRoot);
            const { right } = element.getBoundingClientRect();
            if (right > clientWidth + 1) beyond.push(`${element.tagName}.${element.className} ${right}`);
          }
        return beyond;
      });
    await view.screenshot('card-at-300-percent');
    assert.deepEqual(await sideways(), []);
    await view.page.getByRole('button', { name: 'Assign…' }).click();
    await view.settle();
    assert.deepEqual(await sideways(), []);
    await view.page.keyboard.press('Escape');
    await view.page.getByRole('button', { name: 'Edit the description' }).click();
    await view.settle();
    assert.deepEqual(await sideways(), []);
  });
});
