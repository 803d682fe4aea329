import type { MutationLabel } from '../../board/mutations/mutation';
import type { ErrorKind, TaskboardError } from '../../client/taskboardError';
import type { ProblemAction, ProblemView } from '../../messages/shared';
import { t } from '../../l10n/l10n';

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
  internal: 'showLog',
};

const ACTION_LABELS: Record<ProblemAction, string> = {
  retry: t('Try Again'),
  signIn: t('Sign In'),
  showLog: t('Show Log'),
  openSettings: t('Open Settings'),
  tryDemo: t('Try the Demo Board'),
  chooseBoard: t('Choose Another Board'),
};

/** What a view shows of an error. */
export function problemOf(error: TaskboardError): ProblemView {
  const does = ACTIONS[error.kind];
  return { sentence: error.message, action: { label: ACTION_LABELS[does], does } };
}

const NOT_DONE: Record<MutationLabel, string> = {
  move: t('Not moved'),
  edit: t('Not saved'),
  create: t('Card not created'),
  comment: t('Comment not sent'),
  archive: t('Not archived'),
  restore: t('Not restored'),
};

/** Says what was not done and why. Whether the server has done it after all is not always known. */
export function notDoneSentence(label: MutationLabel, error: TaskboardError): string {
  return refusalSentence(NOT_DONE[label], error);
}

/** The same for what has no label. `notDone` begins the sentence, without a full stop. */
export function refusalSentence(notDone: string, error: TaskboardError): string {
  return error.ambiguous
    ? t('{0}, as far as is known: {1}', notDone, error.message)
    : t('{0}: {1}', notDone, error.message);
}
