import { ordersFor } from '../../board/admin/stageOrder';
import type { Stage } from '../../contract/entities';
import type { Choice } from '../../widgets/rows';
import { joined, say, sayMany, shown, shownName, type ShownText } from '../../widgets/shownText';
import { placeOf } from '../prompts/tellApart';
import { attempt, type Admin, keptBoard, refuseName } from './admin';

// The flows that keep a board's stages. A stage may stand on several boards: that is said before it is changed.

/** A server that does not offer `stages` is told once, here. */
async function offered({ prompts, store }: Admin): Promise<boolean> {
  if (await store.directory.can('stages')) return true;
  prompts.refused(say('This server does not let stages be changed from here. Change them in Odoo.'));
  return false;
}

export async function addStage(admin: Admin): Promise<void> {
  const { prompts, store, boardId } = admin;
  if (!(await offered(admin))) return;
  const board = (await keptBoard(admin))?.board;
  if (!board) return;
  const typed = await prompts.text({
    title: say('New stage on {0}', shownName(board.name)),
    prompt: say('Name of the stage. It comes last; "Move Stage…" changes that.'),
    refuse: refuseName,
  });
  if (typed === undefined) return;
  const name = typed.trim();
  await attempt(
    prompts,
    {
      doing: say('Adding the stage…'),
      done: say('Added the stage {0}.', shownName(name)),
      notDone: say('Stage not added'),
    },
    () => store.admin.createStage(boardId, { name }),
  );
}

export async function renameStage(admin: Admin, stageId?: string): Promise<void> {
  const found = await pickKept(admin, stageId, say('Rename which stage?'));
  if (!found) return;
  const { stage } = found;
  const typed = await admin.prompts.text({
    title: say('Rename the stage {0}', shownName(stage.name)),
    prompt: joined([say('The new name.'), sharedText(stage)]),
    value: stage.name,
    refuse: refuseName,
  });
  const name = typed?.trim();
  if (name === undefined || name === stage.name) return;
  await change(
    admin,
    [{ stageId: stage.stage_id, body: { name } }],
    say('Stage renamed to {0}.', shownName(name)),
  );
}

export async function limitStage(admin: Admin, stageId?: string): Promise<void> {
  const found = await pickKept(admin, stageId, say('Limit which stage?'));
  if (!found) return;
  const { stage } = found;
  const typed = await admin.prompts.text({
    title: say('WIP limit of {0}', shownName(stage.name)),
    prompt: joined([
      say('How many cards the stage should hold at most; empty for no limit. Nothing is ever blocked by it.'),
      sharedText(stage),
    ]),
    value: stage.wip_limit === null ? '' : String(stage.wip_limit),
    refuse: (text) =>
      /^\s*([1-9][0-9]{0,5})?\s*$/.test(text) ? undefined : say('Type a whole number from 1 on, or nothing.'),
  });
  if (typed === undefined) return;
  const limit = typed.trim() === '' ? null : Number(typed);
  if (limit === stage.wip_limit) return;
  const done =
    limit === null
      ? say('{0} has no limit any more.', shownName(stage.name))
      : sayMany(limit, '{1} is limited to {0} card.', '{1} is limited to {0} cards.', shownName(stage.name));
  await change(admin, [{ stageId: stage.stage_id, body: { wip_limit: limit } }], done);
}

