import { delayBefore, FEW, retryClassOf } from '../../client/retryClasses';
import type { TaskboardError } from '../../client/taskboardError';
import { isOnce, type OutboxRecord } from '../mutations/record';

/** How often a record was tried, and what is known of it. */
export interface Tries {
  failures: number;
  /** Answers that could not be read. */
  unreadable: number;
  /** Whether the server may have done it already. */
  maybeDone: boolean;
}

/** What becomes of a record whose try failed. */
export type Outcome =
  | { then: 'wait'; ms: number }
  | { then: 'hold'; as: 'parked' | 'ambiguous' }
  | { then: 'signIn' }
  /** Read the card again and compare. */
  | { then: 'compare' }
  /** Make another request of it, from a board that is read again: the place that it names is gone. */
  | { then: 'anew' }
  /** It was done by an earlier try whose answer was lost. */
  | { then: 'done' };

/**
 * Decides by the table of retry classes, and by what the server can do.
 * @param tries with this failure counted
 * @param idempotent whether the server does the same write only once
 */
export function outcomeOf(
  error: TaskboardError,
  record: OutboxRecord,
  tries: Tries,
  idempotent: boolean,
  random: () => number,
): Outcome {
  const { operation } = record;
  const wait: Outcome = { then: 'wait', ms: delayBefore(tries.failures, error, random) };
  if (operation.kind === 'archive' && tries.maybeDone && error.code === 'CARD_NOT_FOUND')
    return { then: 'done' };
  if (error.ambiguous && isOnce(record) && !idempotent) return { then: 'hold', as: 'ambiguous' };
  switch (retryClassOf(error)) {
    case 'again':
      return wait;
    case 'few':
      return tries.failures <= FEW ? wait : { then: 'hold', as: 'parked' };
    case 'unknown':
      return tries.unreadable < 2 ? wait : { then: 'hold', as: 'ambiguous' };
    case 'signIn':
      return { then: 'signIn' };
    case 'stale':
      return { then: 'compare' };
    case 'park':
      return operation.kind === 'move' && error.details?.['field'] === 'position' && tries.failures <= FEW
        ? { then: 'anew' }
        : { then: 'hold', as: 'parked' };
  }
}
