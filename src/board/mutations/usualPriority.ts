import type { Priority } from '../../contract/values';
import type { Mutation } from './mutation';
import { type BoardSnapshot, cardsIn } from '../snapshot/snapshot';

/** What the contract gives to a card that names none. */
const CONTRACTS: Priority = '1';
const EVERYDAY: ReadonlySet<Priority> = new Set(['0', '1']);

/**
 * Names the priority of new cards that have none: that of the everyday cards where they go. Odoo's own new tasks are
 * "low" and the contract's are "normal", and priority orders before anything else: a card made here would stand above
 * all that were made in Odoo, wherever its maker put it (docs/decisions/0005).
 */
export function withUsualPriority(mutation: Mutation, snapshot: BoardSnapshot): Mutation {
  const operations = mutation.operations.map((operation) => {
    if (operation.kind !== 'create' || operation.card.priority) return operation;
    const { stage_id, position } = operation.card;
    const priority = usualPriority(snapshot, stage_id, position?.after ?? null);
    return { ...operation, card: { ...operation.card, priority } };
  });
  return { ...mutation, operations };
}

/**
 * The priority of the card below which a new one goes, else of the first everyday card of its column, else of most
 * everyday cards of the board. High and urgent are never guessed.
 */
function usualPriority(snapshot: BoardSnapshot, stageId: string, after: string | null): Priority {
  const above = after === null ? undefined : snapshot.cards.get(after);
  if (above && EVERYDAY.has(above.priority)) return above.priority;
  const beside = cardsIn(snapshot, stageId).find(({ priority }) => EVERYDAY.has(priority));
  if (beside) return beside.priority;
  const everyday = [...snapshot.cards.values()].filter(({ priority }) => EVERYDAY.has(priority));
  const low = everyday.filter(({ priority }) => priority === '0').length;
  return low > everyday.length / 2 ? '0' : CONTRACTS;
}
