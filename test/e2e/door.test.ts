import assert from 'node:assert/strict';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { root } from '../../scripts/lib/prepare.mjs';
import { hostileTexts, toTheEye } from '../hostileTexts';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';

// Every door of src/widgets with every hostile text, in a real VS Code: nothing of a text becomes a link or an icon,
// no command runs, and the text can be read.

interface Surface {
  /** Where VS Code shows it. */
  place: string;
  /** What has to be done until it is in sight. */
  reveal?: (workbench: Workbench) => Promise<void>;
}

// In the list of all: of more than three in 800 ms VS Code itself shows no toast.
const NOTICE = '.notifications-center .notification-list-item';
const QUICK = '.quick-input-widget:visible';
const STATUS = '.part.statusbar .statusbar-item';
const TAB = '.tabs-container [role="tab"]';

/** By the function of src/widgets; after a comma a part of it that does not show at once. */
const surfaces: Record<string, Surface> = {
  notify: { place: NOTICE },
  tell: { place: NOTICE },
  offer: { place: NOTICE },
  confirm: { place: '.monaco-dialog-box' },
  askText: { place: QUICK },
  'askText, its remark': {
    place: QUICK,
    reveal: async ({ page }) => {
      await page.locator(`${QUICK} input[type=text]`).waitFor();
      await page.keyboard.type('b');
    },
  },
  openInput: { place: QUICK },
  'openInput, its problem': { place: QUICK },
  pickOne: { place: QUICK },
  findOne: { place: QUICK },
  'findOne that fails': { place: QUICK },
  pickMany: { place: QUICK },
  flash: { place: STATUS },
  StatusEntry: { place: STATUS },
  busyInStatusBar: { place: STATUS },
  busyInNotice: { place: NOTICE },
  treeRow: { place: '.part.sidebar [role="treeitem"]' },
  openPanel: { place: TAB },
  setTitle: { place: TAB },
  openDiff: { place: TAB },
  accountInformation: {
    place: '.monaco-menu [role="menuitem"]',
    reveal: async ({ page }) => {
      await page.locator('.activitybar [aria-label^="Accounts"]').first().click();
      await page.locator('.monaco-menu').first().waitFor();
    },
  },
};

/** The texts of which every kind of widget would make something; all of them go through the unit tests of the door. */
const TRIED = [
  'command link',
  'link with a title',
  'many links',
  'turning icon',
  'escaped icon',
  'script text',
  'icon in a link',
  'mnemonic',
  'Hebrew',
  'accents',
];

/** What of a place could act, icons by the names that the texts use, and all that can be read there. */
interface Seen {
  links: number;
  icons: number;
  text: string;
}

describe('the doors to VS Code’s widgets', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  let folder: string;
  let url: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'door-'));
    const sources = join(root, 'test', 'e2e', 'doorExtension');
    await copyFile(join(sources, 'package.json'), join(folder, 'package.json'));
    await copyFile(join(root, 'media', 'tab-dark.svg'), join(folder, 'icon.svg'));
    await build({
      entryPoints: [join(sources, 'main.ts')],
      outfile: join(folder, 'main.js'),
      bundle: true,
      platform: 'node',
      format: 'cjs',
      external: ['vscode'],
      logLevel: 'error',
    });
    const port = join(folder, 'port');
    await writeFile(port, '');
    workbench = await openWorkbench({ extensionPath: folder, env: { DOOR_TEST_PORT: port } });
    await workbench.openView('Door');
    await workbench.treeItem('none').waitFor();
    url = `http://127.0.0.1:${await readFile(port, 'utf8')}`;
  });
  after(async () => {
    await workbench?.close();
    await rm(folder, { recursive: true, force: true });
  });
  keepEvidence(() => workbench);

  async function ask(path: string, body = {}): Promise<unknown> {
    const answer = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
    if (!answer.ok) throw new Error(await answer.text());
    return answer.json();
  }

  /** Shows a text by a door, looks at the place where it stands, and takes it away. */
  async function look(name: string, text: string, mark: string): Promise<Seen> {
    const { place, reveal } = surfaces[name]!;
    await ask('/show', { surface: name, text: `${mark} ${text}` });
    if (place === NOTICE) await ask('/list');
    await reveal?.(workbench);
    const found = workbench.page
      .locator(place)
      .filter({ hasText: mark })
      .or(workbench.page.locator(place).filter({ has: workbench.page.getByPlaceholder(mark) }))
      .first();
    await found.waitFor();
    const seen = await found.evaluate((element) => {
      const inputs = [...element.querySelectorAll('input')].map(({ placeholder }) => placeholder);
      return {
        links: element.querySelectorAll('a[href], a[data-href]').length,
        icons: element.querySelectorAll('.codicon-bug, .codicon-heart').length,
        text: [element.textContent, ...inputs].join(' '),
      };
    });
    if (place === '.monaco-dialog-box' || reveal) await workbench.page.keyboard.press('Escape');
    await ask('/end');
    return seen;
  }

  it('are all in this table', async () => {
    const home = join(root, 'src', 'widgets');
    const doors: string[] = [];
    for (const name of await readdir(home)) {
      const source = await readFile(join(home, name), 'utf8');
      if (!source.includes("from 'vscode'")) continue;
      for (const [, door] of source.matchAll(/^export (?:async )?(?:function|const|class) (\w+)/gm))
        doors.push(door!);
    }
    assert.ok(doors.length >= 15);
    const tried = new Set(Object.keys(surfaces).map((name) => name.split(/[ ,]/)[0]));
    assert.deepEqual(doors.filter((door) => !tried.has(door)).sort(), []);
  });

  for (const name of Object.keys(surfaces))
    it(`${name}: no link, no icon, and readable`, async () => {
      let count = 0;
      const plain = await look(name, 'plain text', `n${count}n`);
      for (const what of TRIED) {
        const { text, readable } = hostileTexts[what]!;
        const seen = await look(name, text, `n${++count}n`);
        assert.equal(seen.links, plain.links, `${what}: links`);
        assert.equal(seen.icons, 0, `${what}: icons`);
        assert.ok(toTheEye(seen.text).includes(readable), `${what}: ${seen.text}`);
      }
      assert.equal(await ask('/ran'), 0);
    });
});
