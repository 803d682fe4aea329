import assert from 'node:assert/strict';
import { axeFindings } from '../axe';
import { Harness, type View, type ViewPage } from './harness';
import { fullBoard, fullCard } from './samples';
import { THEMES } from './themes';

// axe over both views in four themes and three widths, and in the states that change the page most; with a picture of
// each in test-results/webview for whoever wants to look.

const WIDTHS = [280, 600, 1200];

describe('accessibility', function () {
  this.timeout(120_000);
  let harness: Harness;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());

  const check = async (view: ViewPage, what: string) => {
    await view.settle();
    assert.deepEqual(await axeFindings(view.page), [], what);
    assert.deepEqual(view.problems, [], what);
  };

  for (const theme of THEMES)
    for (const width of WIDTHS)
      for (const name of ['board', 'card'] satisfies View[])
        it(`finds nothing in the ${name}, ${theme}, ${width} px`, async () => {
          const view = await harness.open(name, { theme, width, height: name === 'card' ? 1000 : 760 });
          await view.show(name === 'board' ? fullBoard() : fullCard());
          await view.screenshot(`${name}-${theme}-${width}`);
          await check(view, 'at rest');
          // What a state adds is checked once a theme.
          if (width !== 1200) return view.close();
          if (name === 'board') {
            await view.command('focusBoard');
            await view.page.keyboard.press('x');
            await view.page.keyboard.press('ArrowDown');
            await check(view, 'with a selection');
            await view.page.keyboard.press('m');
            await view.page.keyboard.press('ArrowRight');
            await check(view, 'with a grabbed card');
            await view.page.keyboard.press('Escape');
            await view.page.keyboard.press('F2');
            await check(view, 'while renaming');
            await view.page.keyboard.press('Escape');
            await view.page.keyboard.press('?');
            await check(view, 'with help');
          } else {
            await view.page.getByRole('button', { name: 'Edit the description' }).click();
            await view.page.getByRole('button', { name: 'Assign…' }).click();
            await view.page.getByRole('option').first().waitFor();
            await check(view, 'while editing');
          }
          await view.close();
        });

  it('finds nothing in the states without cards, and with messages', async () => {
    const problem = {
      sentence: 'You are signed out.',
      action: { label: 'Sign In', does: 'signIn' as const },
    };
    for (const theme of THEMES) {
      const board = await harness.open('board', { theme });
      await check(board, `${theme}, loading`);
      await board.show(fullBoard({ columns: [], status: 'signedOut', problem }));
      await check(board, `${theme}, signed out`);
      await board.show(fullBoard({ problem }));
      await board.notify('announce', { text: 'Not moved: no right.', kind: 'error' });
      await check(board, `${theme}, with messages`);
      await board.close();
      const card = await harness.open('card', { theme });
      await card.show(fullCard({}, { status: 'gone', card: null }));
      await check(card, `${theme}, gone`);
      await card.close();
    }
  });
});
