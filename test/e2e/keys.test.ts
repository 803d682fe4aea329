import assert from 'node:assert/strict';
import { BoardPage, signIn } from './boardPage';
import { BOARD_TAB } from './mainJob';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

// Every action without a mouse: the help's own rows, as a person reads them in VS Code, and what each key does.

const BOARD = 'Keys only';
const TO_DO = ['Apple', 'Banana', 'Cherry', 'Date'];
const IN_PROGRESS = ['Elder', 'Fig'];
const DONE = ['Grape'];

/** A row of the help: its keys and words as they are shown, and what pressing each of them must do. */
type Row = [keys: string, says: string, does: (strokes: string[]) => Promise<void>];

describe('the board without a mouse', function () {
  this.timeout(120_000);
  let server: TestServer;
  let board: TestBoard;
  let workbench: Workbench;
  let page: BoardPage;

  before(async () => {
    server = await startServe();
    board = await makeBoard(server, BOARD, TO_DO);
    for (const [stage, titles] of [
      ['In Progress', IN_PROGRESS],
      ['Done', DONE],
    ] as const)
      for (const title of titles.toReversed())
        await api(server, 'POST', '/cards', {
          board_id: board.boardId,
          stage_id: board.stages[stage],
          title,
          position: { after: null },
        });
    workbench = await openWorkbench({ width: 1500, height: 800 });
    await signIn(workbench, server.url, server);
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARD, { asked: 'Open which board?' });
    page = new BoardPage(await workbench.webviewFrame(BOARD_TAB));
    await workbench.runCommand('Taskboard: Focus Board');
    await page.focusOn('Apple');
  });
  after(async () => {
    await workbench?.close();
    await server?.stop();
  });
  keepEvidence(() => workbench);

  // Each row begins with the board as the one before has left it: after a failure the others would tell nothing.
  let broken = false;
  beforeEach(function () {
    if (broken) this.skip();
  });
  afterEach(function () {
    broken ||= this.currentTest?.state === 'failed';
  });

  const press = async (...strokes: (string | undefined)[]) => {
    for (const stroke of strokes) await workbench.page.keyboard.press(stroke!);
  };
  const type = (text: string) => workbench.page.keyboard.type(text);
  /** Walks to a card. */
  const go = async (title: string) => {
    const columns = [await page.titles('To Do'), await page.titles('In Progress'), await page.titles('Done')];
    const column = columns.findIndex((titles) => titles.includes(title));
    await press('Control+Home');
    for (let at = 0; at < column; at++) await press('ArrowRight');
    await press('Home');
    for (let at = 0; at < columns[column]!.indexOf(title); at++) await press('ArrowDown');
    await page.focusOn(title);
  };
  /** VS Code learns a moment after the page that the board has the focus again; what the host answers is after that. */
  const known = async () => {
    await page.frame.locator('[data-card]:focus').waitFor();
    await press('y');
    await page.says('Link copied.');
  };
  const undo = async (said: string) => {
    await known();
    await press('Control+z');
    await page.says(said);
    await untouched();
  };
  const untouched = async () => {
    await page.shows('To Do', TO_DO);
    await page.shows('In Progress', IN_PROGRESS);
    await page.shows('Done', DONE);
  };
  const heard = (text: RegExp) =>
    page.frame.locator('[data-live=polite]').filter({ hasText: text }).waitFor({ state: 'attached' });
  const without = (title: string) => TO_DO.filter((each) => each !== title);
  const editor = () => workbench.webviewFrame({ has: '.composer' });
  const backToBoard = async (title: string) => {
    await workbench.runCommand('Taskboard: Focus Board');
    await page.focusOn(title);
    await workbench.runCommand('View: Close Editors in Other Groups');
    await page.focusOn(title);
  };

  const rows: Row[] = [
    [
      '↑ ↓ or k j',
      'Card before, after',
      async ([up, down, k, j]) => {
        await go('Banana');
        for (const [stroke, title] of [
          [down, 'Cherry'],
          [up, 'Banana'],
          [j, 'Cherry'],
          [k, 'Banana'],
        ] as const) {
          await press(stroke);
          await page.focusOn(title);
        }
      },
    ],
    [
      '← → or h l',
      'Column before, after',
      async ([left, right, h, l]) => {
        await go('Apple');
        for (const [stroke, title] of [
          [right, 'Elder'],
          [left, 'Apple'],
          [l, 'Elder'],
          [h, 'Apple'],
        ] as const) {
          await press(stroke);
          await page.focusOn(title);
        }
      },
    ],
    [
      'Home End',
      'First, last card of the column',
      async ([home, end]) => {
        await go('Banana');
        await press(end);
        await page.focusOn('Date');
        await press(home);
        await page.focusOn('Apple');
      },
    ],
    [
      'Ctrl+Home Ctrl+End',
      'First, last column',
      async ([first, last]) => {
        await go('Elder');
        await press(last);
        await page.focusOn('Grape');
        await press(first);
        await page.focusOn('Apple');
      },
    ],
    [
      '[ ]',
      'Stage before, after',
      async ([before, after]) => {
        await go('Apple');
        await press(after);
        await page.focusOn('Elder');
        await press(before);
        await page.focusOn('Apple');
      },
    ],
    [
      'm or Shift+Space',
      'Grab, to move it by keys',
      async (strokes) => {
        for (const stroke of strokes) {
          await go('Banana');
          await press(stroke);
          await page.says('Grabbed Banana. To Do, 2 of 4. Arrows to move, Enter to drop, Escape to cancel.');
          await press('Escape');
          await page.says('Move cancelled. Banana restored.');
        }
      },
    ],
    [
      'Alt+↑ ↓ ← →',
      'Move at once',
      async ([up, down, left, right]) => {
        for (const [stroke, title, stage, titles] of [
          [up, 'Banana', 'To Do', ['Banana', 'Apple', 'Cherry', 'Date']],
          [down, 'Banana', 'To Do', ['Apple', 'Cherry', 'Banana', 'Date']],
          [left, 'Elder', 'To Do', ['Elder', ...TO_DO]],
          [right, 'Banana', 'In Progress', ['Banana', ...IN_PROGRESS]],
        ] as const) {
          await go(title);
          await press(stroke);
          await page.shows(stage, titles);
          await press('Escape'); // it is not committed yet
          await untouched();
        }
      },
    ],
    [
      's',
      'Move to a stage…',
      async ([s]) => {
        await go('Banana');
        await press(s);
        await workbench.quickInput('Done', { asked: 'Stage on' });
        await page.shows('Done', ['Banana', ...DONE]);
        await page.says('Moved to Done. Control Z to undo.');
        await undo('Move undone.');
      },
    ],
    [
      'Shift+1 … 9',
      'Move to that stage',
      async ([first, second, third, ...others]) => {
        await go('Banana');
        await press(second);
        await page.says('Moved to In Progress, 1 of 3. Control Z to undo.');
        await press(third);
        await page.says('Moved to Done, 1 of 2. Control Z to undo.');
        await press(first);
        await page.says('Moved to To Do, 1 of 4. Control Z to undo.');
        for (const [index, stroke] of others.entries()) {
          await press(stroke);
          await page.says(`There is no stage ${index + 4}.`);
        }
        for (const stage of ['Done', 'In Progress'] as const) {
          await known();
          await press('Control+z');
          await page.says('Move undone.');
          await page.inColumn(stage, 'Banana').waitFor();
        }
        await undo('Move undone.');
      },
    ],
    [
      'Ctrl+Z',
      'Undo',
      async ([undoing]) => {
        await go('Banana');
        await press('Shift+Digit2');
        await page.says('Moved to In Progress, 1 of 3. Control Z to undo.');
        await known();
        await press(undoing);
        await page.says('Move undone.');
        await untouched();
      },
    ],
    [
      'Ctrl+Shift+Z',
      'Redo',
      async ([redoing]) => {
        await known();
        await press(redoing);
        await page.says('Move redone.');
        await page.shows('In Progress', ['Banana', ...IN_PROGRESS]);
        await undo('Move undone.');
      },
    ],
    [
      '↑ ↓ ← → or h j k l',
      'One place on',
      async ([up, down, left, right, h, j, k, l]) => {
        await go('Banana');
        await press('m');
        for (const [stroke, said] of [
          [up, 'To Do, 1 of 4.'],
          [down, 'To Do, 2 of 4.'],
          [right, 'In Progress, 1 of 3.'],
          [left, 'To Do, 2 of 4.'],
          [j, 'To Do, 3 of 4.'],
          [k, 'To Do, 2 of 4.'],
          [l, 'In Progress, 1 of 3.'],
          [h, 'To Do, 2 of 4.'],
        ] as const) {
          await press(stroke);
          await page.says(said);
        }
        await press('Escape');
        await untouched();
      },
    ],
    [
      'Ctrl+↑ ↓ ← → or Home End',
      'As far as it goes',
      async ([up, down, left, right, home, end]) => {
        await go('Banana');
        await press('m');
        for (const [stroke, said] of [
          [right, 'Done, 1 of 2.'],
          [down, 'Done, 2 of 2.'],
          [up, 'Done, 1 of 2.'],
          [left, 'To Do, 2 of 4.'],
          [end, 'To Do, 4 of 4.'],
          [home, 'To Do, 1 of 4.'],
        ] as const) {
          await press(stroke);
          await page.says(said);
        }
        await press('Escape');
        await untouched();
      },
    ],
    [
      'Enter or Space or m',
      'Drop it here',
      async (strokes) => {
        for (const stroke of strokes) {
          await go('Banana');
          await press('m', 'ArrowRight', stroke);
          await page.says('Moved to In Progress, 1 of 3. Control Z to undo.');
          await page.shows('In Progress', ['Banana', ...IN_PROGRESS]);
          await undo('Move undone.');
        }
      },
    ],
    [
      'Escape',
      'Put it back',
      async ([escape]) => {
        await go('Banana');
        await press('m', 'ArrowRight');
        await page.shows('In Progress', ['Banana', ...IN_PROGRESS]);
        await press(escape);
        await page.says('Move cancelled. Banana restored.');
        await untouched();
        await page.focusOn('Banana');
      },
    ],
    [
      'Enter',
      'Open; again to keep it open',
      async ([enter]) => {
        await go('Banana');
        await press(enter);
        await workbench.tab('Banana').waitFor();
        await page.focusOn('Banana');
        await press(enter);
        const card = await editor();
        await card.waitForFunction(() => document.hasFocus());
        await workbench.runCommand('Taskboard: Focus Board');
        await page.focusOn('Banana');
        await press('ArrowDown', 'Space');
        await workbench.tab('Cherry').waitFor();
        assert.ok(await workbench.tab('Banana').isVisible(), 'it is kept');
        await backToBoard('Cherry');
      },
    ],
    [
      'Space',
      'Peek',
      async ([space]) => {
        await go('Banana');
        await press(space);
        await workbench.tab('Banana').waitFor();
        await page.focusOn('Banana');
        await press('ArrowDown', space);
        await workbench.tab('Cherry').waitFor();
        assert.equal(await workbench.tab('Banana').count(), 0, 'one preview is used again');
        await page.focusOn('Cherry');
        await backToBoard('Cherry');
      },
    ],
    [
      'n',
      'New card on top of the column',
      async ([n]) => {
        await go('Banana');
        await press(n);
        await page.frame.getByLabel('Title of the new card').and(page.frame.locator(':focus')).waitFor();
        await type('Honeydew');
        await press('Enter');
        await page.says('Added Honeydew to To Do.');
        await page.shows('To Do', ['Honeydew', ...TO_DO]);
        await press('Escape');
        await page.focusOn('Banana');
        await undo('New card undone.');
      },
    ],
    [
      'Shift+N',
      'New card below this one',
      async ([n]) => {
        await go('Banana');
        await press(n);
        await page.frame.getByText('Goes below Banana.').waitFor();
        await type('Honeydew');
        await press('Enter');
        await page.shows('To Do', ['Apple', 'Banana', 'Honeydew', 'Cherry', 'Date']);
        await press('Escape');
        await page.focusOn('Banana');
        await undo('New card undone.');
      },
    ],
    [
      'e or F2',
      'Rename',
      async (strokes) => {
        for (const stroke of strokes) {
          await go('Banana');
          await press(stroke);
          await page.frame.getByLabel('New title').and(page.frame.locator(':focus')).waitFor();
          await type('Blueberry');
          await press('Enter');
          await page.says('Renamed to Blueberry.');
          await page.focusOn('Blueberry');
          await undo('Change undone.');
        }
      },
    ],
    [
      'c',
      'Comment',
      async ([c]) => {
        await go('Banana');
        await press(c);
        await (await editor()).locator('.composer textarea:focus').waitFor();
        await backToBoard('Banana');
      },
    ],
    [
      'y',
      'Copy link',
      async ([y]) => {
        await go('Banana');
        await press(y);
        await page.says('Link copied.');
        assert.match(await workbench.clipboard(), /^[a-z-]+:\/\/.*card/);
      },
    ],
    [
      '. or Shift+F10',
      'Menu',
      async (strokes) => {
        for (const stroke of strokes) {
          await go('Banana');
          await press(stroke);
          const entry = workbench.page.getByRole('menuitem', { name: 'Move Card to Stage…' });
          await entry.waitFor();
          // It has the keys a moment later: one that comes before goes to the board, and the focus nowhere.
          await workbench.page.locator('.monaco-menu:focus-within').waitFor();
          await press('Escape');
          await entry.waitFor({ state: 'detached' });
          await page.focusOn('Banana');
        }
      },
    ],
    [
      'a',
      'Assign…',
      async ([a]) => {
        await go('Banana');
        await press(a);
        await workbench.asking('Assign Banana').waitFor();
        await press('ArrowDown', 'Space', 'Enter');
        await heard(/^Assigned to .+\. Control Z to undo\.$/);
        await undo('Change undone.');
      },
    ],
    [
      'i',
      'Assign to me, or no longer',
      async ([i]) => {
        await go('Banana');
        await press(i);
        await page.says('Assigned to you. Control Z to undo.');
        await press(i);
        await page.says('No longer assigned to you. Control Z to undo.');
        await known();
        await press('Control+z');
        await page.says('Change undone.');
        await undo('Change undone.');
      },
    ],
    [
      'p',
      'Priority…',
      async ([p]) => {
        await go('Banana');
        await press(p);
        await workbench.quickInput('Urgent', { asked: 'Priority of Banana' });
        await page.says('Priority Urgent. Control Z to undo.');
        await page.shows('To Do', ['Banana', ...without('Banana')]); // cards stand by priority first
        await undo('Change undone.');
      },
    ],
    [
      'd',
      'Due date…',
      async ([d]) => {
        await go('Banana');
        await press(d);
        await workbench.quickInput('+3d', { asked: 'Due date of Banana' });
        await page.card('Banana').getByText('Due in 3 days').waitFor({ state: 'attached' });
        await undo('Change undone.');
      },
    ],
    [
      't',
      'Tags…',
      async ([t]) => {
        await go('Banana');
        await press(t);
        await workbench.asking('Tags of Banana').waitFor();
        await press('ArrowDown', 'Space', 'Enter');
        await heard(/^Tags .+\. Control Z to undo\.$/);
        await undo('Change undone.');
      },
    ],
    [
      'Delete',
      'Archive',
      async ([del]) => {
        await go('Banana');
        await press(del);
        await page.says('Archived Banana.');
        await page.shows('To Do', without('Banana'));
        await page.focusOn('Cherry');
        await undo('Archiving undone.');
      },
    ],
    [
      'x',
      'Select or unselect',
      async ([x]) => {
        await go('Banana');
        await press(x);
        await page.says('1 card selected.');
        await press(x);
        await page.says('Nothing selected.');
      },
    ],
    [
      'Shift+↑ ↓',
      'Extend the selection',
      async ([up, down]) => {
        await go('Banana');
        await press(down);
        await page.says('2 cards selected.');
        await press(up);
        await page.says('1 card selected.');
        await press('Escape');
      },
    ],
    [
      'Ctrl+A',
      'Select the column',
      async ([all]) => {
        await go('Banana');
        await press(all);
        await page.says('4 cards selected.');
        assert.equal(await selected(), 4);
      },
    ],
    [
      'Escape',
      'Select nothing',
      async ([escape]) => {
        assert.equal(await selected(), 4);
        await press(escape);
        assert.equal(await selected(), 0);
      },
    ],
    [
      '/',
      'Filter the cards',
      async ([slash]) => {
        await go('Banana');
        await press(slash);
        await page.frame.getByLabel('Filter cards').and(page.frame.locator(':focus')).waitFor();
        await type('cherry');
        await page.says('1 card matches.');
        await page.shows('To Do', ['Cherry']);
        await press('Escape');
        await page.focusOn('Cherry');
        await untouched();
      },
    ],
    [
      'f',
      'Fold or unfold the column',
      async ([f]) => {
        await go('Banana');
        await press(f);
        await page.says('To Do folded.');
        await page.shows('To Do', []);
        await press(f);
        await page.says('To Do unfolded.');
        await untouched();
      },
    ],
    [
      '?',
      'This help',
      async ([question]) => {
        await press(question);
        await help().waitFor();
        await press('Escape');
        await help().waitFor({ state: 'detached' });
      },
    ],
  ];

  const help = () => page.frame.getByRole('dialog', { name: 'Keyboard shortcuts' });
  const selected = () => page.frame.locator('[data-card][aria-selected=true]').count();

  it('lists its keys at ?, and each of them has a test below', async () => {
    await press('?');
    await help().waitFor();
    const shown = await help()
      .locator('dl > div')
      .evaluateAll((all) =>
        all.map((each) =>
          ['dt', 'dd'].map((part) => each.querySelector(part)?.textContent?.replace(/\s+/g, ' ').trim()),
        ),
      );
    await workbench.screenshot('help');
    await press('Escape');
    assert.deepEqual(
      shown,
      rows.map(([keys, says]) => [keys, says]),
    );
  });

  for (const [keys, says, does] of rows) it(`${keys}: ${says}`, () => does(strokesOf(keys)));

  it('has left the server as it was: whatever was done is undone there too', async () => {
    await page.sent();
    for (const [stage, titles] of [
      ['To Do', TO_DO],
      ['In Progress', IN_PROGRESS],
      ['Done', DONE],
    ] as const) {
      const path = `/boards/${board.boardId}/cards?stage=${board.stages[stage]}`;
      const { cards } = await api<{ cards: { title: string }[] }>(server, 'GET', path);
      assert.deepEqual(
        cards.map(({ title }) => title),
        titles,
      );
    }
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});

const NAMES: Record<string, string> = {
  '↑': 'ArrowUp',
  '↓': 'ArrowDown',
  '←': 'ArrowLeft',
  '→': 'ArrowRight',
};

/** The keys of a row of the help, as a driver presses them: `Alt+↑ ↓` are two, `Shift+1 … 9` are nine. */
function strokesOf(shown: string): string[] {
  return shown.split(' or ').flatMap((part) => {
    const range = /^Shift\+([1-9]) … ([1-9])$/.exec(part);
    if (range)
      return Array.from(
        { length: Number(range[2]) - Number(range[1]) + 1 },
        (_, index) => `Shift+Digit${Number(range[1]) + index}`,
      );
    let chord = '';
    return part.split(' ').map((each) => {
      const [, modifiers = chord, key = ''] = /^((?:(?:Ctrl|Shift|Alt)\+)+)?(.+)$/.exec(each) ?? [];
      chord = modifiers;
      const name = NAMES[key] ?? (modifiers.startsWith('Ctrl') && key.length === 1 ? key.toLowerCase() : key);
      return modifiers.replace('Ctrl', 'Control') + name;
    });
  });
}
