import * as vscode from 'vscode';

/**
 * Tells VS Code whether there is an account: what is offered to somebody who has none hangs on `signedOut`, and until
 * one of the two is told neither is true.
 */
export function tellSignedIn(signedIn: boolean): void {
  void vscode.commands.executeCommand('setContext', 'taskboard.signedIn', signedIn);
  void vscode.commands.executeCommand('setContext', 'taskboard.signedOut', !signedIn);
}
