import * as vscode from 'vscode';
import { parseQuickAdd } from '../board/quickAdd';
import { dueInFull } from '../messages/dueWords';
import { t } from '../l10n/l10n';

/** What quick create asks: the line of a card that will stand at `place`. */
export interface TitleQuestion {
  /** Board and stage, as a person reads them. */
  place: string;
  /** What stands in the input at first. */
  line: string;
  /** `YYYY-MM-DD` in the user's time zone, at the moment of asking for it. */
  readonly today: string;
}

/** Asks for the line. `change`: another place was asked for. Nothing: the person stepped back. */
export type AskTitle = (question: TitleQuestion) => Promise<{ line: string; change: boolean } | undefined>;

const priorityNames = () => ({ '0': t('low'), '1': t('normal'), '2': t('high'), '3': t('urgent') });

/** The one input box; below it stands what the end of the line is read as. */
export const askTitle: AskTitle = (question) =>
  new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    input.title = t('New card in {0}', question.place);
    input.placeholder = t('Title #tag @person !high due:fri');
    input.value = question.line;
    // What is half typed stays when the focus goes elsewhere for a moment; Escape closes it.
    input.ignoreFocusOut = true;
    input.buttons = [{ iconPath: new vscode.ThemeIcon('project'), tooltip: t('Another board or stage') }];
    const show = () => {
      input.validationMessage = undefined;
      input.prompt = readAs(input.value, question.today);
    };
    show();
    let answer: { line: string; change: boolean } | undefined;
    input.onDidChangeValue(show);
    input.onDidTriggerButton(() => {
      answer = { line: input.value, change: true };
      input.hide();
    });
    input.onDidAccept(() => {
      if (parseQuickAdd(input.value, question.today).title === '') {
        input.validationMessage = t('Type a title first.');
        return;
      }
      answer = { line: input.value, change: false };
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(answer);
    });
    input.show();
  });

function readAs(line: string, today: string): string {
  const { tags, people, priority, due } = parseQuickAdd(line, today);
  const parts = [
    ...tags.map((name) => t('tag {0}', name)),
    ...people.map((name) => t('for {0}', name)),
    ...(priority ? [t('priority {0}', priorityNames()[priority])] : []),
    ...(due ? [t('due {0}', dueInFull(due, today))] : []),
  ];
  return parts.length > 0
    ? t('Read as: {0}', parts.join(', '))
    : t('End it with #tag @person !high due:fri as you like');
}
