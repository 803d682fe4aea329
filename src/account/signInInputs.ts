import * as vscode from 'vscode';
import type { SignInUi } from './signIn';
import { t } from '../l10n/l10n';

/** The sign-in's questions as VS Code input boxes and one pick. */
export const signInInputs: SignInUi = {
  askServer: (problem, value) =>
    ask({
      title: t('Sign in to Odoo (1/3): server'),
      prompt: t('The address of your Odoo'),
      placeHolder: 'https://odoo.example.com',
      problem,
      value,
    }),
  askDatabase: (problem) =>
    ask({
      title: t('Sign in to Odoo: database'),
      prompt: t(
        'This server holds several databases. Type the name of yours, or leave it empty to change the address.',
      ),
      problem,
    }),
  askMethod: async () => {
    const picked = await vscode.window.showQuickPick(
      [
        {
          label: t('Login and password'),
          detail: t('The password is exchanged for a token that lasts a day, then forgotten.'),
          method: 'password' as const,
        },
        {
          label: t('API key'),
          detail: t('From Odoo: My Profile, Account Security, New API Key. Needed with two-factor sign-in.'),
          method: 'apiKey' as const,
        },
      ],
      { title: t('Sign in to Odoo (2/3): how'), ignoreFocusOut: true },
    );
    return picked?.method;
  },
  askLogin: (problem, value) =>
    ask({
      title: t('Sign in to Odoo (3/3): login'),
      prompt: t('Your login, often an e-mail address'),
      problem,
      value,
    }),
  askPassword: (login, problem) =>
    ask({
      title: t('Sign in to Odoo (3/3): password'),
      prompt: t('Password of {0}', login),
      problem,
      password: true,
    }),
  askApiKey: (problem) =>
    ask({
      title: t('Sign in to Odoo (3/3): API key'),
      prompt: t('Paste your API key'),
      problem,
      password: true,
    }),
  busy: async (title, work) =>
    vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title }, work),
};

interface Question {
  title: string;
  prompt: string;
  placeHolder?: string;
  problem: string | undefined;
  value?: string | undefined;
  password?: boolean;
}

/** An input box that shows why it is asked again, and does not close when the focus leaves it for a password manager. */
function ask({
  title,
  prompt,
  placeHolder,
  problem,
  value,
  password,
}: Question): Promise<string | undefined> {
  return new Promise((resolve) => {
    const input = vscode.window.createInputBox();
    input.title = title;
    input.prompt = prompt;
    input.placeholder = placeHolder;
    input.value = value ?? '';
    input.password = password ?? false;
    input.ignoreFocusOut = true;
    input.validationMessage = problem;
    input.onDidChangeValue(() => (input.validationMessage = undefined));
    let answer: string | undefined;
    input.onDidAccept(() => {
      answer = input.value;
      input.hide();
    });
    input.onDidHide(() => {
      input.dispose();
      resolve(answer);
    });
    input.show();
  });
}
