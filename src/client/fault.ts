import { type Log, stackOf } from '../base/log';
import { TaskboardError } from './taskboardError';
import { t } from '../l10n/l10n';

/**
 * Every failure that reaches a surface is a TaskboardError; anything else is a fault of ours and says so, and the log
 * gets its stack and causes.
 * @param during what was going on, for the log
 */
export function asTaskboardError(error: unknown, log: Log, during: string): TaskboardError {
  if (TaskboardError.is(error)) return error;
  log.error(`a fault of ours while ${during}\n${stackOf(error)}`);
  return new TaskboardError(
    t('Something went wrong inside Taskboard. The log (Taskboard: Show Log) has the details.'),
    { kind: 'internal', cause: error },
  );
}

/** The journal could not be written: the change was not made, and that is what is said. */
export function notKept(error: unknown): TaskboardError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOSPC'
      ? t('the disk is full')
      : code === 'EROFS' || code === 'EACCES' || code === 'EPERM'
        ? t('its folder may not be written to')
        : (message ?? String(error));
  return new TaskboardError(
    t(
      'This could not be saved on your machine, so it was not done: {0}. Make room or give access, then try again.',
      reason,
    ),
    { kind: 'storage', cause: error },
  );
}
