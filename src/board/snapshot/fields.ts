import type { Card } from '../../contract/entities';
import type { CardChanges } from '../../contract/requests';
import { type BoardSnapshot, partnerOf } from './snapshot';

// The fields of a card that an edit changes, in the form in which a PATCH carries them.

/** The card with the changes on it. People are found on the board by their number. */
export function withChanges(snapshot: BoardSnapshot, card: Card, changes: CardChanges): Card {
  const { owners, tags, checklist, title, stage_id, priority, description_md, due_date } = changes;
  return {
    ...card,
    ...(title !== undefined && { title: title.trim() }),
    ...(stage_id !== undefined && { stage_id }),
    ...(priority !== undefined && { priority }),
    ...(description_md !== undefined && { description_md }),
    ...(due_date !== undefined && { due_date }),
    ...(owners !== undefined && { owners: (owners ?? []).map((id) => partnerOf(snapshot, id)) }),
    ...(tags !== undefined && { tags: tags ?? [] }),
    ...(checklist !== undefined && {
      checklist: checklist ?? [],
      checklist_total: checklist?.length ?? 0,
      checklist_done: checklist?.filter((item) => item.done).length ?? 0,
    }),
  };
}

/** What a card has in the fields that `changes` touches. */
export function valuesOf(card: Card, changes: CardChanges): CardChanges {
  const values: CardChanges = {
    title: card.title,
    stage_id: card.stage_id,
    priority: card.priority,
    description_md: card.description_md ?? null,
    due_date: card.due_date,
    owners: card.owners.map((owner) => owner.partner_id),
    tags: card.tags,
    checklist: card.checklist ?? [],
  };
  return Object.fromEntries(Object.entries(values).filter(([key]) => key in changes));
}

export type FieldName = keyof CardChanges;

/** The fields of `changes` whose values differ between two states of a card. */
export function differing(changes: CardChanges, a: CardChanges, b: CardChanges): FieldName[] {
  return (Object.keys(changes) as FieldName[]).filter((name) => comparable(name, a) !== comparable(name, b));
}

/** Lists of people and tags have no order; no text and an empty one are the same. */
function comparable(name: FieldName, values: CardChanges): string {
  const value = values[name] ?? null;
  if ((name === 'owners' || name === 'tags') && Array.isArray(value))
    return JSON.stringify([...(value as (string | number)[])].sort());
  if (name === 'checklist')
    return JSON.stringify(
      (values.checklist ?? []).map(({ id, text, done, order }) => [id, text, done, order ?? null]),
    );
  if (typeof value === 'string') return value.replace(/\r\n/g, '\n').trim();
  return value === null ? '' : JSON.stringify(value);
}
