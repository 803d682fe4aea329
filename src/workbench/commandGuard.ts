import * as vscode from 'vscode';
import { type Log, stackOf } from '../base/log';
import { failureOf } from '../client/requestLog';
import { TaskboardError } from '../client/taskboardError';
import { offer, tell } from '../widgets/notices';
import { say, shown } from '../widgets/shownText';

/**
 * Runs what a person asked for, so that it ends in an effect or a sentence: a refusal is told as it is, a fault of ours
 * goes to the log with its stack, and the notice leads there.
 */
export async function guarded(
  name: string,
  log: Log,
  showLog: () => void,
  run: () => unknown,
): Promise<unknown> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof vscode.CancellationError) return undefined;
    if (TaskboardError.is(error)) {
      log.info(`${name} was not done: ${failureOf(error)}`);
      tell('error', shown(error.message));
    } else {
      log.error(`${name} met a fault of ours\n${stackOf(error)}`);
      void offer('error', say('Something went wrong inside Taskboard.'), say('Show Log')).then((wanted) => {
        if (wanted) showLog();
      });
    }
    return undefined;
  }
}
