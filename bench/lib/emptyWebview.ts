import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** The view container with one row that opens an empty webview. */
export const EMPTY_VIEW = 'Bench';
export const EMPTY_ROW = 'Empty page';

const MAIN = `const vscode = require('vscode');
exports.activate = ({ subscriptions }) => {
  subscriptions.push(
    vscode.window.registerTreeDataProvider('bench.rows', {
      getChildren: (row) => (row ? [] : ['${EMPTY_ROW}']),
      getTreeItem: (row) =>
        Object.assign(new vscode.TreeItem(row), { command: { command: 'bench.open', title: row } }),
    }),
    vscode.commands.registerCommand('bench.open', () => {
      const panel = vscode.window.createWebviewPanel('bench.empty', 'Empty', vscode.ViewColumn.Active, {
        enableScripts: true,
      });
      panel.webview.html = '<!DOCTYPE html><html><body><p data-empty>Empty</p></body></html>';
    }),
  );
};`;

/** Installs an extension whose tree opens a webview with one word in it: the floor of every webview. */
export async function installEmptyWebview(extensionsDir: string): Promise<void> {
  const folder = join(extensionsDir, 'bench.empty-0.0.1');
  const manifest = {
    ...{ name: 'empty', publisher: 'bench', version: '0.0.1', main: './main.js' },
    ...{ engines: { vscode: '^1.100.0' }, activationEvents: ['onStartupFinished'] },
    contributes: {
      viewsContainers: { activitybar: [{ id: 'bench', title: EMPTY_VIEW, icon: 'bench.svg' }] },
      views: { bench: [{ id: 'bench.rows', name: 'Rows' }] },
    },
  };
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'package.json'), JSON.stringify(manifest));
  await writeFile(join(folder, 'main.js'), MAIN);
  await writeFile(join(folder, 'bench.svg'), '<svg xmlns="http://www.w3.org/2000/svg"/>');
}