export async function moveStage(admin: Admin, stageId?: string): Promise<void> {
  const found = await pickKept(admin, stageId, say('Move which stage?'));
  if (!found) return;
  const { stage, stages } = found;
  const others = stages.filter((other) => other !== stage);
  const present = stages.indexOf(stage);
  const places = [
    { label: say('First'), value: 0 },
    ...others.map((other, index): Choice<number> => ({
      label: say('After {0}', shownName(other.name)),
      apart: [placeOf(stages.indexOf(other), stages.length)],
      value: index + 1,
    })),
  ].filter(({ value }) => value !== present);
  if (places.length === 0) return admin.prompts.refused(say('This board has one stage only.'));
  // What each place costs other boards is known before it is chosen.
  const index = await admin.prompts.pick(
    say('Move the stage {0}', shownName(stage.name)),
    places.map((place) => {
      const shared = ordersFor(stages, stage.stage_id, place.value).find(
        ({ stage: each }) => each.shared_with,
      );
      const detail = shared && orderSharedText(shared.stage);
      return { ...place, ...(detail && { detail }) };
    }),
  );
  if (index === undefined) return;
  const orders = ordersFor(stages, stage.stage_id, index).map(({ stage: each, order }) => ({
    stageId: each.stage_id,
    body: { order },
  }));
  await change(admin, orders, say('Moved the stage {0}.', shownName(stage.name)));
}

export async function deleteStage(admin: Admin, stageId?: string): Promise<void> {
  const { prompts, store, boardId } = admin;
  const found = await pickKept(admin, stageId, say('Delete which stage?'));
  if (!found) return;
  const { stage, total } = found;
  if (total > 0) {
    const sentence = sayMany(
      total,
      '{1} still holds {0} card. Move or archive it first.',
      '{1} still holds {0} cards. Move or archive them first.',
      shownName(stage.name),
    );
    return prompts.refused(sentence);
  }
  const others = stage.shared_with ?? 0;
  const detail =
    others > 0
      ? sayMany(
          others,
          'It is on {0} other board too, and is deleted there as well.',
          'It is on {0} other boards too, and is deleted there as well.',
        )
      : undefined;
  if (!(await prompts.confirm(say('Delete the stage {0}?', shownName(stage.name)), detail, say('Delete'))))
    return;
  await attempt(
    prompts,
    {
      doing: say('Deleting the stage…'),
      done: say('Deleted the stage {0}.', shownName(stage.name)),
      notDone: say('Stage not deleted'),
    },
    () => store.admin.deleteStage(boardId, stage.stage_id),
  );
}

async function change(
  { prompts, store, boardId }: Admin,
  changes: Parameters<typeof store.admin.updateStages>[1],
  done: ShownText,
): Promise<void> {
  await attempt(prompts, { doing: say('Changing the stage…'), done, notDone: say('Stage not changed') }, () =>
    store.admin.updateStages(boardId, changes),
  );
}

interface Kept {
  stage: Stage;
  stages: readonly Stage[];
  total: number;
}

/** The stage that was named, or one that is picked. */
async function pickKept(
  admin: Admin,
  stageId: string | undefined,
  title: ShownText,
): Promise<Kept | undefined> {
  if (!(await offered(admin))) return undefined;
  const snapshot = await keptBoard(admin);
  if (!snapshot) return undefined;
  const { stages } = snapshot.board;
  if (stages.length === 0) {
    admin.prompts.refused(say('This board has no stages yet.'));
    return undefined;
  }
  const totalOf = (stage: Stage) => snapshot.columns.get(stage.stage_id)?.total ?? 0;
  const stage =
    stages.find(({ stage_id }) => stage_id === stageId) ??
    (await admin.prompts.pick(
      title,
      stages.map((each, index) => ({
        label: shownName(each.name),
        description: shown(
          each.wip_limit === null ? String(totalOf(each)) : `${totalOf(each)} / ${each.wip_limit}`,
        ),
        detail: sharedText(each),
        apart: [placeOf(index, stages.length)],
        value: each,
      })),
    ));
  return stage && { stage, stages, total: totalOf(stage) };
}

/** That a stage is shared; nothing when it is not. */
const sharedText = ({ shared_with }: Stage): ShownText | undefined =>
  shared_with
    ? sayMany(
        shared_with,
        'It is on {0} other board too, and changes there as well.',
        'It is on {0} other boards too, and changes there as well.',
      )
    : undefined;

const orderSharedText = ({ name, shared_with }: Stage): ShownText =>
  sayMany(
    shared_with ?? 0,
    '{1} is on {0} other board too: the order may change there.',
    '{1} is on {0} other boards too: the order may change there.',
    shownName(name),
  );
