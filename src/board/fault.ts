import { TaskboardError } from '../client/taskboardError';

/** Every failure that reaches a surface is a TaskboardError; anything else is a fault of ours and says so. */
export function asTaskboardError(error: unknown): TaskboardError {
  if (TaskboardError.is(error)) return error;
  return new TaskboardError(
    'Something went wrong inside Taskboard. The log (Taskboard: Show Log) has the details.',
    { kind: 'server', cause: error },
  );
}

/** The journal could not be written: the change was not made, and that is what is said. */
export function notKept(error: unknown): TaskboardError {
  const { code, message } = error as NodeJS.ErrnoException;
  const reason =
    code === 'ENOSPC'
      ? 'the disk is full'
      : code === 'EROFS' || code === 'EACCES' || code === 'EPERM'
        ? 'its folder may not be written to'
        : (message ?? String(error));
  return new TaskboardError(
    `This could not be saved on your machine, so it was not done: ${reason}. Make room or give access, then try again.`,
    { kind: 'storage', cause: error },
  );
}
