import type * as vscode from 'vscode';
import { TaskboardError } from '../client/taskboardError';
import type { Failure, Port } from '../messages/channel';
import { type Intents, validateIntent } from '../messages/intents';
import { t } from '../l10n/l10n';

/** The host's end of the line to a webview: every intent is checked against the closed list before it is handled. */
export function hostPort(webview: vscode.Webview, intents: Intents, log: vscode.LogOutputChannel): Port {
  return {
    post: (message) => void webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage(receive);
      return () => {
        subscription.dispose();
      };
    },
    validate: (name, input) => validateIntent(intents, name, input),
    describe: (error) => describe(error, log),
  };
}

function describe(error: unknown, log: vscode.LogOutputChannel): Failure {
  if (TaskboardError.is(error)) return { reason: error.kind, sentence: error.message };
  log.error(error instanceof Error ? error : String(error));
  return {
    reason: 'internal',
    sentence: t('Something went wrong inside Taskboard. The log (Taskboard: Show Log) has the details.'),
  };
}
