import type { OutboxRecord } from '../../board/mutations/record';

/** A change of one account that has not reached its server. */
export interface Unsent {
  readonly connectionId: string;
  readonly record: OutboxRecord;
}
