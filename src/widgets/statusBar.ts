import * as vscode from 'vscode';
import { type Icon, type ShownText, withIcon } from './shownText';

/** Shows a text in the status bar for a moment, in milliseconds. */
export const flash = (text: ShownText, ms = 4_000): void => void vscode.window.setStatusBarMessage(text, ms);

export interface StatusView {
  icon: Icon;
  text: ShownText;
  tooltip: ShownText;
  /** What a screen reader says. */
  spoken: ShownText;
  command: string;
}

/** An entry of the status bar. */
export class StatusEntry implements vscode.Disposable {
  private readonly item: vscode.StatusBarItem;

  constructor(id: string, name: string, priority: number) {
    this.item = vscode.window.createStatusBarItem(id, vscode.StatusBarAlignment.Left, priority);
    this.item.name = name;
  }

  /** Shows this, or nothing. */
  show(view: StatusView | undefined): void {
    if (!view) return this.item.hide();
    this.item.text = withIcon(view.icon, view.text);
    this.item.tooltip = view.tooltip;
    this.item.accessibilityInformation = { label: view.spoken };
    this.item.command = view.command;
    this.item.show();
  }

  dispose(): void {
    this.item.dispose();
  }
}
