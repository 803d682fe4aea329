import { retryClassOf } from '../../client/retryClasses';
import type { ErrorKind, TaskboardError } from '../../client/taskboardError';
import type { CardChanges } from '../../contract/requests';
import { applyOperation } from './apply';
import { valuesOf } from '../snapshot/fields';
import { isLocal, type Mutation, type MutationLabel, type Operation, placeOf, withCardIds } from './mutation';
import type { WriteCall } from './request';
import { type BoardSnapshot, cardOf } from '../snapshot/snapshot';

/** Why something waits for a person, in a sentence. */
export interface Problem {
  readonly kind: ErrorKind;
  readonly message: string;
  /** The server said no, so it is certain that it was not done. */
  readonly refused: boolean;
}

export type RecordState =
  /** On its way, or waiting for its turn. */
  | { readonly name: 'queued' }
  /** The server refused it: the person edits, sends again or discards it. */
  | { readonly name: 'parked'; readonly problem: Problem }
  /** Somebody else changed the same fields: `theirs` are the server's values, `tag` its entity tag of that state. */
  | {
      readonly name: 'conflict';
      readonly problem: Problem;
      readonly theirs: CardChanges;
      readonly tag?: string;
    }
  /** The server may have done it; the person looks, then sends it again or discards it. */
  | { readonly name: 'ambiguous'; readonly problem: Problem };

/** One line of the outbox, as the journal keeps it. */
export interface OutboxRecord {
  readonly id: string;
  /** The `Idempotency-Key` of every try: the id, until a rebase makes another request of it. */
  readonly key: string;
  /** Its place among all records of this storage. */
  readonly order: number;
  readonly account: string;
  readonly boardId: string;
  /** The mutation that it is part of: one entry to undo. */
  readonly group: string;
  readonly label: MutationLabel;
  readonly operation: Operation;
  /** How a person recognises the card. */
  readonly title: string;
  /** What must happen one after the other: the card itself, and the columns in which cards change places. */
  readonly lanes: readonly string[];
  /** What the touched fields had before. */
  readonly base?: CardChanges;
  /** The entity tag of the state that the edit was made on. */
  readonly tag?: string;
  /** When the person did it, in milliseconds since the epoch. */
  readonly created: number;
  /** What was sent at first; there from the moment before that. */
  readonly call?: WriteCall;
  readonly state: RecordState;
}

/** What a record needs beside the mutation. */
export interface RecordOrigin {
  account: string;
  boardId: string;
  uuid: () => string;
  order: () => number;
  now: number;
}

/** One record an operation, given what was shown before it. Operations on unknown cards are left out. */
export function recordsOf(mutation: Mutation, shown: BoardSnapshot, origin: RecordOrigin): OutboxRecord[] {
  const group = origin.uuid();
  const records: OutboxRecord[] = [];
  mutation.operations.reduce((before, operation) => {
    const { cardId } = operation;
    const card = cardOf(before, cardId);
    const makes = operation.kind === 'create' || operation.kind === 'restore';
    if (!card && !makes && operation.kind !== 'comment') return before;
    const id = origin.uuid();
    records.push({
      id,
      key: id,
      order: origin.order(),
      account: origin.account,
      boardId: origin.boardId,
      group,
      label: mutation.label,
      operation,
      title: operation.kind === 'create' ? operation.card.title.trim() : (card?.title ?? cardId),
      lanes: lanesOf(operation, before),
      ...(operation.kind === 'edit' && card && { base: valuesOf(card, operation.changes) }),
      ...(operation.kind === 'move' && card && { base: { stage_id: card.stage_id } }),
      created: origin.now,
      state: { name: 'queued' },
    });
    return applyOperation(before, operation);
  }, shown);
  return records;
}

/**
 * An operation's lanes. One that changes the order of a column goes through that column's lane too: two drops on one
 * column, sent side by side, could land the other way round.
 */
function lanesOf(operation: Operation, before: BoardSnapshot): string[] {
  const { cardId } = operation;
  const from = before.cards.get(cardId)?.stage_id;
  const stages = new Set<string>();
  const add = (stageId: string | null | undefined) => stageId && stages.add(stageId);
  switch (operation.kind) {
    case 'move':
      add(from);
      add(operation.stageId);
      break;
    case 'edit': {
      const { stage_id, priority, due_date } = operation.changes;
      if (stage_id !== undefined || priority !== undefined || due_date !== undefined) add(from);
      add(stage_id);
      break;
    }
    case 'create':
      add(operation.card.stage_id);
      break;
    case 'archive':
      add(from);
      break;
    case 'restore':
      add(operation.card.stage_id);
      break;
    case 'comment':
      break;
  }
  return [cardId, ...stages];
}

/** Cards that must exist on the server before this can be sent. */
export function waitsForIds({ operation }: OutboxRecord): string[] {
  const ids = operation.kind === 'create' ? [] : [operation.cardId];
  const after = placeOf(operation);
  if (typeof after === 'string') ids.push(after);
  return ids.filter(isLocal);
}

/** The record with the server's id of a card in place of the temporary one. */
export function renamed(record: OutboxRecord, local: string, cardId: string): OutboxRecord {
  const { operation, lanes } = record;
  if (operation.kind === 'create') return record;
  const to = (id: string) => (id === local ? cardId : id);
  if (operation.cardId !== local && placeOf(operation) !== local) return record;
  return {
    ...record,
    operation: withCardIds(operation, to),
    lanes: lanes.map(to),
  };
}

export const problemIn = (error: TaskboardError): Problem => ({
  kind: error.kind,
  message: error.message,
  refused: retryClassOf(error) === 'park',
});

/** Doing it twice makes two of it: a server without idempotency must not get it a second time unasked. */
export const isOnce = ({ operation: { kind } }: OutboxRecord): boolean =>
  kind === 'create' || kind === 'comment';

/** A record in the log: what it does to which card, and the beginning of its id. Nothing of what a person wrote. */
export const recordName = ({ id, operation }: OutboxRecord): string =>
  `${operation.kind} ${operation.cardId} (${id.slice(0, 8)})`;
