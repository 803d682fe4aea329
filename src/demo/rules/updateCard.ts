import type { ChecklistItem } from '../../contract/entities';
import type { CardChanges } from '../../contract/requests';
import type { CardState } from '../../contract/values';
import { refused } from '../records/apiError';
import { diffEvent, readable } from './cardDiff';
import {
  assignable,
  type Dependencies,
  dependenciesFor,
  knownPartners,
  knownTags,
  parentFor,
  stageOfBoard,
} from './cardReferences';
import { isClosed, settledState, STATE_LABELS, WAITING } from '../records/cardState';
import type { CardRecord, UserRecord } from '../records/data';
import { place, type Resequence } from './position';
import type { Transaction } from './transaction';
import type { World } from '../records/world';

/** All that a PATCH will write, once everything in it has been found good. */
export interface UpdatePlan {
  fields: Partial<CardRecord>;
  dependencies: Dependencies | null;
  others: Resequence;
}

const SETS = ['owners', 'tags', 'watchers', 'blocked_by'];

/** Whether a field would stay as it is. Lists of people, tags and cards are sets. */
function same(field: string, a: unknown, b: unknown): boolean {
  if (SETS.includes(field) && Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((each) => b.includes(each));
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/**
 * Checks a PATCH against the records and works out what really changes.
 * @throws ApiError refused, with the key of the body
 */
export function planUpdate(
  world: World,
  user: UserRecord,
  card: CardRecord,
  changes: CardChanges,
): UpdatePlan {
  const fields = wantedFields(world, user, card, changes);
  const dependencies =
    changes.dependencies === undefined
      ? null
      : dependenciesFor(world, user, card, changes.dependencies ?? []);
  if (dependencies) fields.blocked_by = dependencies.blockedBy;
  if (fields.state) fields.state = wantedState(world, { ...card, ...fields }, card.state, fields.state);
  const { state } = fields;
  for (const key of Object.keys(fields) as (keyof CardRecord)[])
    if (same(key, fields[key], card[key])) delete fields[key];
  // A move would reset it.
  if (state && (fields.stage !== undefined || fields.blocked_by)) fields.state = state;
  if (fields.owners && changes.watchers === undefined) addWatchers(card, fields, fields.owners);
  let others: Resequence = [];
  if (changes.position) {
    const placed = place(world, { ...card, ...fields }, changes.position.after);
    others = placed.others;
    if (placed.sequence !== card.sequence) fields.sequence = placed.sequence;
  }
  return { fields, dependencies, others };
}

function wantedFields(
  world: World,
  user: UserRecord,
  card: CardRecord,
  changes: CardChanges,
): Partial<CardRecord> {
  const fields: Partial<CardRecord> = {};
  const board = world.boards.get(card.board);
  if (changes.title !== undefined) fields.title = changes.title.trim();
  if (changes.stage_id !== undefined && board) fields.stage = stageOfBoard(board, changes.stage_id);
  if (changes.priority !== undefined) fields.priority = changes.priority;
  if (changes.description_md !== undefined) fields.description = changes.description_md || null;
  if (changes.due_date !== undefined) fields.due = changes.due_date;
  if (changes.owners !== undefined) fields.owners = assignable(world, changes.owners ?? []);
  if (changes.tags !== undefined) fields.tags = knownTags(world, changes.tags ?? []);
  if (changes.checklist !== undefined) fields.checklist = tidyChecklist(changes.checklist ?? []);
  if (changes.state !== undefined) fields.state = changes.state;
  if (changes.watchers !== undefined)
    fields.watchers = knownPartners(world, 'watchers', changes.watchers ?? []);
  if (changes.parent_id) fields.parent = parentFor(world, user, card, changes.parent_id);
  // A parent that is archived or unseen shows as none: clearing none changes nothing.
  if (changes.parent_id === null && world.parentOf(card)) fields.parent = null;
  if (changes.active) fields.active = true;
  // Its stage may have been deleted while it was away.
  if (changes.active && board && !board.stages.includes(card.stage) && !fields.stage)
    fields.stage = board.stages[0];
  return fields;
}

/**
 * The state that a card gets: whatever is open waits while something blocks it, as in Odoo.
 * @param card as it will be
 * @throws ApiError refused: waiting for nothing
 */
function wantedState(world: World, card: CardRecord, before: CardState, wanted: CardState): CardState {
  if (isClosed(wanted)) return wanted;
  if (world.hasOpenBlocker(card)) return WAITING;
  if (wanted === WAITING && before !== WAITING)
    throw refused(
      'state',
      'state: a card waits as long as an open card blocks it, so give it a dependency instead',
    );
  return wanted;
}

/** By the client's own numbers where it gives them, one order of keys and no nulls, so that equal lists look equal. */
function tidyChecklist(items: ChecklistItem[]): ChecklistItem[] {
  const placed = items.map((item, index) => ({ item, place: item.order ?? index }));
  placed.sort((a, b) => a.place - b.place);
  return placed.map(({ item: { id, text, done, order } }) => ({
    ...{ id, text, done },
    ...(typeof order === 'number' && { order }),
  }));
}

/** Who is assigned follows the card, as in Odoo. */
function addWatchers(card: CardRecord, fields: Partial<CardRecord>, owners: number[]): void {
  const added = owners.filter((id) => !card.owners.includes(id) && !card.watchers.includes(id));
  if (added.length > 0) fields.watchers = [...card.watchers, ...added];
}

/** Writes a plan: one event, one change of `updated_at`, and nothing at all when nothing changes. */
export function applyUpdate(
  world: World,
  tx: Transaction,
  user: UserRecord,
  card: CardRecord,
  { fields, dependencies, others }: UpdatePlan,
): void {
  const blocked = dependencies ? changedBlocks(world, card, dependencies.blocks) : [];
  if (Object.keys(fields).length === 0 && blocked.length === 0 && others.length === 0) return;
  const before = new Map(
    [card, ...blocked.map(([other]) => other)].map((each) => [each, readable(world, each)]),
  );

  const settles =
    fields.state === undefined && (fields.stage !== undefined || fields.blocked_by !== undefined);
  tx.changeCard(card, { ...fields, updated_at: tx.at });
  for (const [other, sequence] of others) tx.changeCard(other, { sequence });
  for (const [other, blockers] of blocked) tx.changeCard(other, { blocked_by: blockers, updated_at: tx.at });
  if (settles) tx.changeCard(card, { state: settledState(card.state, world.hasOpenBlocker(card)) });
  for (const [other] of blocked) tx.changeCard(other, { state: stateAfterBlockers(world, other) });

  for (const [each, was] of before) {
    const event = diffEvent(was, readable(world, each));
    if (event) tx.addEvent({ card: each.id, author: user.partner, ...event });
  }
  followBlocker(world, tx, user, card);
}

/** The cards that begin or cease to wait for a card, with their new blockers. */
function changedBlocks(world: World, card: CardRecord, blocks: number[]): [CardRecord, number[]][] {
  const now = world.blockedIds(card);
  const record = (id: number) => world.cards.get(id) ?? [];
  return [
    ...blocks
      .filter((id) => !now.includes(id))
      .flatMap(record)
      .map((other): [CardRecord, number[]] => [other, [...other.blocked_by, card.id]]),
    ...now
      .filter((id) => !blocks.includes(id))
      .flatMap(record)
      .map((other): [CardRecord, number[]] => [other, other.blocked_by.filter((id) => id !== card.id)]),
  ];
}

/** Waiting begins with the first open blocker and ends with the last; other states are left alone. */
function stateAfterBlockers(world: World, card: CardRecord): CardState {
  const blocked = world.hasOpenBlocker(card);
  return blocked || card.state === WAITING ? settledState(card.state, blocked) : card.state;
}

/** Lets the cards that wait for a card know that it was closed, opened, archived or brought back. */
export function followBlocker(world: World, tx: Transaction, user: UserRecord, blocker: CardRecord): void {
  for (const id of world.blockedIds(blocker)) {
    const card = world.cards.get(id);
    const state = card && stateAfterBlockers(world, card);
    if (!card || !state || state === card.state) continue;
    const change = {
      field_name: 'state',
      old_value: STATE_LABELS[card.state],
      new_value: STATE_LABELS[state],
    };
    tx.changeCard(card, { state, updated_at: tx.at });
    tx.addEvent({ card: card.id, author: user.partner, type: 'field_update', changes: [change] });
  }
}
