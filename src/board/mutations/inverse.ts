import type { Card } from '../../contract/entities';
import { CardState } from '../../contract/values';
import { applyOperation } from './apply';
import { valuesOf } from '../snapshot/fields';
import type { Mutation, Operation } from './mutation';
import { type BoardSnapshot, cardAbove, cardOf } from '../snapshot/snapshot';

/**
 * What takes a mutation back, given the snapshot before it; null when nothing can. Each card goes back to its stage,
 * place and state, and nothing is written where the server no longer holds what we wrote.
 */
export function inverseOf(mutation: Mutation, before: BoardSnapshot): Mutation | null {
  const label =
    mutation.label === 'archive' ? 'restore' : mutation.label === 'create' ? 'archive' : mutation.label;
  const operations = mutation.label === 'move' ? movesBack(mutation, before) : othersBack(mutation, before);
  return operations.length > 0 ? { label, operations } : null;
}

/** Top first: each card goes back below a neighbour that is already in its old place. */
function movesBack({ operations }: Mutation, before: BoardSnapshot): Operation[] {
  return operations
    .flatMap((operation) => {
      const card = before.cards.get(operation.cardId);
      if (operation.kind !== 'move' || !card) return [];
      const index = before.columns.get(card.stage_id)?.cardIds.indexOf(card.card_id) ?? 0;
      return [{ card, index, expect: operation.stageId }];
    })
    .sort((a, b) => a.index - b.index)
    .map(({ card, expect }) => {
      const state = settable(card.state);
      return {
        kind: 'move',
        cardId: card.card_id,
        stageId: card.stage_id,
        after: cardAbove(before, card.card_id),
        ...(state && { state }),
        expect,
      };
    });
}

/** The last change first. */
function othersBack({ operations }: Mutation, before: BoardSnapshot): Operation[] {
  const back: Operation[] = [];
  operations.reduce((snapshot, operation) => {
    const inverse = inverseOperation(operation, snapshot);
    if (inverse) back.unshift(inverse);
    return applyOperation(snapshot, operation);
  }, before);
  return back;
}

function inverseOperation(operation: Operation, before: BoardSnapshot): Operation | null {
  const { cardId } = operation;
  const card = cardOf(before, cardId);
  switch (operation.kind) {
    case 'edit':
      return card ? editBack(operation, card, before) : null;
    case 'create':
    case 'restore':
      return { kind: 'archive', cardId };
    case 'archive':
      return card ? { kind: 'restore', cardId, card } : null;
    case 'move':
    case 'comment':
      return null;
  }
}

/** With its stage or priority a card gets its old place back. */
function editBack(
  { cardId, changes }: Extract<Operation, { kind: 'edit' }>,
  card: Card,
  before: BoardSnapshot,
): Operation {
  const placed = changes.stage_id !== undefined || changes.priority !== undefined;
  return {
    kind: 'edit',
    cardId,
    changes: valuesOf(card, changes),
    ...(placed && before.cards.has(cardId) && { after: cardAbove(before, cardId) }),
  };
}

/** That a card waits for others is Odoo's to say. */
function settable(state: string | null | undefined): CardState | undefined {
  return CardState.options.find((option) => option === state && option !== '04_waiting_normal');
}
