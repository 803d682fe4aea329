import assert from 'node:assert/strict';
import { Harness, type ViewPage } from './harness';
import { fullBoard, fullCard } from './samples';

// The views in another display language: every text comes from the bundle that the page brings.

const ENGLISH = /\b(the|and|card|cards|stage|filter|due|overdue|days|limit|tags|comment|save|edit|of)\b/i;

describe('the views in French and Spanish', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  /** What the view itself says: texts of its elements and names, without what the samples hold. */
  const words = () =>
    view.page.evaluate(() =>
      [
        ...document.querySelectorAll<HTMLElement>(
          'button, [title], [placeholder], label, dt, dd, h3, .over-limit',
        ),
      ]
        .filter((element) => !element.closest('[data-card]'))
        .flatMap(({ title, ariaLabel, textContent, attributes }) => [
          title,
          ariaLabel ?? '',
          attributes.getNamedItem('placeholder')?.value ?? '',
          textContent ?? '',
        ])
        .map((text) => text.trim()),
    );

  it('shows a board in French', async () => {
    view = await harness.open('board', { language: 'fr' });
    await view.show(fullBoard());
    const name =
      /Priorité urgente.*Échéance : 2 jours de retard, en retard.*Étiquettes bug, api.*3 commentaires/;
    assert.equal(await view.page.getByRole('option', { name }).count(), 1);
    assert.ok(await view.page.getByText('1 au-dessus de la limite').isVisible());
    await view.page.locator('[data-card="task:1"]').focus();
    await view.page.keyboard.press('?');
    await view.page.getByRole('dialog').waitFor();
    const english = (await words()).filter((text) => ENGLISH.test(text) && !/Website|In Progress/.test(text));
    assert.deepEqual(english, []);
    await view.screenshot('board-fr');
  });

  it('says moves in Spanish', async () => {
    view = await harness.open('board', { language: 'es' });
    await view.show(fullBoard());
    await view.page.locator('[data-card="task:1"]').focus();
    await view.page.keyboard.press('m');
    await view.says(
      'Fix login loop after password reset: cogida. To Do, 1 de 14. Flechas para mover, Intro para soltar, Esc para cancelar.',
    );
    await view.page.keyboard.press('Escape');
  });

  it('shows the card editor in French', async () => {
    view = await harness.open('card', { language: 'fr' });
    await view.show(fullCard());
    await view.page.getByText('Échéance', { exact: true }).first().waitFor();
    const english = (await words()).filter((text) =>
      /^(Stage|Priority|Due date|Tags|Edit|Comment|Refresh)$/.test(text),
    );
    assert.deepEqual(english, []);
    await view.screenshot('card-fr');
  });
});
