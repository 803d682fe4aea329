import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { BoardPage, signIn } from './boardPage';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';
import { api, makeBoard, startServe, type TestBoard, type TestServer } from './server';

const BOARDS = ['Board of the first firm', 'Board of the second firm'] as const;
const TITLES = ['Card of the first firm', 'Card of the second firm'] as const;

/** A card's editor, by the title that stands in it. */
const editorOf = (title: string) => ({ has: `main.sheet:has(h1:text-is("${title}"))` });

/** Everything that a window wrote: settings, storage, journals, snapshots, logs; not the extensions themselves. */
async function artefacts(folder: string): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => !path.startsWith(join(folder, 'extensions')));
  // One byte a letter: a token is found in a database file, too.
  return Promise.all(
    paths.map(async (path) => ({ path, text: await readFile(path, 'latin1').catch(() => '') })),
  );
}

interface Facts {
  card_id: string;
  title: string;
  description_md?: string | null;
}

describe('two accounts whose cards have equal ids', function () {
  this.timeout(240_000);
  const servers: TestServer[] = [];
  const boards: TestBoard[] = [];
  let workbench: Workbench;

  before(async () => {
    for (const each of [0, 1] as const) {
      const server = await startServe();
      servers.push(server);
      boards.push(await makeBoard(server, BOARDS[each], [TITLES[each]]));
    }
    workbench = await openWorkbench({ width: 1400, height: 900 });
    for (const server of servers) await signIn(workbench, server.url, server);
  });
  after(async () => {
    await workbench?.close();
    for (const server of servers) await server.stop();
  });
  keepEvidence(() => workbench);

  /** The one card of a firm's board, as its server has it. */
  async function onServer(each: 0 | 1): Promise<Facts> {
    const path = `/boards/${boards[each]!.boardId}/cards`;
    const { cards } = await api<{ cards: Facts[] }>(servers[each]!, 'GET', path);
    return api<Facts>(servers[each]!, 'GET', `/cards/${cards[0]!.card_id}`);
  }

  /** Opens a firm's board, and its card in the preview. */
  async function openCard(each: 0 | 1) {
    await workbench.runCommand('Taskboard: Open Board…');
    await workbench.quickInput(BOARDS[each], { asked: 'Open which board?' });
    const has = `body[data-vscode-context*="editor"] main[data-board][aria-label*="${BOARDS[each]}"] [role=option]`;
    const board = new BoardPage(await workbench.webviewFrame({ has }));
    await board.card(TITLES[each]).click();
    await workbench.page.keyboard.press('Enter');
    return workbench.webviewFrame(editorOf(TITLES[each]));
  }

  it('has the same ids on both servers, or it would show nothing', async () => {
    assert.equal((await onServer(0)).card_id, (await onServer(1)).card_id);
    assert.equal(boards[0]!.boardId, boards[1]!.boardId);
  });

  it('shows nothing of what was typed for the one in the other, and saves each where it belongs', async () => {
    const first = await openCard(0);
    await first.getByRole('button', { name: 'Edit the description' }).click();
    await first.getByRole('textbox', { name: 'Description' }).fill('A secret of the first firm');
    await first.locator('.composer textarea').fill('Said among the first');

    const second = await openCard(1);
    assert.equal(await second.locator('.composer textarea').inputValue(), '');
    await second.getByRole('button', { name: 'Edit the description' }).click();
    const text = second.getByRole('textbox', { name: 'Description' });
    assert.equal(await text.inputValue(), '');
    await text.fill('Of the second firm');
    await workbench.screenshot('second-firm');
    await text.press('Control+Enter');
    await second.getByText('Description saved.').waitFor({ state: 'attached' });

    const again = await openCard(0);
    assert.equal(await again.locator('.composer textarea').inputValue(), 'Said among the first');
    const draft = again.getByRole('textbox', { name: 'Description' });
    assert.equal(await draft.inputValue(), 'A secret of the first firm');
    await workbench.screenshot('first-firm-again');
    assert.equal((await onServer(1)).description_md, 'Of the second firm');
    assert.ok(!(await onServer(0)).description_md);
  });

  it('keeps a description that was being typed when its tab was closed, and says that it is a draft', async () => {
    await workbench.runCommand('View: Close Editor');
    const again = await openCard(0);
    const draft = again.getByRole('textbox', { name: 'Description' });
    assert.equal(await draft.inputValue(), 'A secret of the first firm');
    await again.getByText('This is your draft. It is not saved yet.').waitFor();
    await workbench.screenshot('draft');
    await draft.press('Control+Enter');
    await again.getByText('Description saved.').waitFor({ state: 'attached' });
    assert.equal((await onServer(0)).description_md, 'A secret of the first firm');
    assert.equal((await onServer(1)).description_md, 'Of the second firm');
  });

  it('restores the card that was shown last after a reload of the window', async () => {
    await openCard(1);
    await workbench.reload();
    const restored = await workbench.webviewFrame(editorOf(TITLES[1]));
    await restored.getByText('Of the second firm', { exact: true }).waitFor();
  });

  it('leaves no secret in any file of the whole session, and no text of a card in a log', async () => {
    const files = await artefacts(workbench.userDataDir);
    const holding = (text: string) =>
      files.filter((file) => file.text.includes(text)).map(({ path }) => path);
    assert.notDeepEqual(holding('Of the second firm'), [], 'the search finds what is kept on purpose');
    for (const { token } of servers) assert.deepEqual(holding(token), []);
    const logs = files.filter(({ path }) => path.endsWith('.log'));
    assert.ok(logs.length > 0);
    for (const text of [
      'A secret of the first firm',
      'Of the second firm',
      'Said among the first',
      ...TITLES,
    ])
      assert.deepEqual(
        logs.filter((log) => log.text.includes(text)).map(({ path }) => path),
        [],
      );
  });

  it('breaks no content security policy and throws no error in a webview', () => {
    assert.deepEqual(workbench.violations(), []);
  });
});
