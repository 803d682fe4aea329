import assert from 'node:assert/strict';
import { KEYS } from '../../webview/board/logic/keyMap';
import { texts } from '../../webview/board/logic/strings';
import { Harness, type ViewPage } from './harness';
import { board, card, column, fullBoard } from './samples';

// The board without a mouse: what a key does, what is said, and what is sent.

describe('the board by keys', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const open = async (options?: Parameters<Harness['open']>[1], shown = fullBoard()) => {
    view = await harness.open('board', options);
    await view.show(shown);
    await view.command('focusBoard');
  };
  const press = async (...keys: string[]) => {
    for (const key of keys) await view.page.keyboard.press(key);
    await view.settle();
  };
  const focused = () => view.page.evaluate(() => document.activeElement?.getAttribute('data-card') ?? null);
  const moves = () => view.inputs('moveCards');

  it('has one tab stop, and the arrows move the focus', async () => {
    await open();
    assert.equal(await view.page.locator('[data-board] [tabindex="0"]').count(), 1);
    assert.equal(await focused(), 'task:1');
    await press('ArrowDown', 'j');
    assert.equal(await focused(), 'task:3');
    await press('End');
    assert.equal(await focused(), 'task:6');
    await press('Home', 'l');
    assert.equal(await focused(), 'task:7');
    await press('Control+End');
    assert.equal(
      await view.page.evaluate(() => document.activeElement?.getAttribute('data-list')),
      'stage:6',
    );
    await press('Control+Home', 'ArrowDown');
    assert.equal(await focused(), 'task:2');
    assert.equal(await view.page.locator('[data-board] [tabindex="0"]').count(), 1);
  });

  it('goes to the card at the same height', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'ArrowDown', 'ArrowRight');
    assert.equal(await focused(), 'task:10');
  });

  it('grabs, steps, drops: one message, and each step is said', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'm');
    await view.says(
      'Grabbed Write the migration guide. To Do, 3 of 14. Arrows to move, Enter to drop, Escape to cancel.',
    );
    await press('ArrowRight');
    await view.says('In Progress, 2 of 5. Over the limit of 3 cards.');
    await press('ArrowRight');
    await view.says('Review, 1 of 3.');
    await press('ArrowRight');
    await view.says('Customer Test, 2 of 2. Customer will be e-mailed.');
    await press('ArrowLeft', 'ArrowDown');
    await view.says('Review, 2 of 3.');
    assert.equal(await focused(), 'task:3', 'the focus stays with the card');
    assert.deepEqual(moves(), [], 'a step asks for nothing');
    await press('Enter');
    await view.says('Moved to Review, 2 of 3. Control Z to undo.');
    assert.deepEqual(moves(), [{ cardIds: ['task:3'], to: { stageId: 'stage:3', after: 'task:11' } }]);
  });

  it('cancels across four columns without a message, and restores', async () => {
    await open();
    await press(
      'ArrowDown',
      'ArrowDown',
      'Shift+Space',
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
      'ArrowRight',
    );
    await press('Escape');
    await view.says('Move cancelled. Write the migration guide restored.');
    assert.deepEqual(moves(), []);
    assert.equal(await focused(), 'task:3');
    assert.equal(
      await view.page
        .locator('[data-card="task:3"]')
        .evaluate((each) => each.closest('[data-stage]')?.getAttribute('data-stage')),
      'stage:1',
    );
  });

  it('stays within the priority and says why', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'm', 'ArrowUp');
    await view.says('Cards are ordered by priority first: no further place.');
    await press('Control+ArrowDown');
    await view.says('To Do, 5 of 14.');
    await press('ArrowLeft');
    await view.says('No further place.');
    await press('Escape');
  });

  it('keeps what the server sends until the grab ends', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'm', 'ArrowRight');
    await view.show(board([column(1, 'To Do', [card(3, 'Write the migration guide')])], { revision: 2 }));
    assert.equal(await view.page.locator('[data-stage]').count(), 6);
    await press('Escape');
    assert.equal(await view.page.locator('[data-stage]').count(), 1);
    assert.equal(await focused(), 'task:3');
  });

  it('moves at once by the contributed commands, and repeats are one message', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown');
    await view.command('moveDown');
    await view.command('moveDown');
    await view.says('To Do, 5 of 14.');
    assert.deepEqual(moves(), [], 'it waits whether another follows');
    await view.called('moveCards');
    assert.deepEqual(moves(), [{ cardIds: ['task:3'], to: { stageId: 'stage:1', after: 'task:5' } }]);
  });

  it('does not move by Alt+arrow itself: that chord comes as a command', async () => {
    await open();
    await press('ArrowDown', 'Alt+ArrowDown', 'Alt+ArrowRight');
    assert.equal(await focused(), 'task:2');
    await press('ArrowDown');
    assert.deepEqual(moves(), []);
  });

  it('commits a one-shot move when something else begins, and drops it on Escape', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown');
    await view.command('moveRight');
    await press('Escape');
    await view.says('Move cancelled. Write the migration guide restored.');
    await view.command('moveRight');
    await press('y');
    await view.called('copyLink');
    assert.deepEqual(moves(), [{ cardIds: ['task:3'], to: { stageId: 'stage:2', after: 'task:7' } }]);
    assert.deepEqual(view.inputs('copyLink'), [{ cardId: 'task:3' }]);
  });

  it('does not lose a one-shot move when the view loses the focus', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown');
    await view.command('moveRight');
    await view.page.evaluate(() => window.dispatchEvent(new Event('blur')));
    await view.called('moveCards');
    assert.equal(moves()[0].to.stageId, 'stage:2');
  });

  it('keeps a half-typed title through a reload', async () => {
    await open();
    await press('n');
    await view.page.keyboard.type('Half a ti');
    await view.page.waitForFunction(() =>
      JSON.stringify((window as never as { savedState: unknown }).savedState).includes('Half a ti'),
    );
    const state = await view.state();
    await view.close();
    view = await harness.open('board', { state });
    await view.show(fullBoard());
    assert.equal(await view.page.getByLabel('Title of the new card').inputValue(), 'Half a ti');
  });

  it('sends a card to the n-th stage', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'Shift+Digit4');
    await view.says('Moved to Customer Test, 2 of 2. Control Z to undo.');
    assert.deepEqual(moves(), [{ cardIds: ['task:3'], to: { stageId: 'stage:4', after: 'task:13' } }]);
    await press('Shift+Digit9');
    await view.says('There is no stage 9.');
  });

  it('opens, pins at the second Enter, peeks, copies, picks a stage', async () => {
    await open();
    await press('Enter', 'Enter', 'ArrowDown', 'Space', 'y', 's');
    await view.called('pickStage');
    assert.deepEqual(view.inputs('openCard'), [
      { cardId: 'task:1', pin: false },
      { cardId: 'task:1', pin: true },
      { cardId: 'task:2', pin: false },
    ]);
    assert.deepEqual(view.inputs('copyLink'), [{ cardId: 'task:2' }]);
    assert.deepEqual(view.inputs('pickStage'), [{ cardIds: ['task:2'] }]);
    assert.equal(await focused(), 'task:2', 'the focus stays on the board');
  });

  it('selects by x, Shift+arrows and Ctrl+A, and moves what is selected', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'x', 'Shift+ArrowDown');
    await view.says('2 cards selected.');
    assert.equal(await view.page.locator('[aria-selected=true][data-card]').count(), 2);
    await press('m');
    await view.says('Grabbed 2 cards. To Do, 4 of 14. Arrows to move, Enter to drop, Escape to cancel.');
    await press('ArrowRight', 'Enter');
    await view.called('moveCards');
    assert.deepEqual(moves()[0].cardIds, ['task:3', 'task:4']);
    await press('Escape', 'Control+a');
    await view.says('6 of 14 cards selected: those that are loaded.');
  });

  it('archives one card at once, and several only when asked', async () => {
    await open();
    await press('Delete');
    await view.says('Archived Fix login loop after password reset.');
    await press('x', 'ArrowDown', 'x', 'Delete');
    await view.page.getByRole('dialog', { name: 'Archive 2 cards?' }).waitFor();
    await view.page.getByRole('button', { name: 'Cancel' }).click();
    assert.equal(view.inputs('archiveCards').length, 1);
    await press('Delete', 'Enter');
    await view.called('archiveCards', 2);
    assert.deepEqual(view.inputs('archiveCards')[1], { cardIds: ['task:1', 'task:2'] });
  });

  it('renames in place; what is typed survives a snapshot and a refusal', async () => {
    await open();
    view.answer = () => {
      throw new Error('The title is too long.');
    };
    await press('ArrowDown', 'F2');
    const field = view.page.getByRole('textbox', { name: 'New title' });
    await field.fill('Limit the search');
    await view.show(fullBoard({ revision: 2 }));
    assert.equal(await field.inputValue(), 'Limit the search');
    await field.press('Enter');
    await view.says('Not renamed: The title is too long.', 'assertive');
    assert.equal(await field.inputValue(), 'Limit the search');
    view.answer = () => ({ revision: 3 });
    await field.press('Enter');
    await view.says('Renamed to Limit the search.');
    assert.deepEqual(view.inputs('renameCard').at(-1), { cardId: 'task:2', title: 'Limit the search' });
    assert.equal(await focused(), 'task:2');
  });

  it('adds cards on top of the column, one after the other', async () => {
    await open();
    await press('ArrowRight', 'n');
    const field = view.page.getByRole('textbox', { name: 'Title of the new card' });
    await field.fill('First');
    await field.press('Enter');
    await view.says('Added First to In Progress.');
    view.answer = () => {
      throw new Error('The server is not reachable.');
    };
    await field.fill('Second');
    await field.press('Enter');
    await view.says('Not added: The server is not reachable.', 'assertive');
    view.answer = () => ({ revision: 3 });
    await view.page.getByRole('button', { name: 'Try again: Second' }).click();
    await view.says('Added Second to In Progress.');
    assert.deepEqual(
      view.inputs('createCard').map(({ stageId, title }) => [stageId, title]),
      [
        ['stage:2', 'First'],
        ['stage:2', 'Second'],
        ['stage:2', 'Second'],
      ],
    );
    await field.press('Escape');
    assert.equal(await focused(), 'task:7');
  });

  it('filters what is loaded, and says that it is only that', async () => {
    await open();
    await press('/');
    await view.page.keyboard.type('anna');
    await view.says('3 cards match.');
    assert.equal(await view.page.locator('[data-card]').count(), 3);
    assert.ok(await view.page.getByText('Filtering the 15 loaded of 108 cards.').isVisible());
    assert.equal(await view.page.locator('[data-card="task:7"]').getAttribute('aria-setsize'), '1');
    await press('Enter');
    assert.equal(await focused(), 'task:1');
    await press('ArrowRight');
    assert.equal(await focused(), 'task:7');
    await press('/', 'Escape');
    assert.equal(await view.page.locator('[data-card]').count(), 15);
    assert.equal(await focused(), 'task:7', 'the keys are the board’s again');
  });

  it('folds a column for this viewer only', async () => {
    await open();
    await press('ArrowRight', 'f');
    await view.says('In Progress folded.');
    assert.equal(await view.page.locator('[data-stage="stage:2"] [data-card]').count(), 0);
    await press('f');
    assert.equal(await view.page.locator('[data-stage="stage:2"] [data-card]').count(), 4);
    const reading = ['ready', 'focusChanged', 'loadMore', 'wantAvatars'];
    assert.deepEqual(
      view.calls.map(({ name }) => name).filter((name) => !reading.includes(name)),
      [],
    );
  });

  it('asks for a field of the focused card, or of all that are selected', async () => {
    await open();
    await press('a', 'i', 'ArrowDown', 'c');
    await view.called('comment');
    assert.deepEqual(view.inputs('changeField'), [
      { field: 'owners', cardIds: ['task:1'] },
      { field: 'me', cardIds: ['task:1'] },
    ]);
    assert.deepEqual(view.inputs('comment'), [{ cardId: 'task:2' }]);
    await press('x', 'Shift+ArrowDown', 'p', 'd', 't', 's');
    await view.called('pickStage');
    const cardIds = ['task:2', 'task:3'];
    assert.deepEqual(view.inputs('changeField').slice(2), [
      { field: 'priority', cardIds },
      { field: 'due', cardIds },
      { field: 'tags', cardIds },
    ]);
    assert.deepEqual(view.inputs('pickStage'), [{ cardIds }]);
    assert.equal(await focused(), 'task:3', 'the focus stays on the board');
  });

  it('adds a card below the focused one', async () => {
    await open();
    await press('ArrowDown', 'ArrowDown', 'Shift+N');
    const field = view.page.getByRole('textbox', { name: 'Title of the new card' });
    await view.page.getByText('Goes below Write the migration guide.').waitFor();
    await field.fill('Write the release notes');
    await field.press('Enter');
    await view.says('Added Write the release notes to To Do.');
    await field.press('Escape');
    await press('n');
    assert.equal(await view.page.getByText('Goes below').count(), 0);
    await field.fill('On top');
    await field.press('Enter');
    await view.called('createCard', 2);
    assert.deepEqual(
      view.inputs('createCard').map(({ title, after }) => [title, after]),
      [
        ['Write the release notes', 'task:3'],
        ['On top', null],
      ],
    );
  });

  it('takes every key that the help names', async () => {
    await open({}, fullBoard({ columns: fullBoard().columns.slice(0, 3) }));
    const taken = (key: string) =>
      view.page.evaluate((key) => {
        const [last = '', ...before] = key.split('+').reverse();
        const event = new KeyboardEvent('keydown', {
          key: last,
          code: /^[1-9]$/.test(last) ? `Digit${last}` : '',
          ctrlKey: before.includes('Ctrl'),
          shiftKey: before.includes('Shift'),
          bubbles: true,
          cancelable: true,
        });
        const focus = document.activeElement;
        const own = focus?.matches('[data-card]')
          ? focus
          : document.querySelector<HTMLElement>('[data-card]');
        if (own instanceof HTMLElement) own.focus();
        own?.dispatchEvent(event);
        return event.defaultPrevented;
      }, key);
    for (const { strokes = {} } of KEYS.flatMap(({ lines }) => lines))
      for (const key of Object.keys(strokes)) {
        assert.ok(await taken(key), key);
        // What a key opened is closed again: the next one is for the board.
        await view.page.keyboard.press('Escape');
      }
    await view.page.locator('[data-card]').first().click();
    for (const { grabbed = {} } of KEYS.flatMap(({ lines }) => lines))
      for (const key of Object.keys(grabbed)) {
        await view.page.keyboard.press('m');
        assert.ok(await taken(key), `${key}, grabbed`);
        await view.page.keyboard.press('Escape');
      }
  });

  it('shows its keys at ?', async () => {
    await open();
    await press('?');
    const help = view.page.getByRole('dialog', { name: 'Keyboard shortcuts' });
    await help.waitFor();
    for (const words of Object.values(texts.keyLines))
      assert.ok((await help.innerText()).includes(words), words);
    await view.screenshot('help');
    await press('Escape');
    assert.equal(await view.page.getByRole('dialog').count(), 0);
    assert.equal(await focused(), 'task:1');
  });

  it('opens the menu of VS Code for the focused card', async () => {
    await open();
    await view.page.evaluate(() => {
      document.addEventListener('contextmenu', (event) => {
        event.preventDefault();
        const target = event.target as Element;
        document.title = target.closest('[data-vscode-context]')?.getAttribute('data-vscode-context') ?? '';
      });
    });
    await press('ArrowDown', '.');
    assert.deepEqual(JSON.parse(await view.page.title()), {
      webviewSection: 'card',
      cardId: 'task:2',
      preventDefaultContextMenuItems: true,
    });
  });

  it('tells the host of the focus, and only when it changed', async () => {
    await open();
    await view.called('focusChanged', 1);
    await view.show(fullBoard({ revision: 2 }));
    await press('ArrowDown');
    await press('/');
    await view.settle();
    const told = view.inputs('focusChanged').slice(-2);
    assert.deepEqual(told, [
      { cardId: 'task:2', selected: [], boardFocus: true, inputFocus: false },
      { cardId: 'task:2', selected: [], boardFocus: false, inputFocus: true },
    ]);
    const texts = view.inputs('focusChanged').map((each) => JSON.stringify(each));
    assert.ok(
      texts.every((text, index) => text !== texts[index - 1]),
      texts.join('\n'),
    );
  });

  it('walks through one column at a time in a sidebar', async () => {
    await open({ width: 300 });
    const shown = () =>
      view.page
        .locator('[data-stage]:visible')
        .evaluateAll((all) => all.map((each) => each.getAttribute('data-stage')));
    assert.deepEqual(await shown(), ['stage:1']);
    await press('ArrowRight');
    assert.deepEqual(await shown(), ['stage:2']);
    assert.equal(
      await view.page.locator('[role=tab][aria-selected=true]').getAttribute('data-tab'),
      'stage:2',
    );
    await press('ArrowDown', 'm', ']');
    await press('ArrowRight');
    assert.deepEqual(await shown(), ['stage:3']);
    assert.equal(await focused(), 'task:8', 'the focus is on the card that moves');
    await press('Escape');
    assert.deepEqual(await shown(), ['stage:2']);
    assert.equal(await focused(), 'task:8');
  });
});
