import type { EndpointAnswer } from '../../contract/endpoints';
import type { Card } from '../../contract/entities';
import { type BoardSnapshot, mergedCard, snapshotOf } from './snapshot';

type Changes = Pick<EndpointAnswer<'listChanges'>, 'cards' | 'removed'>;

/** Whether changes can be laid over what is loaded: of a card that is not, in a column that is loaded in part, nobody knows whether it is new. */
export function fits(snapshot: BoardSnapshot, { cards, removed }: Changes): boolean {
  const whole = [...snapshot.columns.values()].every(({ cardIds, total }) => cardIds.length >= total);
  return whole || [...cards.map(({ card_id }) => card_id), ...removed].every((id) => snapshot.cards.has(id));
}

/** The snapshot with the changes in it; the cards then stand in the contract's order. */
export function withChangesOf(snapshot: BoardSnapshot, { cards, removed }: Changes): BoardSnapshot {
  const merged = new Map(snapshot.cards);
  for (const id of removed) merged.delete(id);
  for (const card of cards) merged.set(card.card_id, mergedCard(merged.get(card.card_id), card));
  const count = (all: Iterable<Card>, stageId: string) =>
    [...all].filter(({ stage_id }) => stage_id === stageId).length;
  const totals = [...snapshot.columns].map(([stageId, { total }]): [string, number] => {
    const grown = count(merged.values(), stageId) - count(snapshot.cards.values(), stageId);
    return [stageId, Math.max(0, total + grown)];
  });
  const details = new Map(snapshot.details);
  for (const card of cards) {
    const detail = details.get(card.card_id);
    if (detail) details.set(card.card_id, { ...detail, card: mergedCard(detail.card, card) });
  }
  const board = { ...snapshot.board, card_counts: Object.fromEntries(totals) };
  return snapshotOf(board, [...merged.values()], details);
}

/** What changes by itself, or by the move of another card, and is no news of this one. */
const QUIET = new Set(['sequence', 'updated_at', 'stage_since']);

/** The cards that now show something else than before: to be told as what others did. */
export function changedCards(before: BoardSnapshot, { cards, removed }: Changes): string[] {
  const differs = (card: Card) => {
    const known = before.cards.get(card.card_id);
    if (!known) return true;
    return (Object.keys(card) as (keyof Card)[]).some(
      (key) => !QUIET.has(key) && key in known && JSON.stringify(card[key]) !== JSON.stringify(known[key]),
    );
  };
  return [
    ...cards.filter(differs).map(({ card_id }) => card_id),
    ...removed.filter((id) => before.cards.has(id)),
  ];
}

/** The cards that stand in another stage than before. */
export function movedCards(before: BoardSnapshot, cards: Iterable<Card>): string[] {
  return [...cards]
    .filter(({ card_id, stage_id }) => (before.cards.get(card_id)?.stage_id ?? stage_id) !== stage_id)
    .map(({ card_id }) => card_id);
}
