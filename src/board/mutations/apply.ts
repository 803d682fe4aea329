import type { Activity, Card } from '../../contract/entities';
import { withChanges } from '../snapshot/fields';
import type { Mutation, Operation } from './mutation';
import {
  type BoardSnapshot,
  cardOf,
  partnerOf,
  withCard,
  withCardAfter,
  withDetail,
  withoutCard,
} from '../snapshot/snapshot';

/** The snapshot as an operation will make it. What is about an unknown card changes nothing. */
export function applyOperation(snapshot: BoardSnapshot, operation: Operation): BoardSnapshot {
  switch (operation.kind) {
    case 'move': {
      const { cardId, stageId, after, state } = operation;
      const card = snapshot.cards.get(cardId);
      if (!card) return snapshot;
      return withCardAfter(snapshot, { ...card, stage_id: stageId, ...(state && { state }) }, after);
    }
    case 'edit':
      return applyEdit(snapshot, operation);
    case 'create':
      return withCardAfter(snapshot, freshCard(snapshot, operation), operation.card.position?.after ?? null);
    case 'comment':
      return withComment(snapshot, operation.cardId, pendingComment(operation));
    case 'archive':
      return withoutCard(snapshot, operation.cardId);
    case 'restore':
      return withCard(snapshot, operation.card);
  }
}

export const applyMutation = (snapshot: BoardSnapshot, { operations }: Mutation): BoardSnapshot =>
  operations.reduce(applyOperation, snapshot);

function applyEdit(
  snapshot: BoardSnapshot,
  { cardId, changes, after = null }: Extract<Operation, { kind: 'edit' }>,
): BoardSnapshot {
  const card = cardOf(snapshot, cardId);
  if (!card) return snapshot;
  const next = withChanges(snapshot, card, changes);
  const known = snapshot.cards.get(cardId);
  if (known && (known.stage_id !== next.stage_id || known.priority !== next.priority))
    return withCardAfter(snapshot, next, after);
  return withCard(snapshot, next);
}

function freshCard(
  snapshot: BoardSnapshot,
  { cardId, card, at }: Extract<Operation, { kind: 'create' }>,
): Card {
  return {
    card_id: cardId,
    board_id: card.board_id,
    stage_id: card.stage_id,
    title: card.title.trim(),
    description_md: card.description_md ?? null,
    priority: card.priority ?? '1',
    due_date: card.due_date ?? null,
    created_at: at,
    updated_at: at,
    owners: (card.owners ?? []).map((id) => partnerOf(snapshot, id)),
    watchers: [],
    tags: card.tags ?? [],
    parent_id: card.parent_id ?? null,
    subtask_ids: [],
  };
}

const pendingComment = (comment: Extract<Operation, { kind: 'comment' }>): Activity => ({
  event_id: comment.localId,
  type: 'comment',
  author: comment.author,
  body_md: comment.body_md,
  created_at: comment.at,
});

/** A comment on top of a card's activity, counted. */
export function withComment(snapshot: BoardSnapshot, cardId: string, activity: Activity): BoardSnapshot {
  const detail = snapshot.details.get(cardId);
  if (detail?.activities.some(({ event_id }) => event_id === activity.event_id)) return snapshot;
  const card = snapshot.cards.get(cardId);
  const counted =
    card?.comment_count == null
      ? snapshot
      : withCard(snapshot, { ...card, comment_count: card.comment_count + 1 });
  const open = counted.details.get(cardId);
  if (!open) return counted;
  return withDetail(counted, {
    ...open,
    activities: [activity, ...open.activities],
    activityTotal: open.activityTotal + 1,
  });
}
