import { boardIdOf, cardIdOf, stageIdOf, tagIdOf } from '../../contract/ids';
import type { Card, Dependency, Partner } from '../../contract/entities';
import { maySeeCard } from './access';
import { isClosed } from '../records/cardState';
import type { CardRecord, PartnerRecord, UserRecord } from '../records/data';
import { sha256 } from '../../base/sha256';
import type { World } from '../records/world';

const views = new WeakMap<PartnerRecord, Partner>();

export function partnerView(world: World, id: number): Partner {
  const record = world.partners.get(id);
  if (!record) return { partner_id: id, email: '', name: 'Unknown' };
  let view = views.get(record);
  if (!view) {
    const { name, email, avatar } = record;
    view = { partner_id: id, email, name, ...(avatar && { avatar_url: avatar }) };
    views.set(record, view);
  }
  return view;
}

/**
 * A card as the wire shows it.
 * @param viewer hides related cards that this user may not see; null shows all
 * @param summary leaves out texts and checklist, and counts the latter
 */
export function cardView(world: World, viewer: UserRecord | null, card: CardRecord, summary = false): Card {
  const people = (ids: number[]) => ids.map((id) => partnerView(world, id));
  const subtasks = visible(world, viewer, world.subtasksOf(card));
  const checklist = card.checklist;
  return {
    card_id: cardIdOf(card.id),
    board_id: boardIdOf(card.board),
    stage_id: stageIdOf(card.stage),
    title: card.title,
    ...(!summary && { description_md: card.description }),
    priority: card.priority,
    due_date: card.due,
    created_at: card.created_at,
    updated_at: card.updated_at,
    owners: people(card.owners),
    watchers: people(card.watchers),
    tags: card.tags.map(tagIdOf),
    parent_id: visibleParentId(world, viewer, card),
    subtask_ids: subtasks.map(({ id }) => cardIdOf(id)),
    ...(!summary && { checklist }),
    dependencies: dependenciesView(world, viewer, card),
    sequence: card.sequence,
    ...(summary && {
      checklist_done: checklist.filter(({ done }) => done).length,
      checklist_total: checklist.length,
    }),
    state: card.state,
    closed: isClosed(card.state),
    comment_count: card.comments,
    subtasks_done: subtasks.filter(({ state }) => isClosed(state)).length,
    milestone: card.milestone,
    stage_since: stageSince(card),
    description_lossy: false,
  };
}

function visible(world: World, viewer: UserRecord | null, cards: CardRecord[]): CardRecord[] {
  return viewer ? cards.filter((card) => maySeeCard(world, viewer, card)) : cards;
}

function visibleParentId(world: World, viewer: UserRecord | null, card: CardRecord): string | null {
  const parent = world.parentOf(card);
  return parent && (!viewer || maySeeCard(world, viewer, parent)) ? cardIdOf(parent.id) : null;
}

function dependenciesView(world: World, viewer: UserRecord | null, card: CardRecord): Dependency[] {
  const all = (type: Dependency['type'], cards: CardRecord[]): Dependency[] =>
    visible(world, viewer, cards).map(({ id }) => ({ type, task_id: cardIdOf(id) }));
  return [...all('blocked_by', world.blockersOf(card)), ...all('blocks', world.blockedBy(card))];
}

/** Since when the card has been in its stage: its last arrival there. */
function stageSince(card: CardRecord): string {
  let since = card.created_at;
  for (let i = card.passages.length - 1; i >= 0; i--) {
    const passage = card.passages[i]!;
    if (passage.stage !== card.stage) break;
    since = passage.at;
  }
  return since;
}

/** The strong entity tag of a card answer: of what a PATCH can change, without `sequence` and `updated_at`. */
export function cardTag(world: World, viewer: UserRecord, card: CardRecord): string {
  const parts = [
    card.id,
    card.title,
    card.stage,
    card.priority,
    card.description,
    card.due,
    card.owners,
    card.tags,
    card.checklist,
    card.state,
    visibleParentId(world, viewer, card),
    dependenciesView(world, viewer, card),
    card.watchers,
    card.active,
  ];
  return `"${sha256(JSON.stringify(parts)).slice(0, 32)}"`;
}
