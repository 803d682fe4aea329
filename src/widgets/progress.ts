import * as vscode from 'vscode';
import type { ShownText } from './shownText';

/** Says how far it is: a text, and by how many per cent it went on. */
export type Report = (step: { message: ShownText; percent: number }) => void;

const { Notification, Window } = vscode.ProgressLocation;

/** Shows in the status bar that something goes on. */
export const busyInStatusBar = async <T>(title: ShownText, work: () => Promise<T>): Promise<T> =>
  vscode.window.withProgress({ location: Window, title }, work);

/** Shows in a notice that something goes on, and how far it is. */
export const busyInNotice = async <T>(title: ShownText, work: (report: Report) => Promise<T>): Promise<T> =>
  vscode.window.withProgress({ location: Notification, title }, (progress) =>
    work(({ message, percent }) => progress.report({ message, increment: percent })),
  );
