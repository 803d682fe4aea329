import type { MutationLabel } from '../board/mutation';
import type { ErrorKind, TaskboardError } from '../client/taskboardError';
import type { ProblemAction, ProblemView } from '../messages/shared';

// The edge where an error becomes a sentence and the one thing to do about it.

const ACTIONS: Record<ErrorKind, ProblemAction> = {
  network: 'retry',
  timeout: 'retry',
  auth: 'signIn',
  contract: 'retry',
  validation: 'retry',
  notFound: 'chooseBoard',
  permission: 'chooseBoard',
  conflict: 'retry',
  rateLimited: 'retry',
  server: 'retry',
  storage: 'retry',
};

export const ACTION_LABELS: Record<ProblemAction, string> = {
  retry: 'Try Again',
  signIn: 'Sign In',
  showLog: 'Show Log',
  openSettings: 'Open Settings',
  tryDemo: 'Try the Demo Board',
  chooseBoard: 'Choose Another Board',
};

/** What a view shows of an error. */
export function problemOf(error: TaskboardError): ProblemView {
  const does = ACTIONS[error.kind];
  return { sentence: error.message, action: { label: ACTION_LABELS[does], does } };
}

const NOT_DONE: Record<MutationLabel, string> = {
  move: 'Not moved',
  edit: 'Not saved',
  create: 'Card not created',
  comment: 'Comment not sent',
  archive: 'Not archived',
  restore: 'Not restored',
};

/** Says what was not done and why. Whether the server has done it after all is not always known. */
export function notDoneSentence(label: MutationLabel, error: TaskboardError): string {
  return `${NOT_DONE[label]}${error.ambiguous ? ', as far as is known' : ''}: ${error.message}`;
}
