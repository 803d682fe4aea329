import * as vscode from 'vscode';
import type { ShownText } from './shownText';

export interface TreeRow {
  id?: string;
  label: ShownText;
  description?: ShownText | undefined;
  tooltip?: ShownText | undefined;
  spoken?: ShownText;
  /** Whether its children show; left out where it has none. */
  open?: boolean;
  /** A codicon's name, and that it is to warn or to tell of a failure. */
  icon?: string;
  tone?: 'warning' | 'error';
  contextValue?: string;
  command?: { command: string; title: ShownText; arguments?: unknown[] };
}

declare const mark: unique symbol;
/** A row whose every text went through the door. */
export type ShownRow = vscode.TreeItem & { readonly [mark]: never };

/** A row of a tree. */
export function treeRow({ label, open, icon, tone, spoken, ...row }: TreeRow): ShownRow {
  const { Collapsed, Expanded, None } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(label, open === undefined ? None : open ? Expanded : Collapsed);
  const colour = tone && new vscode.ThemeColor(`list.${tone}Foreground`);
  return Object.assign(item, row, {
    ...(icon && { iconPath: new vscode.ThemeIcon(icon, colour) }),
    ...(spoken && { accessibilityInformation: { label: spoken } }),
  }) as ShownRow;
}
