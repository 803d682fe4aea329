import * as vscode from 'vscode';
import { labelOf } from '../../account/connection';
import type { Attention } from '../../board/sync/boardState';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import { notDoneSentence } from '../shared/problems';
import { notify, offer } from '../../widgets/notices';
import { say, shown, shownName } from '../../widgets/shownText';

type Waiting = Attention & { connectionId: string };

/** So long a burst of refusals is gathered into one notice, in milliseconds. */
const BURST_MS = 100;

/**
 * Says what waits for a person, with the things to do about it; one notice for a burst.
 * A sign-in that is no longer accepted is told once; everything goes on by itself after the next one.
 */
export function createAttentionNotices(
  { stores, connections, log }: Services,
  actions: Actions,
): vscode.Disposable {
  let burst: Waiting[] = [];
  const told = stores.onAttention((waiting) => {
    const { record, error } = waiting;
    log.warn(`${record.label} of ${record.operation.cardId} waits: ${error.message}`);
    burst.push(waiting);
    if (burst.length > 1) return;
    setTimeout(() => {
      const all = burst;
      burst = [];
      void tell(all);
    }, BURST_MS);
  });
  const signIn = stores.onSignInNeeded(({ connectionId }) => {
    const connection = connections.get(connectionId);
    if (!connection) return;
    const sentence = say(
      'Your sign-in as {0} is no longer accepted. Your changes are kept and go on after you sign in again.',
      shownName(labelOf(connection)),
    );
    void offer('warning', sentence, say('Sign In')).then((chosen) => {
      if (chosen) void actions.signIn(connectionId);
    });
  });
  return vscode.Disposable.from(told, signIn);

  async function tell(all: readonly Waiting[]): Promise<void> {
    const [first] = all;
    if (!first) return;
    const { record, error } = first;
    const again = record.state.name === 'conflict' ? say('Decide') : say('Send Again');
    const show = { label: say('Show Unsent'), value: () => actions.showUnsent() };
    const one = [
      { label: again, value: () => actions.sendAgain(first) },
      { label: say('Look'), value: () => actions.lookAt(first) },
    ];
    const told = shown(notDoneSentence(record.label, error));
    const sentence = all.length > 1 ? say('{0} (and {1} more)', told, all.length - 1) : told;
    const chosen = await notify('error', sentence, all.length > 1 ? [show] : [...one, show]);
    await chosen?.();
  }
}
