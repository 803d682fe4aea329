import { readAnswer, Unreadable } from '../../client/reading';
import type { TaskboardClient } from '../../client/taskboardClient';
import type { TaskboardError } from '../../client/taskboardError';
import type { Capability } from '../../contract/capabilities';
import { Card } from '../../contract/entities';
import { compare, type Present } from './conflicts';
import { placeOf } from '../mutations/mutation';
import type { OutboxRecord } from '../mutations/record';
import { requestOf } from '../mutations/request';
import type { BoardSnapshot } from '../snapshot/snapshot';

export interface Preparing {
  client: TaskboardClient;
  announced: ReadonlySet<Capability>;
  /** What is known of the record's board, read when nothing is. */
  confirmed: () => Promise<BoardSnapshot>;
}

/**
 * Makes a record ready to be sent: compares before it writes where the server can't, and settles the call, which stays
 * the same for all tries of one key.
 * @returns `done` when the server holds already what is wanted; a record in conflict is not to be sent
 */
export async function prepare(
  record: OutboxRecord,
  { client, announced, confirmed }: Preparing,
): Promise<'done' | OutboxRecord> {
  let ready = record;
  if (mustCompare(record, announced)) {
    const { value: card, etag } = await client.getCard({ params: { card_id: record.operation.cardId } });
    const compared = compare(record, { card, ...(etag !== undefined && { etag }) });
    if (compared === 'done' || compared.state.name === 'conflict') return compared;
    ready = compared;
  }
  if (ready.call) return ready;
  const snapshot = placeOf(ready.operation) !== undefined ? await confirmed() : undefined;
  return { ...ready, call: requestOf(ready.operation, snapshot, announced) };
}

/** An edit whose tag the server checks needs no look; neither does a key that the server may know already. */
function mustCompare({ operation, call, tag }: OutboxRecord, announced: ReadonlySet<Capability>): boolean {
  if (call && announced.has('idempotency')) return false;
  if (operation.kind === 'move') return operation.expect !== undefined;
  return operation.kind === 'edit' && !(tag !== undefined && announced.has('etag'));
}

/** The card that a refusal (412) carries, else the card read again. */
export async function presentCard(
  client: TaskboardClient,
  cardId: string,
  { details, etag }: TaskboardError,
): Promise<Present> {
  const read = readAnswer(Card, details?.['card']);
  if (!(read instanceof Unreadable)) return { card: read.value as Card, ...(etag !== undefined && { etag }) };
  const { value: card, etag: tag } = await client.getCard({ params: { card_id: cardId } });
  return { card, ...(tag !== undefined && { etag: tag }) };
}
