// What is changed in an installed code-server so that it behaves as VS Code does elsewhere.
import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * One service worker for all webviews of a window, as later versions have it. VS Code gives each webview an origin of
 * its own, and in it a service worker under the webview's own address. In code-server all webviews share an origin, so
 * in 1.100 each one replaces the worker of the others: seconds of waiting, and now and then a webview that never loads
 * its scripts.
 * @param {string} vscode code-server's folder `lib/vscode`
 */
export async function shareServiceWorker(vscode) {
  const folder = join(vscode, 'out', 'vs', 'workbench', 'contrib', 'webview', 'browser', 'pre');
  for (const name of ['index.html', 'index-no-csp.html']) {
    const text = await readFile(join(folder, name), 'utf8');
    const before = hashOfScript(text);
    const changed = replaceOnce(text, '&id=${ID}&', '&', name);
    await writeFile(join(folder, name), changed.replace(before, hashOfScript(changed)));
  }
}

/**
 * A released workbench of 2026 takes an extension under development from its address only for VS Code's own smoke
 * tests, and those refuse every dialog, which we want to test. So the condition goes.
 * @param {string} vscode code-server's folder `lib/vscode`
 */
export async function allowDevelopment(vscode) {
  const file = join(vscode, 'out', 'vs', 'code', 'browser', 'workbench', 'workbench.js');
  const text = await readFile(file, 'utf8');
  const condition = 'this.payload&&(!this.isBuilt||this.enableSmokeTestDriver)';
  await writeFile(file, replaceOnce(text, condition, 'this.payload', file));
}

/**
 * The source expression that the page's own content policy allows its inline script by.
 * @param {string} html
 */
function hashOfScript(html) {
  const [, script] = /<script async type="module">([^]*?)<\/script>/.exec(html) ?? [];
  if (script === undefined) throw new Error('The page of webviews has no script as patches.mjs knows it.');
  return `'sha256-${createHash('sha256').update(script).digest('base64')}'`;
}

/** @param {string} text @param {string} from @param {string} to @param {string} file */
function replaceOnce(text, from, to, file) {
  if (text.split(from).length !== 2)
    throw new Error(`${file} is not as patches.mjs knows it: no single ${from}`);
  return text.replace(from, () => to);
}
