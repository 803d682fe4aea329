import type { Capability } from '../../contract/capabilities';
import type { EndpointAnswer, EndpointRequest } from '../../contract/endpoints';
import { applyOperation, withComment } from './apply';
import { type Operation, placeOf } from './mutation';
import {
  type BoardSnapshot,
  cardAbove,
  withCard,
  withCardAfter,
  withDetail,
  withoutCard,
} from '../snapshot/snapshot';

/** The endpoints that mutations write through. */
export type WriteName = 'updateCard' | 'createCard' | 'archiveCard' | 'addComment';

/** A call that is ready to be sent. Once sent it never changes: its key stands for these very bytes. */
export type WriteCall = { [N in WriteName]: { endpoint: N; request: EndpointRequest<N> } }[WriteName];

export type WriteAnswer = { [N in WriteName]: EndpointAnswer<N> }[WriteName];

/** The call for an operation, from the confirmed snapshot at the moment before it is first sent. */
export function requestOf(
  operation: Operation,
  confirmed: BoardSnapshot | undefined,
  announced: ReadonlySet<Capability>,
): WriteCall {
  const { cardId } = operation;
  const params = { card_id: cardId };
  switch (operation.kind) {
    case 'move': {
      const { stageId, state } = operation;
      const moved = confirmed && applyOperation(confirmed, operation);
      const stage = confirmed?.cards.get(cardId)?.stage_id === stageId ? {} : { stage_id: stageId };
      const body = {
        ...stage,
        ...(moved && announced.has('position') && { position: { after: cardAbove(moved, cardId) } }),
        ...(state && announced.has('card-edit') && { state }),
      };
      return { endpoint: 'updateCard', request: { params, body } };
    }
    case 'edit': {
      const placed =
        operation.after !== undefined && confirmed && announced.has('position')
          ? { position: { after: cardAbove(applyOperation(confirmed, operation), cardId) } }
          : {};
      return { endpoint: 'updateCard', request: { params, body: { ...operation.changes, ...placed } } };
    }
    case 'create': {
      const { position, ...card } = operation.card;
      const body = { ...card, ...(announced.has('position') && { position: position ?? { after: null } }) };
      return { endpoint: 'createCard', request: { body } };
    }
    case 'comment': {
      const { body_md, mentions } = operation;
      const body = { body_md, ...(mentions.length > 0 && { mentions: [...mentions] }) };
      return { endpoint: 'addComment', request: { params, body } };
    }
    case 'archive':
      return { endpoint: 'archiveCard', request: { params } };
    case 'restore':
      return { endpoint: 'updateCard', request: { params, body: { active: true } } };
  }
}

/** Takes the server's answer into the confirmed snapshot. Without one (another window got it) what was meant counts. */
export function confirmOperation(
  confirmed: BoardSnapshot,
  operation: Operation,
  answer: WriteAnswer,
  etag: string | undefined,
): BoardSnapshot {
  const card = answer && 'card' in answer ? answer.card : undefined;
  if (operation.kind === 'create') {
    const snapshot = withoutCard(confirmed, operation.cardId);
    return card
      ? withTag(withCardAfter(snapshot, card, operation.card.position?.after ?? null), card.card_id, etag)
      : snapshot;
  }
  if (operation.kind === 'comment' && answer && 'activity' in answer)
    return withComment(confirmed, operation.cardId, answer.activity);
  if (!card) return applyOperation(confirmed, operation);
  // Where an edited card stands is the server's to say; one that the request placed stands there.
  const placed = placeOf(operation) !== undefined ? applyOperation(confirmed, operation) : confirmed;
  return withTag(withCard(placed, card), card.card_id, etag);
}

/** The card that an answer is about: a new card's own id. */
export const cardIdIn = (answer: WriteAnswer): string | undefined =>
  answer && 'card' in answer ? answer.card.card_id : undefined;

/** Keeps the newest entity tag of a card whose details are open. */
function withTag(snapshot: BoardSnapshot, cardId: string, etag: string | undefined): BoardSnapshot {
  const detail = snapshot.details.get(cardId);
  return detail && etag !== undefined ? withDetail(snapshot, { ...detail, etag }) : snapshot;
}
