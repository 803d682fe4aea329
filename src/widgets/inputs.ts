import * as vscode from 'vscode';
import type { ShownText } from './shownText';

/** A remark below an input: why the text can't be taken, or what it is read as. */
export type Remark = ShownText | { info: ShownText };

export interface InputQuestion {
  title: ShownText;
  prompt?: ShownText;
  placeholder?: ShownText;
  /** What stands in the input at first: the text itself, since it comes back as it is. */
  value?: string;
  remark?: (text: string) => Remark | undefined;
}

/** Asks for a line of text. Nothing when the person stepped back. */
export async function askText({
  title,
  prompt,
  placeholder,
  value,
  remark,
}: InputQuestion): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title,
    ...(prompt && { prompt }),
    ...(value !== undefined && { value }),
    ...(placeholder && { placeHolder: placeholder }),
    ...(remark && { validateInput: (text) => validation(remark(text)) }),
  });
}

function validation(remark: Remark | undefined) {
  if (remark === undefined || typeof remark === 'string') return remark;
  return { message: remark.info, severity: vscode.InputBoxValidationSeverity.Info };
}

/** A button of an input box; its icon is a codicon's name. */
export interface InputButton {
  icon: string;
  tooltip: ShownText;
}

export interface OpenInput extends Omit<InputQuestion, 'remark'> {
  password?: boolean;
  /** Why it is asked again. */
  problem?: ShownText | undefined;
  buttons?: (text: string) => readonly InputButton[];
  /** What stands below the input while this is typed. */
  promptFor?: (text: string) => ShownText;
  /** Why this text is not accepted. */
  refuse?: (text: string) => ShownText | undefined;
}

/** What a person answered: the text, and which button ended it, if any. */
export interface InputAnswer {
  text: string;
  button?: number;
}

/** An input box that stays when the focus leaves it, for a password manager or a look elsewhere; Escape closes it. */
export function openInput(question: OpenInput): Promise<InputAnswer | undefined> {
  const { buttons, promptFor, refuse } = question;
  return new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    input.title = question.title;
    input.placeholder = question.placeholder;
    input.value = question.value ?? '';
    input.password = question.password ?? false;
    input.ignoreFocusOut = true;
    const follow = () => {
      input.prompt = promptFor?.(input.value) ?? question.prompt;
      const offered = buttons?.(input.value) ?? [];
      if (offered.length !== input.buttons.length || offered.some(isOther))
        input.buttons = offered.map(({ icon, tooltip }) => ({
          iconPath: new vscode.ThemeIcon(icon),
          tooltip,
        }));
    };
    const isOther = ({ tooltip }: InputButton, index: number) => input.buttons[index]?.tooltip !== tooltip;
    follow();
    input.validationMessage = question.problem;
    let answer: InputAnswer | undefined;
    input.onDidChangeValue(() => {
      input.validationMessage = undefined;
      follow();
    });
    input.onDidTriggerButton((pressed) => {
      answer = { text: input.value, button: input.buttons.indexOf(pressed) };
      input.hide();
    });
    input.onDidAccept(() => {
      const refused = refuse?.(input.value);
      if (refused) {
        input.validationMessage = refused;
        return;
      }
      answer = { text: input.value };
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(answer);
    });
    input.show();
  });
}
