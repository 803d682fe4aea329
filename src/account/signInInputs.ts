import type { SignInUi } from './signIn';
import { openInput } from '../widgets/inputs';
import { pickOne } from '../widgets/picks';
import { busyInNotice } from '../widgets/progress';
import { say, shown, shownName, type ShownText } from '../widgets/shownText';

/** The sign-in's questions as VS Code input boxes and one pick. */
export const signInInputs: SignInUi = {
  askServer: (problem, value) =>
    ask({
      title: say('Sign in to Odoo (1/3): server'),
      prompt: say('The address of your Odoo'),
      placeholder: shown('https://odoo.example.com'),
      problem,
      value,
    }),
  askDatabase: (problem) =>
    ask({
      title: say('Sign in to Odoo: database'),
      prompt: say(
        'This server holds several databases. Type the name of yours, or leave it empty to change the address.',
      ),
      problem,
    }),
  askMethod: () =>
    pickOne<'password' | 'apiKey'>(
      say('Sign in to Odoo (2/3): how'),
      [
        {
          label: say('Login and password'),
          detail: say('The password is exchanged for a token that lasts a day, then forgotten.'),
          value: 'password',
        },
        {
          label: say('API key'),
          detail: say(
            'From Odoo: My Profile, Account Security, New API Key. Needed with two-factor sign-in.',
          ),
          value: 'apiKey',
        },
      ],
      { stays: true },
    ),
  askLogin: (problem, value) =>
    ask({
      title: say('Sign in to Odoo (3/3): login'),
      prompt: say('Your login, often an e-mail address'),
      problem,
      value,
    }),
  askPassword: (login, problem) =>
    ask({
      title: say('Sign in to Odoo (3/3): password'),
      prompt: say('Password of {0}', shownName(login)),
      problem,
      password: true,
    }),
  askApiKey: (problem) =>
    ask({
      title: say('Sign in to Odoo (3/3): API key'),
      prompt: say('Paste your API key'),
      problem,
      password: true,
    }),
  busy: (title, work) => busyInNotice(shown(title), work),
};

interface Question {
  title: ShownText;
  prompt: ShownText;
  placeholder?: ShownText;
  /** Why it is asked again: a server that nobody trusts yet may have said it. */
  problem: string | undefined;
  value?: string | undefined;
  password?: boolean;
}

async function ask({ problem, value, ...question }: Question): Promise<string | undefined> {
  const answer = await openInput({
    ...question,
    ...(value !== undefined && { value }),
    problem: problem === undefined ? undefined : shown(problem),
  });
  return answer?.text;
}
