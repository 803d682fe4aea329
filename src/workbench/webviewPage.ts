import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';

/** The two apps under `dist/webview`. The card's page holds the toolkit, which needs more of the policy. */
export type WebviewApp = 'board' | 'card';

/** Lets a webview load its own bundle and nothing else. */
export function webviewOptions(extensionUri: vscode.Uri): vscode.WebviewOptions {
  return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extensionUri, 'dist', 'webview')] };
}

/** The picture of a tab. Unlike the activity bar's, it takes no colour from the theme: each kind has its own. */
export function tabIcon(extensionUri: vscode.Uri): { light: vscode.Uri; dark: vscode.Uri } {
  const file = (name: string) => vscode.Uri.joinPath(extensionUri, 'media', name);
  return { light: file('tab-light.svg'), dark: file('tab-dark.svg') };
}

/** Where a webview stands: in the sidebar or among the editors. Its menus can tell by the context key `surface`. */
export type Surface = 'sidebar' | 'editor';

/** The whole page of an app, under the strict content security policy of docs/security.md. */
export function webviewPage(
  webview: vscode.Webview,
  extensionUri: vscode.Uri,
  app: WebviewApp,
  surface: Surface,
): string {
  const nonce = randomBytes(18).toString('base64');
  const file = (name: string) =>
    webview.asWebviewUri(vscode.Uri.joinPath(extensionUri, 'dist', 'webview', name)).toString();
  const toolkit = app === 'card';
  const policy = [
    `default-src 'none'`,
    `script-src 'nonce-${nonce}'`,
    `style-src ${webview.cspSource}${toolkit ? ` 'nonce-${nonce}'` : ''}`,
    `font-src ${webview.cspSource}`,
    `img-src ${webview.cspSource} data:`,
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
<link rel="stylesheet" href="${file(`${app}.css`)}">
<title>Taskboard</title>
${bundledTexts()}
</head>
<body data-vscode-context='{"surface":"${surface}"}'>
<div id="app"></div>
<script nonce="${nonce}" src="${file(`${app}.js`)}"></script>
</body>
</html>`;
}

/** The texts of the display language, as data that the page's script reads. English needs none. */
function bundledTexts(): string {
  const { bundle } = vscode.l10n;
  if (!bundle) return '';
  const json = JSON.stringify(bundle).replaceAll('<', '\\u003c'); // nothing in it ends the element
  return `<script type="application/json" id="texts">${json}</script>`;
}
