import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as vscode from 'vscode';

/** The two apps under `dist/webview`. The card's page holds the toolkit, which needs more of the policy. */
export type WebviewApp = 'board' | 'card';

/** A webview loads nothing: its page holds all that it needs. */
export const webviewOptions: vscode.WebviewOptions = { enableScripts: true, localResourceRoots: [] };

/** The picture of a tab. Unlike the activity bar's, it takes no colour from the theme: each kind has its own. */
export function tabIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const file = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: file('tab-light.svg'), dark: file('tab-dark.svg') };
}

/** Where a webview stands: in the sidebar or among the editors. Its menus can tell by the context key `surface`. */
export type Surface = 'sidebar' | 'editor';

/**
 * The whole page of an app, under the strict content security policy of docs/security.md. Script and style stand in it:
 * what a page would have to ask for may be answered late or never.
 */
export function webviewPage(extensionUri: vscode.Uri, app: WebviewApp, surface: Surface): string {
  const nonce = randomBytes(18).toString('base64');
  const { script, style } = bundleOf(extensionUri, app);
  const toolkit = app === 'card';
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src 'nonce-${nonce}'`,
    `img-src data:`,
    `base-uri 'none'`,
    `form-action 'none'`,
    `require-trusted-types-for 'script'`,
    `trusted-types svelte-trusted-html app${toolkit ? ' fast-html' : ''}`,
  ].join('; ');
  return `<!DOCTYPE html>
<html lang="${vscode.env.language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
${toolkit ? `<meta property="csp-nonce" content="${nonce}">` : ''}
<style nonce="${nonce}">${style}</style>
<title>Taskboard</title>
${bundledTexts()}
</head>
<body data-vscode-context='{"surface":"${surface}"}'>
<div id="app"></div>
<script nonce="${nonce}">${script}
</script>
</body>
</html>`;
}

interface Bundle {
  script: string;
  style: string;
}
const bundles = new Map<WebviewApp, Bundle>();

/** What the build made of an app, as it may stand in a page. Read once. */
function bundleOf(extensionUri: vscode.Uri, app: WebviewApp): Bundle {
  let bundle = bundles.get(app);
  if (!bundle) {
    const file = (name: string) =>
      readFileSync(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name).fsPath, 'utf8');
    // Within a script element these would begin a comment, or end the element; in a text of the script they mean the
    // same written so, and the build writes them nowhere else.
    const script = file(`${app}.js`).replace(/<(?=!--|\/?script)/gi, '\\x3C');
    bundles.set(app, (bundle = { script, style: file(`${app}.css`) }));
  }
  return bundle;
}

/** The texts of the display language, as data that the page's script reads. English needs none. */
function bundledTexts(): string {
  const { bundle } = vscode.l10n;
  if (!bundle) return '';
  const json = JSON.stringify(bundle).replaceAll('<', '\\u003c'); // nothing in it ends the element
  return `<script type="application/json" id="texts">${json}</script>`;
}
