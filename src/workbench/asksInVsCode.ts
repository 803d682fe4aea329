import * as vscode from 'vscode';
import { TaskboardError } from '../client/taskboardError';
import { t } from '../l10n/l10n';
import type { Asks, Choice } from './asks';

/** So long typing pauses before what was typed is looked up, in milliseconds. */
const PAUSE_MS = 200;

/** The questions as VS Code's own picks, input boxes and notices. */
export const asksInVsCode: Asks = {
  async pick(title, choices, placeholder) {
    const picked = await vscode.window.showQuickPick([...choices], {
      title,
      matchOnDescription: true,
      ...(placeholder && { placeHolder: placeholder }),
    });
    return picked?.value;
  },
  find,
  text: async ({ title, prompt, value, placeholder, refuse }) =>
    vscode.window.showInputBox({
      title,
      prompt,
      ...(value !== undefined && { value }),
      ...(placeholder && { placeHolder: placeholder }),
      ...(refuse && { validateInput: refuse }),
    }),
  confirm: async (question, detail, yes) =>
    (await vscode.window.showWarningMessage(question, { modal: true, detail }, yes)) === yes,
  busy: async (title, work) =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, work),
  done: (sentence) => void vscode.window.setStatusBarMessage(sentence, 4_000),
  refused: (sentence) => void vscode.window.showErrorMessage(sentence),
};

function find<T>(
  title: string,
  placeholder: string,
  search: (typed: string) => Promise<readonly Choice<T>[]>,
): Promise<T | undefined> {
  return new Promise((resolve) => {
    const pick = vscode.window.createQuickPick<Choice<T> & { alwaysShow: true }>();
    pick.title = title;
    pick.placeholder = placeholder;
    pick.matchOnDescription = true;
    let last = 0;
    let pause: NodeJS.Timeout | undefined;
    const look = async () => {
      const mine = ++last;
      pick.busy = true;
      let failure: string | undefined;
      const found = await search(pick.value).catch((error: unknown) => {
        failure = TaskboardError.is(error) ? error.message : String(error);
        return [];
      });
      if (mine !== last) return; // more was typed meanwhile
      pick.busy = false;
      // The server has matched them already, by more than what the entry shows.
      pick.items = found.map((choice) => ({ ...choice, alwaysShow: true as const }));
      pick.placeholder = failure ?? placeholder;
      if (failure) pick.title = t('{0}: {1}', title, failure);
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
