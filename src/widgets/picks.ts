import * as vscode from 'vscode';
import { type Choice, rowsApart } from './rows';
import { say, shown, type ShownText } from './shownText';

export interface PickOptions {
  placeholder?: ShownText | undefined;
  /** Stays when the focus goes elsewhere. */
  stays?: boolean;
}

type Row<T> = vscode.QuickPickItem & { value: T };

const rowOf = <T>({ label, description, detail, value }: Choice<T>): Row<T> => ({
  label,
  value,
  ...(description && { description }),
  ...(detail && { detail }),
});

const rowsOf = <T>(choices: readonly Choice<T>[]): Row<T>[] => rowsApart(choices).map(rowOf);

/** A pick of one entry. Nothing when the person stepped back. */
export async function pickOne<T>(
  title: ShownText,
  choices: readonly Choice<T>[] | Promise<readonly Choice<T>[]>,
  { placeholder, stays = false }: PickOptions = {},
): Promise<T | undefined> {
  const picked = await vscode.window.showQuickPick<Row<T>>(Promise.resolve(choices).then(rowsOf), {
    title,
    matchOnDescription: true,
    ignoreFocusOut: stays,
    ...(placeholder && { placeHolder: placeholder }),
  });
  return picked?.value;
}

/** So long typing pauses before what was typed is looked up, in milliseconds. */
const PAUSE_MS = 200;

/** A pick whose entries are looked up as the person types. */
export function findOne<T>(
  title: ShownText,
  placeholder: ShownText,
  search: (typed: string) => Promise<readonly Choice<T>[]>,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Row<T>>();
    pick.title = title;
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    let last = 0;
    let pause: NodeJS.Timeout | undefined;
    const look = async () => {
      const mine = ++last;
      pick.busy = true;
      let failure: ShownText | undefined;
      const found = await search(pick.value).catch((error: unknown) => {
        failure = shown(error instanceof Error ? error.message : String(error));
        return [];
      });
      if (mine !== last) return; // more was typed meanwhile
      pick.busy = false;
      // The server has matched them already, by more than what the entry shows.
      pick.items = rowsOf(found).map((row) => ({ ...row, alwaysShow: true }));
      pick.placeholder = failure ?? placeholder;
      pick.title = failure ? say('{0}: {1}', title, failure) : title;
    };
    pick.onDidChangeValue(() => {
      clearTimeout(pause);
      pause = setTimeout(() => void look(), PAUSE_MS);
    });
    let answer: T | undefined;
    pick.onDidAccept(() => {
      const [chosen] = pick.selectedItems;
      if (!chosen) return;
      answer = chosen.value;
      pick.hide();
    });
    pick.onDidHide(() => {
      last = -1;
      clearTimeout(pause);
      pick.dispose();
      resolve(answer);
    });
    pick.show();
    void look();
  });
}

export interface ManyOptions<T> {
  placeholder?: ShownText;
  ticked: (value: T) => boolean;
  /** Looks for entries that are not among the choices. */
  find?: ((typed: string) => Promise<readonly Choice<T>[]>) | undefined;
  /** Whether two values are the same entry. */
  same?: (a: T, b: T) => boolean;
}

/** A pick of several entries. Nothing when the person stepped back. */
export function pickMany<T>(
  title: ShownText,
  choices: readonly Choice<T>[],
  { placeholder, ticked, find, same = Object.is }: ManyOptions<T>,
): Promise<T[] | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Row<T>>();
    let known = [...choices];
    pick.title = title;
    pick.placeholder = placeholder;
    pick.canSelectMany = true;
    pick.matchOnDescription = true;
    pick.items = rowsOf(known);
    pick.selectedItems = pick.items.filter(({ value }) => ticked(value));
    let pause: NodeJS.Timeout | undefined;
    let answer: T[] | undefined;
    const look = async (typed: string) => {
      const found = (await find?.(typed).catch(() => [])) ?? []; // those that are known can be picked without the server
      const more = found.filter(({ value }) => !known.some((one) => same(one.value, value)));
      if (more.length === 0) return;
      const before = pick.selectedItems.map(({ value }) => value);
      known = [...known, ...more];
      pick.items = rowsOf(known);
      pick.selectedItems = pick.items.filter(({ value }) => before.some((one) => same(one, value)));
    };
    pick.onDidChangeValue((typed) => {
      clearTimeout(pause);
      if (find && typed.trim() !== '') pause = setTimeout(() => void look(typed.trim()), PAUSE_MS);
    });
    pick.onDidAccept(() => {
      answer = pick.selectedItems.map(({ value }) => value);
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
