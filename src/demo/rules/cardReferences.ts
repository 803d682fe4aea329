import { numberOf } from '../../contract/ids';
import type { Dependency } from '../../contract/entities';
import { isStaff, maySeeCard } from './access';
import { refused } from '../records/apiError';
import type { BoardRecord, CardRecord, UserRecord } from '../records/data';
import type { World } from '../records/world';

// What a body refers to: each function gives the records' ids, or refuses with the body's key.

const unique = (ids: number[]): number[] => [...new Set(ids)];

/** A stage of this very board. */
export function stageOfBoard(board: BoardRecord, stage: string): number {
  const id = numberOf(stage);
  if (!board.stages.includes(id)) throw refused('stage_id', 'stage_id must be a stage of this board');
  return id;
}

/** People who may be assigned: Odoo's own users, not people from outside. */
export function assignable(world: World, owners: number[]): number[] {
  for (const id of owners)
    if (!isStaff(world, id))
      throw refused('owners', `owners: nobody who can be assigned has the partner id ${id}`);
  return unique(owners);
}

export function knownPartners(world: World, field: string, ids: number[]): number[] {
  for (const id of ids)
    if (!world.partners.has(id)) throw refused(field, `${field}: there is no partner ${id}`);
  return unique(ids);
}

export function knownTags(world: World, tags: string[]): number[] {
  const ids = tags.map(numberOf);
  ids.forEach((id, i) => {
    if (!world.tags.has(id)) throw refused('tags', `tags: there is no ${tags[i]}`);
  });
  return unique(ids);
}

function relatedCard(world: World, user: UserRecord, field: string, id: string): CardRecord {
  const card = world.cards.get(numberOf(id));
  if (!card?.active || !maySeeCard(world, user, card))
    throw refused(field, `${field}: ${id} is not there, is archived, or you may not see it`);
  return card;
}

/** @param card null for a card that is yet to be made */
export function parentFor(world: World, user: UserRecord, card: CardRecord | null, id: string): number {
  const parent = relatedCard(world, user, 'parent_id', id);
  for (let above: CardRecord | undefined = parent; above && card; above = world.cards.get(above.parent ?? 0))
    if (above.id === card.id) throw refused('parent_id', 'parent_id: a card cannot be below itself');
  return parent.id;
}

/** Blockers of a card, and cards that it blocks. */
export interface Dependencies {
  blockedBy: number[];
  blocks: number[];
}

/**
 * The dependencies that a PATCH asks for. Those that the user cannot see stay as they are.
 * @throws ApiError refused: unknown cards, the card itself, or a circle
 */
export function dependenciesFor(
  world: World,
  user: UserRecord,
  card: CardRecord,
  wanted: Dependency[],
): Dependencies {
  const hidden = (ids: number[]) =>
    ids.filter((id) => {
      const other = world.cards.get(id);
      return other && !(other.active && maySeeCard(world, user, other));
    });
  const ids = (type: Dependency['type']) =>
    wanted
      .filter((each) => each.type === type)
      .map(({ task_id }) => relatedCard(world, user, 'dependencies', task_id).id);
  const dependencies = {
    blockedBy: unique([...hidden(card.blocked_by), ...ids('blocked_by')]),
    blocks: unique([...hidden(world.blockedIds(card)), ...ids('blocks')]),
  };
  requireNoCircle(world, card, dependencies);
  return dependencies;
}

/**
 * A circle must lead through the card: from what it will block, along blocked cards, back to one of its blockers to be.
 * What the same PATCH takes away is gone, so that a dependency can be turned round in one step.
 */
function requireNoCircle(world: World, card: CardRecord, { blockedBy, blocks }: Dependencies): void {
  if (blockedBy.includes(card.id) || blocks.includes(card.id))
    throw refused('dependencies', 'dependencies: a card cannot wait for itself');
  const blockers = new Set(blockedBy);
  const seen = new Set<number>([card.id]);
  const toVisit = [...blocks];
  for (let id = toVisit.pop(); id !== undefined; id = toVisit.pop()) {
    if (blockers.has(id)) throw refused('dependencies', 'dependencies: cards cannot wait for each other');
    if (seen.has(id)) continue;
    seen.add(id);
    const next = world.cards.get(id);
    if (next) toVisit.push(...world.blockedIds(next));
  }
}
