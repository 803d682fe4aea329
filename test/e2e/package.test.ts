import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
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
    for (const needed of [
      'package.json',
      'dist/extension.js',
      'dist/host.js',
      'dist/markdownWorker.js',
      'dist/webview/board.js',
      'dist/webview/card.css',
      'package.nls.fr.json',
      'l10n/bundle.l10n.es.json',
    ])
      assert.ok(paths.includes(needed), `${needed} is missing among ${paths.join(', ')}`);
    assert.ok(paths.includes('dist/THIRD_PARTY_NOTICES.txt'), 'the licences of what is bundled');
    const expected =
      /^(\.vsixmanifest|(package(\.nls(\.[a-z]+)?)?\.json|readme\.md|changelog\.md|LICENSE\.txt)|dist\/.*\.(js|css|txt)|l10n\/bundle\.l10n(\.[a-z]+)?\.json|media\/.*)$/i;
    assert.deepEqual(
      paths.filter((path) => !expected.test(path)),
      [],
    );
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
