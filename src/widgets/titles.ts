import * as vscode from 'vscode';
import type { ShownText } from './shownText';

/** Opens a tab for a webview. */
export const openPanel = (
  viewType: string,
  title: ShownText,
  where: vscode.ViewColumn | { viewColumn: vscode.ViewColumn; preserveFocus: boolean },
  options: vscode.WebviewPanelOptions & vscode.WebviewOptions,
): vscode.WebviewPanel => vscode.window.createWebviewPanel(viewType, title, where, options);

/** Names the tab or section of a webview. */
export function setTitle(place: vscode.WebviewPanel | vscode.WebviewView, title: ShownText): void {
  place.title = title;
}

/** Opens the diff editor: the first text on the left, the second on the right. */
export async function openDiff(left: vscode.Uri, right: vscode.Uri, title: ShownText): Promise<void> {
  await vscode.commands.executeCommand('vscode.diff', left, right, title);
}

/** What an account is called in VS Code's own menu of accounts. */
export const accountInformation = (
  id: string,
  label: ShownText,
): vscode.AuthenticationSessionAccountInformation => ({ id, label });
