import { boardIdOf, numberOf, stageIdOf, tagIdOf } from '../../contract/ids';
import type { Board, BoardDetail, Stage, Tag } from '../../contract/entities';
import { memberIds, roleOf } from './access';
import { partnerView } from './cardView';
import { isClosed } from '../records/cardState';
import { dayIn } from '../../base/days';
import type { BoardRecord, StageRecord, TagRecord } from '../records/data';
import type { World } from '../records/world';

export const tagView = ({ id, name, color }: TagRecord): Tag => ({
  tag_id: tagIdOf(id),
  name,
  ...(color && { color }),
});

export const stageView = (world: World, stage: StageRecord): Stage => ({
  stage_id: stageIdOf(stage.id),
  name: stage.name,
  order: stage.order,
  wip_limit: stage.wip_limit,
  fold: stage.fold,
  shared_with: Math.max(0, world.boardsWith(stage.id).length - 1),
});

/** A board's stages, lowest `order` first. */
export function stagesOf(world: World, board: BoardRecord): StageRecord[] {
  return board.stages
    .flatMap((id) => world.stages.get(id) ?? [])
    .sort((a, b) => a.order - b.order || a.id - b.id);
}

/** The board's own tags and those on its cards, by name. */
function tagsOf(world: World, board: BoardRecord): TagRecord[] {
  const ids = new Set(board.tags);
  for (const card of world.cardsOf(board.id)) if (card.active) for (const tag of card.tags) ids.add(tag);
  return [...ids].flatMap((id) => world.tags.get(id) ?? []).sort(byName);
}

const names = new Intl.Collator('en');
export const byName = (a: { id: number; name: string }, b: { id: number; name: string }): number =>
  names.compare(a.name, b.name) || a.id - b.id;

export function boardView(world: World, board: BoardRecord): Board {
  return {
    board_id: boardIdOf(board.id),
    name: board.name,
    owner: partnerView(world, board.manager ?? board.creator),
    visibility: board.visibility,
    members: memberIds(board).map((id) => ({ ...partnerView(world, id), role: roleOf(world, board, id) })),
    stages: stagesOf(world, board).map((stage) => stageView(world, stage)),
    tags: tagsOf(world, board).map(tagView),
    description: board.description,
    created_at: board.created_at,
    updated_at: board.updated_at,
  };
}

/** A board with its counts and, stage by stage, what is overdue on `now`'s day in `tz` and in which states cards are. */
export function boardDetailView(world: World, board: BoardRecord, now: Date, tz: string): BoardDetail {
  const today = dayIn(tz, now.getTime());
  const facts = new Map(
    board.stages.map((id) => [id, { count: 0, overdue: 0, states: new Map<string, number>() }]),
  );
  for (const card of world.shownCards(board)) {
    const fact = facts.get(card.stage);
    if (!fact) continue;
    fact.count++;
    if (card.due !== null && card.due < today && !isClosed(card.state)) fact.overdue++;
    fact.states.set(card.state, (fact.states.get(card.state) ?? 0) + 1);
  }
  const stages = stagesOf(world, board).map((stage) => ({
    ...stageView(world, stage),
    mails_on_entry: stage.mails_on_entry,
    overdue: facts.get(stage.id)?.overdue ?? 0,
    by_state: Object.fromEntries(facts.get(stage.id)?.states ?? []),
  }));
  const counts = stages.map(({ stage_id }) => [stage_id, facts.get(numberOf(stage_id))?.count ?? 0]);
  return {
    ...boardView(world, board),
    stages,
    card_counts: Object.fromEntries(counts) as BoardDetail['card_counts'],
  };
}
