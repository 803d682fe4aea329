import assert from 'node:assert/strict';
import { Harness, type ViewPage } from './harness';
import { fullCard, html, people } from './samples';

// The card editor as a user works with it.

describe('the card editor', function () {
  this.timeout(60_000);
  let harness: Harness;
  let view: ViewPage;

  before(async () => (harness = await Harness.start()));
  after(() => harness.stop());
  afterEach(async () => {
    assert.deepEqual(view.problems, []);
    await view.close();
  });

  const open = async (shown = fullCard(), options?: Parameters<Harness['open']>[1]) => {
    view = await harness.open('card', options);
    await view.show(shown);
  };
  const refuse = (sentence: string) => {
    view.answer = () => {
      throw new Error(sentence);
    };
  };
  const comment = () => view.page.getByRole('textbox', { name: 'Comment' });
  const edits = () => view.inputs('editCard').map(({ changes }) => changes);
  const ONE = { connectionId: 'demo', boardId: 'project:7', cardId: 'task:1' };

  it('saves the title on Enter, and leaves it alone on Escape', async () => {
    await open();
    const title = view.page.getByRole('textbox', { name: 'Title', exact: true });
    await title.fill('A better title');
    await title.press('Enter');
    await view.says('Title saved.');
    assert.deepEqual(edits(), [{ title: 'A better title' }]);
    await title.fill('Rubbish');
    await title.press('Escape');
    assert.equal(await title.inputValue(), 'Fix login loop after password reset');
  });

  it('does not let a snapshot overwrite what is being typed, nor a refusal lose it', async () => {
    await open();
    const title = view.page.getByRole('textbox', { name: 'Title', exact: true });
    await title.fill('My title');
    await view.show({ ...fullCard({ title: 'Their title' }), revision: 2 });
    assert.equal(await title.inputValue(), 'My title');
    refuse('The task is locked.');
    await title.press('Enter');
    await view.says('Not saved: The task is locked.', 'assertive');
    assert.equal(await title.inputValue(), 'My title');
  });

  it('changes the stage only when one is chosen, not by passing others', async () => {
    await open();
    view.answer = () => ({ revision: 2 });
    const stage = view.page.getByRole('combobox', { name: 'Stage' });
    await stage.focus();
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('ArrowDown');
    await view.page.keyboard.press('ArrowDown');
    await view.settle();
    assert.deepEqual(edits(), []);
    await view.page.keyboard.press('Enter');
    await view.says('Stage saved.');
    assert.equal(edits().length, 1);
    assert.equal(await stage.evaluate((each) => (each as HTMLSelectElement).value), edits()[0].stage_id);
  });

  it('puts a field back and says why when it is refused', async () => {
    await open();
    refuse('you have no right to change this task.');
    await view.page.getByRole('combobox', { name: 'Priority' }).click();
    await view.page.getByRole('option', { name: 'Low' }).click();
    await view.says('Not saved: you have no right to change this task.', 'assertive');
    assert.equal(
      await view.page
        .getByRole('combobox', { name: 'Priority' })
        .evaluate((each) => (each as HTMLSelectElement).value),
      '3',
    );
    assert.ok(await view.page.locator('.notice').isVisible());
  });

  it('sets and clears the due date', async () => {
    await open();
    const due = view.page.getByLabel('Due date', { exact: true });
    await due.fill('2026-03-13');
    assert.deepEqual(edits(), [], 'not while it is typed');
    await due.press('Enter');
    await view.says('Due date saved.');
    await view.page.getByRole('button', { name: 'Clear the due date' }).click();
    await view.called('editCard', 2);
    assert.deepEqual(edits(), [{ due_date: '2026-03-13' }, { due_date: null }]);
  });

  it('shows the pictures of owners, of authors and of those to pick from', async () => {
    await open();
    const pixel = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';
    await view.called('wantAvatars');
    const [first] = view.inputs('wantAvatars') as { connectionId: string; partnerIds: number[] }[];
    assert.deepEqual([first?.connectionId, first?.partnerIds.sort()], ['demo', [11, 12]]);
    await view.notify('avatars', { connectionId: 'demo', pictures: { 11: pixel } });
    await view.settle();
    const images = (within: string) => view.page.locator(`${within} .avatar img[src="${pixel}"]`).count();
    assert.equal(await images('.chips'), 1);
    assert.equal(await images('.activity'), 2, 'Anna changed something twice');
    assert.equal(await view.page.locator('.activity .avatar').first().innerText(), 'BL');

    view.answer = () => ({ people: [people.eve] });
    await comment().focus();
    await view.page.keyboard.type('@eve');
    await view.page.getByRole('option', { name: /Eve Martin/ }).waitFor();
    await view.called('wantAvatars', 2);
    assert.deepEqual(view.inputs('wantAvatars').at(-1)?.partnerIds, [15]);
    await view.notify('avatars', { connectionId: 'demo', pictures: { 15: pixel } });
    await view.page.locator('.mention .avatar img').waitFor();
  });

  it('assigns people whom the host finds, and shows them at once', async () => {
    await open();
    const zoe = { partnerId: 77, name: 'Zoe Park', initials: 'ZP', email: 'zoe@example.com' };
    view.answer = ({ name }) => (name === 'findPeople' ? { people: [zoe] } : { revision: 9 });
    await view.page.getByRole('button', { name: 'Assign…' }).click();
    await view.page.getByRole('combobox', { name: 'Assignees' }).fill('zoe');
    await view.page.getByRole('option', { name: /Zoe Park/ }).waitFor();
    await view.page.keyboard.press('Enter');
    await view.called('editCard');
    assert.deepEqual(edits(), [{ owners: [11, 12, 77] }]);
    assert.ok(await view.page.locator('.chip', { hasText: 'Zoe Park' }).isVisible());
    await view.page.getByRole('button', { name: 'Unassign Bo Lindqvist' }).click();
    await view.called('editCard', 2);
    assert.deepEqual(edits()[1], { owners: [11, 77] });
  });

  it('gives and takes tags', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Add tag…' }).click();
    await view.page.getByRole('combobox', { name: 'Tags' }).fill('doc');
    await view.page.getByRole('option', { name: 'docs' }).click();
    await view.page.getByRole('button', { name: 'Remove tag bug' }).click();
    const opener = view.page.getByRole('button', { name: 'Add tag…' });
    const hasFocus = () => opener.evaluate((each) => document.activeElement === each);
    assert.ok(await hasFocus(), 'the focus does not get lost with the button');
    await opener.click();
    await view.page.keyboard.press('Escape');
    assert.ok(await hasFocus());
    await view.called('editCard', 2);
    assert.deepEqual(edits()[0], { tags: ['tag:1', 'tag:2', 'tag:4'] });
  });

  it('ticks, edits, adds and removes items of the checklist', async () => {
    await open();
    let revision = 1;
    view.answer = () => ({ revision: ++revision });
    await view.page.getByRole('checkbox', { name: 'Done: Ask support for two affected accounts' }).click();
    await view.called('editCard');
    assert.deepEqual(
      edits()[0].checklist.map((item: { done: boolean }) => item.done),
      [true, true, true],
    );
    const item = view.page.getByRole('textbox', { name: 'Text of the item Write a failing test' });
    await item.fill('Write two failing tests');
    await item.press('Enter');
    await view.called('editCard', 2);
    assert.equal(edits()[1].checklist[0].text, 'Write two failing tests');
    const add = view.page.getByRole('textbox', { name: 'Add an item' });
    await add.fill('Tell the customers');
    await add.press('Enter');
    await view.called('editCard', 3);
    const added = edits()[2].checklist.at(-1);
    assert.deepEqual([added.text, added.done, added.order], ['Tell the customers', false, 4]);
    assert.match(added.id, /^[0-9a-f-]{36}$/);
    await view.page.locator('.item').first().hover();
    await view.page.getByRole('button', { name: 'Remove Write two failing tests' }).click();
    await view.says('Removed Write two failing tests.');
    assert.equal(edits()[3].checklist.length, 3);
  });

  it('edits the description with a preview; it survives a snapshot, a refusal and a reload', async () => {
    await open();
    view.answer = ({ name }) =>
      name === 'renderMarkdown' ? html('<p>New <em>text</em></p>') : { revision: 2 };
    await view.page.getByRole('button', { name: 'Edit the description' }).click();
    const field = () => view.page.getByRole('textbox', { name: 'Description' });
    await field().fill('New *text*');
    await view.page.getByRole('button', { name: 'Preview' }).click();
    assert.equal(await view.page.locator('.previewed em').innerText(), 'text');
    await view.page.getByRole('button', { name: 'Write', exact: true }).click();
    await view.show({ ...fullCard({ descriptionMd: 'Theirs' }), revision: 2 });
    assert.equal(await field().inputValue(), 'New *text*');
    assert.ok(await view.page.getByText('It was changed on the server meanwhile.').isVisible());
    refuse('The server is not reachable.');
    await field().press('Control+Enter');
    await view.says('Not saved: The server is not reachable.', 'assertive');
    assert.equal(await field().inputValue(), 'New *text*');
    const state = await view.state();
    await view.close();

    await open(fullCard(), { state });
    assert.equal(await field().inputValue(), 'New *text*');
    await field().press('Control+Enter');
    await view.says('Description saved.');
    assert.deepEqual(edits(), [{ description_md: 'New *text*' }]);
    assert.equal(await field().count(), 0);
  });

  it('offers Odoo instead of an editor for a text that Markdown cannot hold', async () => {
    await open(fullCard({ descriptionLossy: true }));
    assert.equal(await view.page.getByRole('button', { name: 'Edit the description' }).count(), 0);
    await view.page.locator('.lossy').getByText('Open in Odoo').click();
    await view.called('openInOdoo');
  });

  it('sends a comment with its mentions', async () => {
    await open();
    view.answer = ({ name }) => (name === 'findPeople' ? { people: [] } : { revision: 2 });
    await comment().pressSequentially('Look, @ann');
    await view.page.getByRole('option', { name: /Anna Weber/ }).waitFor();
    await comment().press('Enter');
    await comment().pressSequentially('please');
    assert.equal(await comment().inputValue(), 'Look, @Anna Weber please');
    await view.page.getByText(`Who is mentioned is told too: Anna Weber <${people.anna.email}>`).waitFor();
    await comment().press('Control+Enter');
    await view.says('Comment added.');
    assert.deepEqual(view.inputs('addComment'), [
      { card: ONE, body_md: 'Look, @Anna Weber please', mentions: [people.anna.email] },
    ]);
    assert.equal(await comment().inputValue(), '');
  });

  it('keeps the text of a comment that could not be sent', async () => {
    await open();
    refuse('The server is not reachable.');
    await comment().fill('Important words');
    await comment().press('Control+Enter');
    await view.says('Not sent: The server is not reachable. Your text is kept.', 'assertive');
    assert.equal(await comment().inputValue(), 'Important words');
    await view.called('saveDraft');
    assert.deepEqual(view.inputs('saveDraft'), [{ card: ONE, text: 'Important words' }]);
  });

  it('keeps half-typed texts by card, through a reload and a visit to another card', async () => {
    await open();
    await comment().fill('For card one');
    await view.show(fullCard({ cardId: 'task:2', title: 'Another' }, { draft: 'kept by the host' }));
    assert.equal(await comment().inputValue(), 'kept by the host');
    await view.show(fullCard());
    assert.equal(await comment().inputValue(), 'For card one');
    const state = await view.state();
    assert.deepEqual(state.identity, ONE);
    await view.close();
    await open(fullCard(), { state });
    assert.equal(await comment().inputValue(), 'For card one');
  });

  it('takes a text that the host gives back where nothing is being typed, and only there', async () => {
    await open();
    await view.show(fullCard({}, { draft: 'It was refused' }));
    await view.settle();
    assert.equal(await comment().inputValue(), 'It was refused');
    await comment().fill('Typed since then');
    await view.show(fullCard({}, { draft: 'From another window' }));
    await view.settle();
    assert.equal(await comment().inputValue(), 'Typed since then');
  });

  it('names the card that a text was typed for, even when another one is shown by then', async () => {
    await open();
    await comment().fill('For card one');
    await view.page.getByRole('textbox', { name: 'Title', exact: true }).fill('Title of card one');
    await view.show(fullCard({ cardId: 'task:2', title: 'Another' }));
    await view.called('saveDraft');
    assert.deepEqual(view.inputs('saveDraft'), [{ card: ONE, text: 'For card one' }]);
    for (const { card } of view.inputs('editCard')) assert.deepEqual(card, ONE);
  });

  it('shows all that happened, or the comments alone', async () => {
    await open();
    assert.ok(await view.page.getByText('Stage: To Do → In Progress').isVisible());
    assert.ok(await view.page.getByText('Due date: none → 2026-03-10').isVisible());
    assert.equal(await view.page.locator('.activity li').count(), 3);
    await view.page.getByRole('button', { name: 'Comments' }).click();
    assert.equal(await view.page.locator('.activity li').count(), 1);
    await view.page.getByRole('button', { name: 'Show older' }).click();
    await view.called('loadMoreActivity');
  });

  it('gives every link to the host', async () => {
    await open();
    await view.page.getByRole('link', { name: 'the mail' }).click();
    await view.page.getByRole('link', { name: 'this' }).click({ button: 'middle' });
    await view.called('openLink', 2);
    assert.deepEqual(view.inputs('openLink'), [
      { href: 'https://mail.example.com/inbox' },
      { href: 'https://example.com/a' },
    ]);
    assert.match(view.page.url(), /127\.0\.0\.1/);
  });

  it('goes to related cards, and has the actions of a card', async () => {
    await open();
    await view.page.getByRole('button', { name: 'Upgrade the session library' }).click();
    await view.page.getByRole('button', { name: 'Copy link' }).click();
    await view.says('Link copied.');
    await view.page.getByRole('button', { name: 'Open in Odoo' }).click();
    await view.page.getByRole('button', { name: 'Refresh' }).click();
    await view.says('Refreshed.');
    await view.page.getByRole('button', { name: 'Archive' }).click();
    await view.called('archive');
    assert.deepEqual(view.inputs('openCard'), [{ cardId: 'task:92' }]);
    assert.equal(view.inputs('openInOdoo').length, 1);
  });

  it('says why a card was not archived', async () => {
    await open();
    refuse('This could not be saved on your machine, so it was not done: the disk is full.');
    await view.page.getByRole('button', { name: 'Archive' }).click();
    await view.page.locator('.notice').filter({ hasText: 'the disk is full' }).waitFor();
    assert.ok(await view.page.getByRole('button', { name: 'Archive' }).isVisible());
  });

  it('gives the focus to the comment or the title when the host asks', async () => {
    await open();
    await view.command('focusComment');
    await view.page.keyboard.type('Hi');
    assert.equal(await comment().inputValue(), 'Hi');
    await view.command('focusTitle');
    assert.equal(await view.page.evaluate(() => document.activeElement?.getAttribute('aria-label')), 'Title');
  });

  it('never is blank: loading, gone, failed', async () => {
    view = await harness.open('card');
    await view.page.locator('[aria-busy=true] .bone').first().waitFor();
    await view.show(fullCard({}, { status: 'gone', card: null }));
    assert.ok(await view.page.getByText('This card is no longer there').isVisible());
    await view.show(
      fullCard(
        {},
        {
          status: 'failed',
          card: null,
          problem: { sentence: 'You are signed out.', action: { label: 'Sign In', does: 'signIn' } },
        },
      ),
    );
    await view.page.getByRole('button', { name: 'Sign In' }).click();
    await view.called('act');
    assert.deepEqual(view.inputs('act'), [{ does: 'signIn' }]);
  });
});
