import { strict as assert } from 'node:assert';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { root } from '../../scripts/lib/prepare.mjs';
import { pack } from '../../scripts/lib/vscode/vsix.mjs';
import { keepEvidence, openWorkbench, type Workbench } from './harness/workbench';

describe('the package', function () {
  this.timeout(120_000);
  let workbench: Workbench;
  before('installs it in a clean profile', async () => {
    workbench = await openWorkbench({ vsix: await pack() });
  });
  after(() => workbench?.close());
  keepEvidence(() => workbench);

  it('holds what runs, and nothing else', async () => {
    const extensions = join(workbench.userDataDir, 'extensions');
    const [folder = ''] = (await readdir(extensions)).filter((name) => name.startsWith('taskboard.'));
    const files = await readdir(join(extensions, folder), { recursive: true, withFileTypes: true });
    const paths = files
      .filter((file) => file.isFile())
      .map((file) => join(file.parentPath, file.name).slice(join(extensions, folder).length + 1));
    const listed = await readFile(join(root, 'scripts', 'lib', 'vscode', 'contents.txt'), 'utf8');
    assert.deepEqual(
      paths.filter((path) => path !== '.vsixmanifest').sort(),
      listed.trim().split('\n').sort(),
    );
  });

  it('has a page whose every link and picture is there at this version', async () => {
    const { version, repository } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      version: string;
      repository: { url: string };
    };
    const home = `${repository.url.replace(/\.git$/, '')}/`;
    const extensions = join(workbench.userDataDir, 'extensions');
    const [folder = ''] = (await readdir(extensions)).filter((name) => name.startsWith('taskboard.'));
    for (const [name, least] of [
      ['readme.md', 8],
      ['changelog.md', 0],
    ] as const) {
      const text = await readFile(join(extensions, folder, name), 'utf8');
      const links = [...text.matchAll(/(!?)\[[^\]]*\]\(([^)\s]+)\)/g)];
      assert.ok(links.length >= least, `${name} has ${links.length} links`);
      for (const [, picture, link = ''] of links) {
        if (link.startsWith('#')) continue;
        assert.match(link, /^https:\/\//, `${link} leads nowhere from the Marketplace`);
        if (!link.startsWith(home) || /^(issues|actions|discussions)/.test(link.slice(home.length))) continue;
        const [, at, path = ''] = /^(raw|blob)\/[^/]+\/([^#]+)/.exec(link.slice(home.length)) ?? [];
        assert.equal(at, picture ? 'raw' : 'blob', link);
        assert.ok(link.startsWith(`${home}${at}/v${version}/`), `${link} is not of this version`);
        assert.ok(existsSync(join(root, path)), link);
      }
    }
  });

  it('has the same bytes when it is built again', async () => {
    const sum = async () =>
      createHash('sha256')
        .update(await readFile(await pack()))
        .digest('hex');
    const first = await sum();
    // Times in a zip have two seconds: the next build must be of another one.
    const begun = Math.floor(Date.now() / 2_000);
    while (Math.floor(Date.now() / 2_000) === begun) await setTimeout(100);
    assert.equal(await sum(), first);
  });

  it('tells the licence of everything that is in it, with its text', async () => {
    const notices = await readFile(join(root, 'dist', 'THIRD_PARTY_NOTICES.txt'), 'utf8');
    for (const notice of notices.split(/\n-{72}\n/).slice(1))
      assert.match(notice, /permission|licensed under|redistribution/i, notice.slice(0, 80));
  });

  it('is awake: the view offers sign-in and the demo', async () => {
    await workbench.openView('Taskboard');
    await workbench.page.getByRole('button', { name: 'Try the Demo Board' }).waitFor();
    await workbench.page.getByRole('button', { name: 'Sign In to Odoo' }).waitFor();
    await workbench.screenshot('package-welcome');
  });

  it('shows the demo board, and keeps to its content policy', async () => {
    await workbench.page.getByRole('button', { name: 'Try the Demo Board' }).click();
    const board = await workbench.webviewFrame({ has: '[role="listbox"] [role="option"]' });
    await workbench.page.locator('.part.sidebar [role="treeitem"]').first().waitFor();
    await workbench.screenshot('package-demo-board');
    assert.deepEqual(workbench.violations(), []);

    // The control: a policy that is broken would be seen.
    await board.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'body { outline: none }';
      document.head.append(style);
    });
    assert.equal(workbench.violations()[0]?.kind, 'csp');
  });
});
