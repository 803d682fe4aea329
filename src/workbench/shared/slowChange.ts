import type { BoardStore } from '../../board/boardStore';
import { passed } from '../../base/timers';
import { busyInNotice } from '../../widgets/progress';
import { say, sayMany } from '../../widgets/shownText';

/** After so long a change of many cards shows how far it is, in milliseconds. */
const PATIENCE_MS = 1_500;
/** When nothing was done for so long it waits (offline, signed out), and no longer keeps the notice open. */
const STILL_MS = 10_000;

/**
 * Shows how many cards of a change the server has done, when that takes long. What waits or was refused stays listed
 * under what is unsent; this ends then.
 */
export async function showSlowChange(
  store: BoardStore,
  cardIds: readonly string[],
  settled: Promise<unknown>,
): Promise<void> {
  const over = settled.then(
    () => true,
    () => true,
  );
  if (await Promise.race([over, after(PATIENCE_MS)])) return;
  const ids = new Set(cardIds);
  const left = () =>
    new Set(
      store.unsentRecords().flatMap(({ operation }) => (ids.has(operation.cardId) ? operation.cardId : [])),
    ).size;
  await busyInNotice(sayMany(ids.size, 'Changing {0} card', 'Changing {0} cards'), async (progress) => {
    let done = 0;
    const report = () => {
      const now = ids.size - left();
      if (now === done) return;
      progress({ message: say('{0} done', now), percent: ((now - done) / ids.size) * 100 });
      done = now;
    };
    const stop = store.onUnsent(report);
    report();
    try {
      for (let before = -1; before !== done;) {
        before = done;
        if (await Promise.race([over, after(STILL_MS)])) return;
      }
    } finally {
      stop();
    }
  });
}

const after = (ms: number) => passed(ms).then(() => false as const);
