import type { Rollback } from '../board/boardState';
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

const NOT_DONE: Record<Rollback['label'], string> = {
  move: 'Not moved',
  edit: 'Not saved',
  create: 'Card not created',
  comment: 'Comment not sent',
  archive: 'Not archived',
  restore: 'Not restored',
};

/** Says what was taken back and why. After an ambiguous failure the board is read again instead of trusted. */
export function rollbackSentence({ label, error }: Pick<Rollback, 'label' | 'error'>): string {
  if (error.ambiguous)
    return `${NOT_DONE[label]}, as far as is known: ${error.message} The board is read again to show what the server has.`;
  return `${NOT_DONE[label]}: ${error.message}`;
}
