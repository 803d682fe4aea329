import type { CardState } from '../../contract/values';

/** The state of an open card that another open card blocks. */
export const WAITING: CardState = '04_waiting_normal';

/** Done or cancelled: independent of the stage, as in Odoo. */
export const isClosed = (state: CardState): boolean => state === '1_done' || state === '1_canceled';

/** What a person reads for a state. */
export const STATE_LABELS: Record<CardState, string> = {
  '01_in_progress': 'In Progress',
  '02_changes_requested': 'Changes Requested',
  '03_approved': 'Approved',
  '1_done': 'Done',
  '1_canceled': 'Cancelled',
  '04_waiting_normal': 'Waiting',
};

/**
 * The state after a move, or after a blocker opened or closed (Odoo's `_compute_state`): closed cards stay closed,
 * blocked ones wait, all others are in progress again.
 */
export function settledState(state: CardState, blocked: boolean): CardState {
  if (isClosed(state)) return state;
  return blocked ? WAITING : '01_in_progress';
}
