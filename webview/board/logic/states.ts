import type { CardView } from '../../../src/messages/boardMessages';
import { texts } from './strings';

/** The state of an ordinary task, for those that say nothing of theirs. */
const IN_PROGRESS = '01_in_progress';

/** In the order in which a bar shows them: what is done last. */
export const ORDER = [
  '02_changes_requested',
  '04_waiting_normal',
  IN_PROGRESS,
  '03_approved',
  '1_done',
  '1_canceled',
];

/** How many cards there are of each state, those with none left out; nothing while all are ordinary ones. */
export function countStates(cards: readonly CardView[]): { state: string; count: number }[] {
  const counts = new Map<string, number>();
  for (const card of cards) {
    const state = stateOf(card);
    counts.set(state, (counts.get(state) ?? 0) + 1);
  }
  if ([...counts.keys()].every((state) => state === IN_PROGRESS)) return [];
  return ORDER.map((state) => ({ state, count: counts.get(state) ?? 0 })).filter(({ count }) => count > 0);
}

/** A card's state; one that this version does not know counts as ordinary. */
export const stateOf = ({ state }: CardView): string =>
  state !== undefined && state in texts.states ? state : IN_PROGRESS;

/** A state as one word of the filter: `changes-requested`. */
export const stateWord = (state: string): string =>
  texts.stateNamed(state).toLowerCase().replace(/\s+/g, '-');
