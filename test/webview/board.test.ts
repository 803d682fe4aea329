import assert from 'node:assert/strict';
import { Harness, type ViewPage } from './harness';
import { board, card, column, fullBoard, people } from './samples';

// What the board shows in each state, and what survives a snapshot, a reload, a hidden view.

describe('the board', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const text = (selector: string) => view.page.locator(selector).innerText();
  const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('data-card') ?? null);
  const identity = { connectionId: 'demo', boardId: 'project:7' };

  it('shows columns, counts, limits and all facts of a card', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    assert.deepEqual(
      await view.page.getByRole('heading', { level: 2 }).allInnerTexts(),
      [
        'To Do, 14 cards',
        'In Progress, 4 cards, the limit is 3, over the limit',
        'Review, 2 cards',
        'Customer Test, 1 card, the limit is 5',
        'Done, 87 cards',
        'Archive, 0 cards',
      ].map((name) => name.replace(', ', '\n, ')),
    );
    assert.ok(await view.page.getByText('Over the limit by 1').isVisible());
    const option = view.page.locator('[data-card="task:7"]');
    const name =
      'Board view: keyboard drag and drop. High priority. Changes requested. Due tomorrow. Milestone 2.0 Launch. ' +
      'Tags design, api. Subtasks 1 of 4. 12 comments. Anna Weber, Bo Lindqvist, Chidi Okafor, Dana Silva';
    assert.equal(await view.page.getByRole('option', { name, exact: true }).count(), 1);
    assert.equal(await option.getAttribute('aria-posinset'), '1');
    assert.equal(
      await view.page.locator('[data-card="task:1"]').getAttribute('aria-setsize'),
      '14',
      'loaded or not',
    );
    assert.match(await option.innerText(), /Changes requested[\s\S]*tomorrow[\s\S]*1\/4[\s\S]*12/);
  });

  it('marks what is overdue or due today, unless the card is closed', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    const due = async (number: number) =>
      view.page.locator(`[data-card="task:${number}"] .due`).getAttribute('class');
    assert.match((await due(1)) ?? '', /overdue/);
    assert.match((await due(2)) ?? '', /today/);
    assert.doesNotMatch((await due(15)) ?? '', /overdue/);
  });

  it('shows names as text, whatever they are', async () => {
    view = await harness.open('board');
    const evil = '<img src=x onerror="document.title=1"><b>bold</b>';
    await view.show(
      board(
        [
          column(1, evil, [
            card(1, evil, {
              owners: [{ ...people.anna, name: evil, initials: '<b>' }],
              tags: [{ tagId: 'tag:9', name: evil, color: 'red;background:url(x)' }],
              milestone: evil,
            }),
          ]),
        ],
        { boardName: evil },
      ),
    );
    assert.equal(await view.page.locator('.root img, .root b').count(), 0);
    assert.ok((await text('[data-card="task:1"] .title')).startsWith(evil));
    assert.equal(await view.page.title(), 'board');
  });

  const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
  const faces = () =>
    view.page
      .locator('[data-card] .avatar')
      .evaluateAll((all) =>
        all.map((each) => each.querySelector('img')?.getAttribute('src') ?? each.textContent?.trim()),
      );

  it('shows initials until a picture comes, and asks once for those whom it shows', async () => {
    view = await harness.open('board');
    const { anna, bo } = people;
    const two = board([
      column(1, 'To Do', [card(1, 'A', { owners: [anna, bo] }), card(2, 'B', { owners: [anna] })]),
    ]);
    await view.show(two);
    assert.deepEqual(await faces(), ['AW', 'BL', 'AW']);
    await view.called('wantAvatars');
    assert.deepEqual(view.inputs('wantAvatars'), [{ connectionId: 'demo', partnerIds: [11, 12] }]);

    await view.notify('avatars', { connectionId: 'demo', pictures: { 11: pixel } });
    await view.settle();
    assert.deepEqual(await faces(), [pixel, 'BL', pixel]);
    assert.ok(
      await view.page
        .locator('.avatar img')
        .first()
        .evaluate((image: HTMLImageElement) => image.decode().then(() => image.naturalWidth > 0)),
      'the policy lets it be drawn',
    );
    await view.show({ ...two, revision: 2 });
    assert.equal(view.inputs('wantAvatars').length, 1);

    // What was sent while it was hidden is lost: it asks again for whoever has none.
    await view.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await view.called('wantAvatars', 2);
    assert.deepEqual(view.inputs('wantAvatars').at(-1), { connectionId: 'demo', partnerIds: [12] });
  });

  it('asks for the pictures of cards in view, and of others as they come into view', async () => {
    view = await harness.open('board', { height: 500 });
    const many = Array.from({ length: 400 }, (_, index) =>
      card(index + 1, `Card ${index + 1}`, {
        owners: [{ ...people.anna, partnerId: 1_001 + index, initials: `${index + 1}` }],
      }),
    );
    await view.show(board([column(1, 'To Do', many)]));
    await view.called('wantAvatars');
    const wanted = () => view.inputs('wantAvatars').flatMap(({ partnerIds }) => partnerIds as number[]);
    await view.settle();
    assert.ok(wanted().includes(1_001) && wanted().length < 60, `${wanted().length} of 400`);
    await view.page.locator('[data-card="task:1"]').focus();
    await view.page.keyboard.press('End');
    await view.page.locator('[data-card="task:400"] .avatar').waitFor();
    await view.settle();
    await view.settle();
    assert.ok(wanted().includes(1_400));
    assert.equal(new Set(wanted()).size, wanted().length, 'nobody twice');
    assert.ok(wanted().length < 200);
  });

  it('mixes no pictures up when a board of another account is shown', async () => {
    view = await harness.open('board');
    const anna = board([column(1, 'To Do', [card(1, 'A', { owners: [people.anna] })])]);
    await view.show(anna);
    await view.notify('avatars', { connectionId: 'demo', pictures: { 11: pixel } });
    const elsewhere = { connectionId: 'work', boardId: 'project:7' };
    await view.show({ ...anna, identity: elsewhere });
    assert.deepEqual(await faces(), ['AW']);
    await view.called('wantAvatars', 2);
    assert.deepEqual(view.inputs('wantAvatars').at(-1), { connectionId: 'work', partnerIds: [11] });
    await view.notify('avatars', { connectionId: 'demo', pictures: { 11: pixel } });
    await view.settle();
    assert.deepEqual(await faces(), ['AW'], 'late');
    await view.notify('avatars', { connectionId: 'work', pictures: { 11: pixel } });
    await view.settle();
    assert.deepEqual(await faces(), [pixel]);
  });

  it('never is blank: loading, no board, signed out, failed, no stages', async () => {
    view = await harness.open('board');
    await view.page.locator('[aria-busy=true] .card-skeleton').first().waitFor();
    const states = [
      [{ status: 'noBoard' }, 'No board chosen', 'Choose a Board', 'chooseBoard'],
      [{ status: 'signedOut' }, 'Sign in to see your boards', 'Sign In', 'signIn'],
      [{ status: 'failed' }, 'The board could not be loaded', 'Try Again', 'retry'],
      [
        {
          status: 'failed',
          problem: { sentence: 'The server is away.', action: { label: 'Show Log', does: 'showLog' } },
        },
        'The server is away.',
        'Show Log',
        'showLog',
      ],
      [{ status: 'ready' }, 'This board has no stages', 'Refresh', 'retry'],
    ] as const;
    for (const [more, sentence, label, does] of states) {
      await view.show(board([], more));
      assert.ok(await view.page.getByText(sentence).first().isVisible(), sentence);
      await view.page.getByRole('button', { name: label }).last().click();
      await view.settle();
      assert.deepEqual(view.inputs('act').at(-1), { does }, sentence);
    }
  });

  it('shows a problem over the last snapshot, once said, with its action', async () => {
    view = await harness.open('board');
    const problem = {
      sentence: 'The server did not answer.',
      action: { label: 'Try Again', does: 'retry' as const },
    };
    await view.show(fullBoard({ problem }));
    await view.says('The server did not answer.');
    assert.equal(await view.page.locator('[data-card]').count(), 15);
    await view.page.getByRole('button', { name: 'Try Again' }).click();
    await view.called('act');
    await view.show(fullBoard({ revision: 2 }));
    assert.equal(await view.page.locator('.banner').count(), 0);
  });

  it('says what an empty column and an empty filter mean', async () => {
    view = await harness.open('board');
    await view.show(board([column(1, 'To Do', [card(1, 'A')]), column(2, 'Done', [])]));
    assert.equal(await text('[data-stage="stage:2"] .empty-column'), 'No cards');
    await view.page.getByRole('textbox', { name: 'Filter cards' }).fill('nothing like it');
    assert.equal(await text('[data-stage="stage:1"] .empty-column'), 'No card matches');
    await view.says('0 cards match.');
    await view.page.getByText('No card matches the filter').waitFor();
    await view.page.getByRole('button', { name: 'Clear the filter' }).last().click();
    await view.page.locator('[data-card="task:1"]').waitFor();
  });

  it('shows the states of a column as a bar whose parts filter by them', async () => {
    view = await harness.open('board');
    await view.show(
      board([
        column(1, 'To Do', [
          card(1, 'A', { state: '02_changes_requested' }),
          card(2, 'B', { state: '03_approved' }),
          card(3, 'C'),
        ]),
        column(2, 'Done', [card(4, 'D')]),
      ]),
    );
    assert.equal(await view.page.locator('[data-stage="stage:2"] .state-bar').count(), 0, 'nothing to tell');
    const part = view.page.locator('[data-stage="stage:1"] [title="Changes requested: 1 of 3"]');
    await part.click();
    assert.equal(
      await view.page.getByRole('textbox', { name: 'Filter cards' }).inputValue(),
      'state:changes-requested',
    );
    assert.deepEqual(
      await view.page
        .locator('[data-card]')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-card'))),
      ['task:1'],
    );
    await part.click();
    assert.equal(await view.page.locator('[data-card]').count(), 4);
  });

  it('invites to the first card of an empty board', async () => {
    view = await harness.open('board');
    await view.show(board([column(1, 'To Do', []), column(2, 'Done', [])]));
    await view.page.getByRole('button', { name: 'New card in To Do' }).first().click();
    assert.ok(await view.page.getByLabel('Title of the new card').isVisible());
    await view.page.keyboard.press('Escape');
    await view.page.getByText('This board is empty').waitFor();
    await view.page.getByRole('button', { name: 'New Card', exact: true }).click();
    assert.ok(await view.page.getByLabel('Title of the new card').isVisible());
  });

  it('marks what is not yet saved', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    const pending = view.page.locator('[data-card="task:8"]');
    assert.equal(
      await view.page.getByRole('option', { name: /Sync avatars.*Not yet saved on the server/ }).count(),
      1,
    );
    assert.equal(await pending.locator('.pending').count(), 1);
  });

  it('keeps the focus on its card through snapshots, wherever the card goes', async () => {
    view = await harness.open('board');
    const [a, b, c] = [card(1, 'A'), card(2, 'B'), card(3, 'C')];
    await view.show(board([column(1, 'To Do', [a, b, c]), column(2, 'Done', [])]));
    await view.page.locator('[data-card="task:2"]').click();
    await view.show(board([column(1, 'To Do', [c, a]), column(2, 'Done', [b])], { revision: 2 }));
    assert.equal(await focused(), 'task:2');
    await view.show(
      board([column(1, 'To Do', [c, a]), column(2, 'Done', [card(4, 'D'), b])], { revision: 3 }),
    );
    assert.equal(await focused(), 'task:2');
    await view.show(board([column(1, 'To Do', [c, a]), column(2, 'Done', [card(4, 'D')])], { revision: 4 }));
    assert.equal(await focused(), 'task:4');
    await view.says('B is no longer on the board. Now on D.');
    await view.show(board([column(1, 'To Do', [c, a]), column(2, 'Done', [])], { revision: 5 }));
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.getAttribute('data-list')),
      'stage:2',
    );
    assert.equal(await view.page.locator('[data-board] [tabindex="0"]').count(), 1);
  });

  it('does not take the focus when it has none', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    assert.equal(await view.page.evaluate(() => document.activeElement === document.body), true);
  });

  it('takes no focus while the person is elsewhere, unless a command asks for it', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    await view.command('focusBoard');
    let saved = () => {};
    view.answer = () => new Promise((resolve) => (saved = () => resolve({ revision: 2 })));
    await view.page.keyboard.press('F2');
    await view.page.getByRole('textbox', { name: 'New title' }).fill('Fix the login loop');
    await view.page.keyboard.press('Enter');
    await view.called('renameCard');
    // The person goes to another part of VS Code; what would bring them back is counted.
    await view.page.evaluate(`{
      document.hasFocus = () => false;
      window.taken = 0;
      HTMLElement.prototype.focus = () => window.taken++;
    }`);
    const taken = () => view.page.evaluate(() => (window as unknown as { taken: number }).taken);
    saved();
    await view.says('Renamed to Fix the login loop.');
    await view.show(fullBoard({ revision: 2, columns: fullBoard().columns.slice(1) }));
    await view.show(fullBoard({ revision: 3 }));
    assert.equal(await taken(), 0);
    await view.command('focusBoard');
    assert.equal(await taken(), 1);
  });

  it('says what the host wants said; an error can be read until it is dismissed', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    await view.notify('announce', { text: 'Anna moved Fix login to Done.', kind: 'info' });
    await view.says('Anna moved Fix login to Done.');
    await view.notify('announce', { text: 'Not saved: the task is locked.', kind: 'error' });
    await view.says('Not saved: the task is locked.', 'assertive');
    await view.page.getByRole('button', { name: 'Dismiss' }).click();
    assert.equal(await view.page.locator('.notice').count(), 0);
  });

  it('lights up what others changed and tells it, but never under a move', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    const lit = view.page.locator('.card.lit');
    await view.notify('othersChanged', { cardIds: ['task:2'], text: 'Somebody else changed a card.' });
    await view.says('Somebody else changed a card.');
    assert.equal(await lit.getAttribute('data-card'), 'task:2');
    await lit.waitFor({ state: 'detached' });
    await view.page.locator('[data-card="task:1"]').click();
    await view.page.keyboard.press('m');
    await view.notify('othersChanged', { cardIds: ['task:3'], text: 'Somebody else changed another.' });
    await view.settle();
    assert.equal(await lit.count(), 0);
    await view.page.keyboard.press('Escape');
    await lit.waitFor();
    assert.equal(await lit.getAttribute('data-card'), 'task:3');
  });

  it('opens on a double click, and for good', async () => {
    view = await harness.open('board');
    await view.show(fullBoard());
    await view.page.locator('[data-card="task:3"]').dblclick();
    await view.called('openCard');
    assert.deepEqual(view.inputs('openCard'), [{ cardId: 'task:3', pin: true }]);
  });

  it('restores focus, folds, filter and scroll, and keeps the identity for the host', async () => {
    const many = Array.from({ length: 60 }, (_, index) => card(100 + index, `Card ${index}`));
    const shown = board([
      column(1, 'To Do', many),
      column(2, 'Review', [card(1, 'A')]),
      column(3, 'Done', []),
    ]);
    view = await harness.open('board');
    await view.show(shown);
    await view.page.locator('[data-scroller="stage:1"]').evaluate((each) => each.scrollTo(0, 700));
    await view.settle();
    await view.page.locator('[data-card="task:120"]').click();
    await view.page.locator('[data-stage="stage:2"]').hover();
    await view.page.getByRole('button', { name: 'Fold Review' }).click();
    await view.page.waitForFunction(() =>
      JSON.stringify((window as never as { savedState: unknown }).savedState).includes('task:120'),
    );
    await view.page.waitForFunction(() =>
      /"stage:2":true/.test(JSON.stringify((window as never as { savedState: unknown }).savedState)),
    );
    const scrolledTo = await view.page
      .locator('[data-scroller="stage:1"]')
      .evaluate((each) => each.scrollTop);
    const state = await view.state();
    assert.deepEqual(state.identity, identity);
    await view.close();

    view = await harness.open('board', { state });
    await view.show(shown);
    const scroller = view.page.locator('[data-scroller="stage:1"]');
    await view.page.waitForFunction(
      (wanted) => Math.abs((document.querySelector('[data-scroller]')?.scrollTop ?? 0) - wanted) < 5,
      scrolledTo,
    );
    assert.ok(await scroller.locator('[data-card="task:120"]').isVisible());
    assert.equal(await view.page.locator('[data-stage="stage:2"]').getAttribute('data-folded'), 'true');
    assert.equal(
      await view.page.locator('[data-board] [tabindex="0"]').getAttribute('data-card'),
      'task:120',
    );
  });

  it('starts afresh with another board', async () => {
    view = await harness.open('board', {
      state: {
        identity: { connectionId: 'demo', boardId: 'project:1' },
        filter: 'nothing like it',
        cardId: 'task:2',
        stageId: 'stage:1',
      },
    });
    await view.show(fullBoard());
    assert.equal(await view.page.locator('[data-card]').count(), 15);
    assert.equal(await view.page.getByRole('textbox', { name: 'Filter cards' }).inputValue(), '');
  });

  it('asks for a snapshot when it becomes visible again', async () => {
    view = await harness.open('board');
    await view.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await view.called('ready', 2);
  });

  it('shows tabs with counts in a sidebar, two columns in between, all of them in an editor', async () => {
    view = await harness.open('board', { width: 300 });
    await view.show(fullBoard());
    const visible = () => view.page.locator('[data-stage]:visible').count();
    assert.equal(await visible(), 1);
    assert.equal(await view.page.getByRole('tab').count(), 6);
    await view.page.getByRole('tab', { name: /Review/ }).click();
    assert.ok(await view.page.locator('[data-card="task:11"]').isVisible());
    await view.page.setViewportSize({ width: 600, height: 700 });
    await view.settle();
    assert.equal(await visible(), 2);
    await view.page.setViewportSize({ width: 1300, height: 700 });
    await view.settle();
    assert.equal(await visible(), 6);
    assert.equal(await view.page.getByRole('tab').count(), 0);
  });

  it('stays usable with a thousand cards', async () => {
    view = await harness.open('board');
    const many = (stage: number) =>
      Array.from({ length: 500 }, (_, index) =>
        card(stage * 1000 + index, `Card ${index}`, { tags: [{ tagId: 'tag:1', name: 'x' }] }),
      );
    const shown = board([column(1, 'To Do', many(1)), column(2, 'Done', many(2))]);
    await view.show(shown);
    await view.page.locator('[data-card="task:1000"]').click();
    await view.page.keyboard.press('End');
    assert.equal(await focused(), 'task:1499');
    assert.ok(await view.page.locator('[data-card="task:1499"]').isVisible());
    await view.page.keyboard.press('m');
    await view.page.keyboard.press('ArrowRight');
    await view.says('Done, 1 of 501.');
    await view.page.keyboard.press('Escape');
  });

  it('obeys reduced motion', async () => {
    view = await harness.open('board', { classes: 'vscode-reduce-motion' });
    await view.show(fullBoard());
    assert.equal(
      await view.page
        .locator('[data-card="task:1"] .face')
        .evaluate((each) => getComputedStyle(each).transitionDuration),
      '0s',
    );
  });
});
