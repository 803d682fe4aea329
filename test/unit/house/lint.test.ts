import { strict as assert } from 'node:assert';
import { join } from 'node:path';
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from '../../../scripts/lib/prepare.mjs';

// The rules of the house look at text only: without types, sources need not exist as files.
const withoutTypes = [
  ...[tseslint.configs.disableTypeChecked].flat(),
  { languageOptions: { parserOptions: { projectService: false } } },
];
const houseRule = /^(house\/|no-restricted-syntax$|no-console$)/;

describe('the rules of the house', function () {
  this.timeout(120_000);
  const eslint = new ESLint({
    cwd: root,
    overrideConfig: withoutTypes,
    ruleFilter: ({ ruleId }) => houseRule.test(ruleId),
  });

  /** The rules that a source at this path breaks. */
  async function broken(path: string, source: string): Promise<string[]> {
    const [result] = await eslint.lintText(source, { filePath: join(root, path) });
    const messages = result?.messages ?? [];
    assert.equal(messages.find(({ fatal }) => fatal)?.message, undefined, 'the source itself must parse');
    return [...new Set(messages.map(({ ruleId }) => ruleId ?? '').filter((rule) => houseRule.test(rule)))];
  }

  const refused: [why: string, rule: string, path: string, source: string][] = [
    ['vscode in client', 'house/packages', 'src/client/a.ts', "import * as vscode from 'vscode';"],
    ['vscode in board', 'house/packages', 'src/board/a.ts', "import type { Uri } from 'vscode';"],
    ['vscode in contract', 'house/packages', 'src/contract/a.ts', "import * as vscode from 'vscode';"],
    ['vscode in messages', 'house/packages', 'src/messages/a.ts', "import * as vscode from 'vscode';"],
    ['vscode in webview', 'house/packages', 'webview/board/a.ts', "import * as vscode from 'vscode';"],
    ['vscode in a unit test', 'house/packages', 'test/unit/a.ts', "import * as vscode from 'vscode';"],
    [
      'the toolkit in the board',
      'house/packages',
      'webview/board/a.ts',
      "import { vsCodeButton } from '@vscode/webview-ui-toolkit';",
    ],
    [
      'a file of the toolkit in the card',
      'house/packages',
      'webview/card/a.ts',
      "import '@vscode/webview-ui-toolkit/dist/toolkit.js';",
    ],
    ['all of zod', 'house/zod', 'src/contract/a.ts', "import * as z from 'zod';"],
    ['a named import of zod', 'house/zod', 'src/contract/a.ts', "import { z } from 'zod/mini';"],
    ['a default import of zod', 'house/zod', 'src/messages/a.ts', "import z from 'zod/mini';"],
    ['another way into zod', 'house/zod', 'src/contract/a.ts', "import * as z from 'zod/v4/core';"],
    [
      'Markdown in the host’s thread',
      'house/packages',
      'src/workbench/a.ts',
      "import MarkdownIt from 'markdown-it';",
    ],
    [
      'the dialect in the host’s thread',
      'house/packages',
      'src/workbench/a.ts',
      "import { renderMarkdown } from './markdownDialect';",
    ],
    ['a reckoned timer', 'house/waits', 'src/board/a.ts', 'setTimeout(work, error.retryAfterMs);'],
    [
      'a timer of seconds',
      'house/waits',
      'src/workbench/a.ts',
      'globalThis.setTimeout(work, seconds * 1000);',
    ],
    ['a reckoned interval in a page', 'house/waits', 'webview/board/a.ts', 'setInterval(work, pace());'],
    [
      'as long as the server has more',
      'house/waits',
      'src/client/a.ts',
      'async function f() { let page; do { page = await read(); } while (page.more); }',
    ],
    [
      'pages for ever',
      'house/waits',
      'src/board/a.ts',
      'async function f() { for (let page = 0; ; page++) await read(page); }',
    ],
    [
      'pages until the server says that it is the last',
      'house/waits',
      'src/board/a.ts',
      'async function f() { while (!(await read()).last) n++; }',
    ],
    ...[
      "void vscode.window.showErrorMessage('a');",
      "vscode.window['showErrorMessage']('a');",
      'const { window } = vscode;',
      'const { showErrorMessage } = vscode.window;',
      'const code = vscode;',
      "vscode.window.setStatusBarMessage('a');",
      "vscode.window.createQuickPick().title = 'a';",
      "vscode.window.createWebviewPanel('a', 'b', 1);",
      "export const item = new vscode.TreeItem('a');",
      "export const text = new vscode.MarkdownString('a');",
      "panel.title = 'a';",
      "view.message = 'a';",
      "view.badge = { value: 1, tooltip: 'a' };",
      "void vscode.commands.executeCommand('vscode.diff', a, b, 'c');",
    ].map((source): [string, string, string, string] => [
      `beside the door: ${source}`,
      'house/widgets',
      'src/workbench/a.ts',
      `import * as vscode from 'vscode'; ${source}`,
    ]),
    [
      'a name taken out of vscode',
      'house/widgets',
      'src/account/a.ts',
      "import { window } from 'vscode'; window.showErrorMessage('a');",
    ],
    ['a default export', 'no-restricted-syntax', 'src/board/a.ts', 'export default 1;'],
    [
      'a default export by name',
      'no-restricted-syntax',
      'webview/board/a.ts',
      'const a = 1; export { a as default };',
    ],
    ['the day of the machine', 'house/days', 'src/workbench/a.ts', 'new Date().getDate();'],
    ['the day of UTC', 'house/days', 'src/board/a.ts', 'new Date().toISOString().slice(0, 10);'],
    ['a day by a locale', 'house/days', 'webview/card/a.ts', 'new Date(0).toLocaleDateString();'],
    ['a day in a component', 'house/days', 'webview/board/A.svelte', '<p>{new Date().getDay()}</p>'],
    ['the console', 'no-console', 'src/board/a.ts', "console.log('a');"],
    ['a static style', 'no-restricted-syntax', 'webview/board/A.svelte', '<p style="color: red">a</p>'],
  ];
  for (const [why, rule, path, source] of refused)
    it(`refuses: ${why}`, async () => assert.deepEqual(await broken(path, source), [rule]));

  const allowed: [why: string, path: string, source: string][] = [
    [
      'the door itself',
      'src/widgets/a.ts',
      "import * as vscode from 'vscode'; void vscode.window.showErrorMessage('a');",
    ],
    [
      'what of the window shows no text',
      'src/workbench/a.ts',
      "import * as vscode from 'vscode'; export const { focused } = vscode.window.state;",
    ],
    ['a timer of a constant', 'src/board/a.ts', 'setTimeout(work, PATIENCE_MS); setTimeout(work, 50);'],
    [
      'a counted loop over pages',
      'src/board/a.ts',
      'async function f() { for (let page = 0; page < MOST_PAGES; page++) await read(page); }',
    ],
    [
      'the toolkit in controls',
      'webview/controls/a.ts',
      "import '@vscode/webview-ui-toolkit/dist/toolkit.js';",
    ],
    ['vscode in a host test', 'test/host/a.ts', "import * as vscode from 'vscode';"],
    ['zod as a namespace', 'src/contract/a.ts', "import * as z from 'zod/mini';"],
    ['a moment', 'src/board/a.ts', 'new Date().toISOString();'],
    ['a day where days are made', 'src/base/days.ts', 'new Date(0).getUTCDay();'],
    ['a style property', 'webview/board/A.svelte', '<p style:color="red" class="a">a</p>'],
  ];
  for (const [why, path, source] of allowed)
    it(`allows: ${why}`, async () => assert.deepEqual(await broken(path, source), []));
});
