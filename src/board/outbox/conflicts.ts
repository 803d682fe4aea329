import { unreadableIn } from '../../client/reading';
import type { Card } from '../../contract/entities';
import type { CardChanges } from '../../contract/requests';
import { differing, valuesOf } from '../snapshot/fields';
import type { Operation } from '../mutations/mutation';
import type { OutboxRecord } from '../mutations/record';
import type { WriteAnswer } from '../mutations/request';
import { type BoardSnapshot, cardOf } from '../snapshot/snapshot';
import { t } from '../../l10n/l10n';

/** A card as the server has it now. */
export interface Present {
  card: Card;
  etag?: string;
}

type Edit = Extract<Operation, { kind: 'edit' }>;
const isEdit = (operation: Operation): operation is Edit => operation.kind === 'edit';

/**
 * Lays a record over the card as the server has it now. Fields that somebody else changed and that this record leaves
 * alone do not matter; the same field changed on both sides is a conflict, for a person to settle.
 * @returns `done` when the server holds already what is wanted
 */
export function compare(record: OutboxRecord, { card, etag }: Present): 'done' | OutboxRecord {
  const { operation } = record;
  if (operation.kind === 'move') {
    if (operation.expect === undefined || operation.expect === card.stage_id) return record;
    return conflicting(record, { stage_id: card.stage_id }, etag);
  }
  if (!isEdit(operation)) return record;
  const { changes } = operation;
  const theirs = valuesOf(card, changes);
  // Of what can't be read nobody knows whether it is what was there before.
  const unread = Object.keys(changes).filter((name) => unreadableIn(card).includes(name));
  if (unread.length > 0)
    return conflicting(
      record,
      Object.fromEntries(Object.entries(theirs).filter(([name]) => unread.includes(name))),
      etag,
    );
  const wanted = differing(changes, changes, theirs);
  if (wanted.length === 0 && Object.keys(changes).length === Object.keys(theirs).length) return 'done';
  const base = record.base ?? theirs;
  const clash = wanted.filter((name) => differing({ [name]: null }, base, theirs).length > 0);
  if (clash.length > 0)
    return conflicting(record, Object.fromEntries(clash.map((name) => [name, theirs[name]])), etag);
  const { tag: _, ...rest } = record;
  return { ...rest, base: { ...base, ...theirs }, ...(etag !== undefined && { tag: etag }) };
}

/** Whether the server holds already what a record is about, as far as can be told. */
export function isHeld({ operation }: OutboxRecord, snapshot: BoardSnapshot): boolean {
  const card = cardOf(snapshot, operation.cardId);
  if (!card) return false;
  if (operation.kind === 'move') return card.stage_id === operation.stageId;
  if (!isEdit(operation)) return false;
  const { changes } = operation;
  const known = Object.keys(changes).every((name) => name in card && !unreadableIn(card).includes(name));
  return known && differing(changes, changes, valuesOf(card, changes)).length === 0;
}

function conflicting(record: OutboxRecord, theirs: CardChanges, tag: string | undefined): OutboxRecord {
  const message = t('Somebody else changed the same meanwhile. Decide which of the two shall stay.');
  const problem = { kind: 'conflict' as const, message, refused: true };
  return { ...record, state: { name: 'conflict', problem, theirs, ...(tag !== undefined && { tag }) } };
}

/**
 * A later record of the same card, after an earlier one is done: what that one wrote is no change of others. The next
 * one in line was made on the very state that the server now holds, so it takes over the tag.
 */
export function rebaseOnto(
  record: OutboxRecord,
  done: OutboxRecord,
  reply: { value: WriteAnswer; etag?: string } | undefined,
  isNext: boolean,
): OutboxRecord {
  const { operation, state } = record;
  const card = reply?.value && 'card' in reply.value ? reply.value.card : undefined;
  if (!isEdit(operation) || state.name === 'conflict') return record;
  const wrote: CardChanges = isEdit(done.operation)
    ? done.operation.changes
    : done.operation.kind === 'move'
      ? { stage_id: done.operation.stageId }
      : {};
  const values = card ? valuesOf(card, wrote) : wrote;
  // Only where it was made on what was there before the earlier one: that one waited for a person, and was not shown.
  const before = { ...done.base };
  const own = Object.fromEntries(
    Object.entries(values).filter(
      ([name]) =>
        name in operation.changes && differing({ [name]: null }, { ...record.base }, before).length === 0,
    ),
  );
  return {
    ...record,
    base: { ...record.base, ...own },
    ...(isNext && reply?.etag !== undefined && { tag: reply.etag }),
  };
}

/** What a person decided: their own value, the server's, or a text made of both. */
export type Resolution = 'mine' | 'theirs' | { merged: CardChanges };

/** A record whose conflict is settled; null when nothing of it is left to send. */
export function resolved(record: OutboxRecord, resolution: Resolution): OutboxRecord | null {
  const { operation, state, tag: _, ...rest } = record;
  if (state.name !== 'conflict') return record;
  const queued = {
    ...rest,
    state: { name: 'queued' as const },
    ...(state.tag !== undefined && { tag: state.tag }),
  };
  if (!isEdit(operation)) {
    if (resolution !== 'mine' || operation.kind !== 'move') return null;
    const { expect: __, ...move } = operation;
    return { ...queued, operation: move };
  }
  const base = { ...record.base, ...state.theirs };
  const changes =
    resolution === 'mine'
      ? operation.changes
      : resolution === 'theirs'
        ? Object.fromEntries(Object.entries(operation.changes).filter(([name]) => !(name in state.theirs)))
        : { ...operation.changes, ...resolution.merged };
  if (differing(changes, changes, base).length === 0) return null;
  return { ...queued, base, operation: { ...operation, changes } };
}
