import * as vscode from 'vscode';
import { t } from '../l10n/l10n';
import { parseDue } from '../board/choices';
import type { Priority } from '../contract/values';
import { dueInFull } from '../messages/dueWords';

/** A value that cards can have, and of how many of them it is. */
export interface Shared<T> {
  value: T;
  label: string;
  detail: string;
  on: number;
}

const PRIORITIES: { label: string; priority: Priority }[] = [
  { label: t('Urgent'), priority: '3' },
  { label: t('High'), priority: '2' },
  { label: t('Normal'), priority: '1' },
  { label: t('Low'), priority: '0' },
];

/** So long the typing must pause before more are looked for, in milliseconds. */
const PAUSE_MS = 250;

/**
 * A pick of several values; those that every card has are ticked.
 * @param of how many cards it is about
 * @param find looks for values that are not among the choices
 * @param partial whether there are such
 */
export function pickMany<T>(
  title: string,
  of: number,
  choices: readonly Shared<T>[],
  find: (typed: string) => Promise<Shared<T>[]>,
  partial: boolean,
): Promise<Shared<T>[] | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<vscode.QuickPickItem & { shared: Shared<T> }>();
    const item = (shared: Shared<T>) => ({
      shared,
      label: shared.label,
      description: [
        shared.detail,
        of > 1 && shared.on > 0 && shared.on < of ? t('on {0} of {1}', shared.on, of) : '',
      ]
        .filter(Boolean)
        .join(' · '),
    });
    pick.title = title;
    pick.placeholder =
      choices.length === 0
        ? t('There are none to choose from')
        : partial
          ? t('The first {0} are listed; type to find others. Space ticks, Enter saves', choices.length)
          : t('Arrows and Space tick, Enter saves');
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.items = choices.map(item);
    pick.selectedItems = pick.items.filter(({ shared }) => shared.on === of);
    let pause: NodeJS.Timeout | undefined;
    let answer: Shared<T>[] | undefined;
    const look = async (typed: string) => {
      pick.busy = true;
      const found = await find(typed).catch(() => []); // those that are known can be picked without the server
      pick.busy = false;
      const known = new Set(pick.items.map(({ shared }) => shared.value));
      const more = found.filter(({ value }) => !known.has(value));
      if (more.length === 0) return;
      const ticked = pick.selectedItems;
      pick.items = [...pick.items, ...more.map(item)];
      pick.selectedItems = ticked;
    };
    pick.onDidChangeValue((typed) => {
      clearTimeout(pause);
      if (typed.trim() !== '') pause = setTimeout(() => void look(typed.trim()), PAUSE_MS);
    });
    pick.onDidAccept(() => {
      answer = pick.selectedItems.map(({ shared }) => shared);
      pick.hide();
    });
    pick.onDidHide(() => {
      clearTimeout(pause);
      pick.dispose();
      resolve(answer);
    });
    pick.show();
  });
}

/** A pick of a priority; the one that all of the cards have is marked, and comes first under the cursor. */
export async function pickPriority(
  title: string,
  now: readonly Priority[],
): Promise<{ label: string; priority: Priority } | undefined> {
  const items = PRIORITIES.map((each) => ({
    ...each,
    ...(now.every((priority) => priority === each.priority) && { description: t('now') }),
  }));
  return vscode.window.showQuickPick(items, { title });
}

/**
 * An input for a due day.
 * @param today `YYYY-MM-DD` in the user's time zone, at any moment while it is asked
 * @returns null for none; nothing when the person stepped back
 */
export async function askDue(
  title: string,
  value: string,
  today: () => string,
): Promise<string | null | undefined> {
  const typed = await vscode.window.showInputBox({
    title,
    value,
    placeHolder: 'today, tomorrow, fri, +3d, +2w, 2026-12-24, none',
    prompt: t('In English: today, tomorrow, a weekday, +3d, +2w, a date, or none'),
    validateInput: (text) => {
      const due = parseDue(text, today());
      if (due === undefined)
        return text.trim() === '' ? undefined : t('Try today, tomorrow, fri, +3d, 2026-12-24 or none.');
      const message = due === null ? t('No due date') : t('Due {0}', dueInFull(due, today()));
      return { message, severity: vscode.InputBoxValidationSeverity.Info };
    },
  });
  return typed === undefined ? undefined : parseDue(typed, today());
}
