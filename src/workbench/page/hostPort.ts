// Room: src/workbench/page: the host's side of any page: its HTML and policy, the checked line to it, what it was shown.
// Owner: the surface whose page it is.
// Source: docs/security.md; docs/decisions/0001-webview-watchdog.md.

import type * as vscode from 'vscode';
import { type Log, stackOf } from '../../base/log';
import { TaskboardError } from '../../client/taskboardError';
import { type Failure, type Port, RequestFailed } from '../../messages/channel';
import { Gate } from '../../messages/gate';
import { BadIntent, type Intents, validateIntent } from '../../messages/intents';
import { CountedLog } from './countedLog';
import { t } from '../../l10n/l10n';

/**
 * The host's end of the line to a webview: what comes in is bounded in number and size, and every intent is checked
 * against the closed list before it is handled.
 */
export function hostPort(
  webview: Pick<vscode.Webview, 'postMessage' | 'onDidReceiveMessage'>,
  intents: Intents,
  log: Pick<Log, 'warn' | 'error'>,
): Port {
  const gate = new Gate();
  const counted = new CountedLog(log);
  return {
    post: (message) => void webview.postMessage(message),
    listen: (receive) => {
      const subscription = webview.onDidReceiveMessage((message: unknown) => {
        const refusal = gate.refuses(message);
        if (refusal === undefined) receive(message);
        else counted.write('warn', refusal, () => `A view sent what is not taken: ${refusal}.`);
      });
      return () => {
        subscription.dispose();
      };
    },
    validate: (name, input) => validateIntent(intents, name, input),
    describe: (error) => describe(error, counted),
  };
}

function describe(error: unknown, log: CountedLog): Failure {
  if (TaskboardError.is(error)) return { reason: error.kind, sentence: error.message };
  if (RequestFailed.is(error)) log.write('error', error.failure.reason, () => error.message);
  else if (error instanceof BadIntent) log.write('error', error.sort, () => error.message);
  else {
    log.write('error', placeOf(error), () => stackOf(error));
  }
  return {
    reason: 'internal',
    sentence: t('Something went wrong inside Taskboard. The log (Taskboard: Show Log) has the details.'),
  };
}

/** Where in our code an error came from: of these there are few, whatever its text says. */
const placeOf = (error: unknown): string =>
  (error instanceof Error && /^\s+at .*$/m.exec(error.stack ?? '')?.[0].trim()) || typeof error;
