import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Log } from '../../base/log';
import { Journal } from '../../board/journal/journal';
import { journalFiles, windowName } from '../../board/journal/journalFiles';
import { type JournalStorage, memoryJournalStorage } from '../../board/journal/journalStorage';
import { systemClock } from '../../base/clock';

/** Opens this window's journal. Where the disk can't be used, every change is refused with the reason: nothing is called saved that is not. */
export async function openJournal(storage: vscode.Uri, log: Log): Promise<Journal> {
  const window = windowName(randomUUID());
  const onWarning = (message: string) => log.warn(message);
  const open = (kept: JournalStorage) =>
    Journal.open({ storage: kept, clock: systemClock, window, onWarning });
  try {
    return await open(await journalFiles(vscode.Uri.joinPath(storage, 'journal').fsPath));
  } catch (error) {
    onWarning(`The folder of unsent changes can't be used: ${String(error)}`);
    return open({ ...memoryJournalStorage(), append: () => Promise.reject(error) });
  }
}
