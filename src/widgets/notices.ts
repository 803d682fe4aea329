import * as vscode from 'vscode';
import type { ShownText } from './shownText';

/** How much a notice asks for: it informs, warns, or says what failed. */
export type NoticeKind = 'info' | 'warning' | 'error';

/** A button of a notice, and what choosing it gives. */
export interface NoticeAction<T> {
  label: ShownText;
  value: T;
}

/** Shows a notice with buttons. Gives the value of the one that was pressed; nothing when the notice was closed. */
export async function notify<T>(
  kind: NoticeKind,
  text: ShownText,
  actions: readonly NoticeAction<T>[] = [],
): Promise<T | undefined> {
  const items = actions.map(({ label, value }) => ({ title: label, value }));
  const chosen =
    kind === 'error'
      ? await vscode.window.showErrorMessage(text, ...items)
      : kind === 'warning'
        ? await vscode.window.showWarningMessage(text, ...items)
        : await vscode.window.showInformationMessage(text, ...items);
  return chosen?.value;
}

/** Shows a notice that nobody waits for. */
export const tell = (kind: NoticeKind, text: ShownText): void => void notify(kind, text);

/** A notice with one button; whether it was pressed. */
export const offer = async (kind: NoticeKind, text: ShownText, label: ShownText): Promise<boolean> =>
  (await notify(kind, text, [{ label, value: true }])) ?? false;

/** A question that must be answered before anything else. */
export async function confirm(
  question: ShownText,
  { detail, yes }: { detail?: ShownText; yes: ShownText },
): Promise<boolean> {
  const options = { modal: true, ...(detail && { detail }) };
  const chosen = await vscode.window.showWarningMessage(question, options, { title: yes });
  return chosen !== undefined;
}
