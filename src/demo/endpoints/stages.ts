import { maySeeBoard, requireManage, visibleBoard } from '../rules/access';
import { ApiError } from '../records/apiError';
import { stagesOf, stageView } from '../rules/boardView';
import type { Call, Reply } from './call';
import type { StageRecord, UserRecord } from '../records/data';
import type { World } from '../records/world';

export function createStage({ world, user, params, tx, body }: Call<'createStage'>): Reply<'createStage'> {
  const board = visibleBoard(world, user, params.board_id);
  requireManage(user, board);
  const { name, order, wip_limit, fold } = body();
  const stage = tx.addStage({
    name: name.trim(),
    order: order ?? (stagesOf(world, board).at(-1)?.order ?? 0) + 1,
    wip_limit: wip_limit ?? null,
    fold: fold ?? false,
    mails_on_entry: false,
  });
  tx.changeBoard(board, { stages: [...board.stages, stage.id] });
  return { body: { stage: stageView(world, stage) } };
}

export function updateStage({ world, user, params, tx, body }: Call<'updateStage'>): Reply<'updateStage'> {
  const stage = visibleStage(world, user, params.stage_id);
  requireManage(user, ...world.boardsWith(stage.id));
  const { name, order, wip_limit, fold } = body();
  const wanted = {
    name: name?.trim() ?? stage.name,
    order: order ?? stage.order,
    wip_limit: wip_limit === undefined ? stage.wip_limit : wip_limit,
    fold: fold ?? stage.fold,
  };
  if (Object.entries(wanted).some(([key, value]) => stage[key as keyof typeof wanted] !== value))
    tx.changeStage(stage, wanted);
  return { body: { stage: stageView(world, stage) } };
}

export function deleteStage({ world, user, params, tx, query }: Call<'deleteStage'>): Reply<'deleteStage'> {
  const stage = visibleStage(world, user, params.stage_id);
  requireManage(user, ...world.boardsWith(stage.id));
  query();
  if (world.data.cards.some((card) => card.active && card.stage === stage.id))
    throw new ApiError('CONFLICT', 'The stage still holds cards: move or archive them first.');
  tx.removeStage(stage);
  return { body: undefined };
}

/** A stage of at least one board that the user may see. @throws ApiError `NOT_FOUND` */
function visibleStage(world: World, user: UserRecord, id: number): StageRecord {
  const stage = world.stages.get(id);
  if (!stage || !world.boardsWith(id).some((board) => maySeeBoard(user, board)))
    throw new ApiError('NOT_FOUND', 'This stage is not there, or you may not see it.');
  return stage;
}
