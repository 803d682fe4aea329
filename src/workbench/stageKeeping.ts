import { ordersFor } from '../board/stageOrder';
import type { Stage } from '../contract/entities';
import { plural, t } from '../l10n/l10n';
import { attempt, type Keeping, keptBoard, refuseName } from './keeping';

// The flows that keep a board's stages. A stage may stand on several boards: that is said before it is changed.

/** A server that does not offer `stages` is told once, here. */
async function offered({ asks, store }: Keeping): Promise<boolean> {
  if (await store.directory.can('stages')) return true;
  asks.refused(t('This server does not let stages be changed from here. Change them in Odoo.'));
  return false;
}

export async function addStage(keeping: Keeping): Promise<void> {
  const { asks, store, boardId } = keeping;
  if (!(await offered(keeping))) return;
  const board = (await keptBoard(keeping))?.board;
  if (!board) return;
  const typed = await asks.text({
    title: t('New stage on {0}', board.name),
    prompt: t('Name of the stage. It comes last; "Move Stage…" changes that.'),
    refuse: refuseName,
  });
  if (typed === undefined) return;
  const name = typed.trim();
  await attempt(
    asks,
    {
      doing: t('Adding the stage…'),
      done: t('Added the stage {0}.', name),
      notDone: t('Stage not added'),
    },
    () => store.keeping.createStage(boardId, { name }),
  );
}

export async function renameStage(keeping: Keeping, stageId?: string): Promise<void> {
  const found = await pickKept(keeping, stageId, t('Rename which stage?'));
  if (!found) return;
  const { stage } = found;
  const typed = await keeping.asks.text({
    title: t('Rename the stage {0}', stage.name),
    prompt: [t('The new name.'), sharedText(stage)].filter(Boolean).join(' '),
    value: stage.name,
    refuse: refuseName,
  });
  const name = typed?.trim();
  if (name === undefined || name === stage.name) return;
  await change(keeping, [{ stageId: stage.stage_id, body: { name } }], t('Stage renamed to {0}.', name));
}

export async function limitStage(keeping: Keeping, stageId?: string): Promise<void> {
  const found = await pickKept(keeping, stageId, t('Limit which stage?'));
  if (!found) return;
  const { stage } = found;
  const typed = await keeping.asks.text({
    title: t('WIP limit of {0}', stage.name),
    prompt: [
      t('How many cards the stage should hold at most; empty for no limit. Nothing is ever blocked by it.'),
      sharedText(stage),
    ]
      .filter(Boolean)
      .join(' '),
    value: stage.wip_limit === null ? '' : String(stage.wip_limit),
    refuse: (text) =>
      /^\s*([1-9][0-9]{0,5})?\s*$/.test(text) ? undefined : t('Type a whole number from 1 on, or nothing.'),
  });
  if (typed === undefined) return;
  const limit = typed.trim() === '' ? null : Number(typed);
  if (limit === stage.wip_limit) return;
  const done =
    limit === null
      ? t('{0} has no limit any more.', stage.name)
      : plural(limit, '{1} is limited to {0} card.', '{1} is limited to {0} cards.', stage.name);
  await change(keeping, [{ stageId: stage.stage_id, body: { wip_limit: limit } }], done);
}

export async function moveStage(keeping: Keeping, stageId?: string): Promise<void> {
  const found = await pickKept(keeping, stageId, t('Move which stage?'));
  if (!found) return;
  const { stage, stages } = found;
  const others = stages.filter((other) => other !== stage);
  const present = stages.indexOf(stage);
  const places = [
    { label: t('First'), value: 0 },
    ...others.map(({ name }, index) => ({ label: t('After {0}', name), value: index + 1 })),
  ].filter(({ value }) => value !== present);
  if (places.length === 0) return keeping.asks.refused(t('This board has one stage only.'));
  // What each place costs other boards is known before it is chosen.
  const index = await keeping.asks.pick(
    t('Move the stage {0}', stage.name),
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
  await change(keeping, orders, t('Moved the stage {0}.', stage.name));
}

export async function deleteStage(keeping: Keeping, stageId?: string): Promise<void> {
  const { asks, store, boardId } = keeping;
  const found = await pickKept(keeping, stageId, t('Delete which stage?'));
  if (!found) return;
  const { stage, total } = found;
  if (total > 0) {
    const sentence = plural(
      total,
      '{1} still holds {0} card. Move or archive it first.',
      '{1} still holds {0} cards. Move or archive them first.',
      stage.name,
    );
    return asks.refused(sentence);
  }
  const others = stage.shared_with ?? 0;
  const detail =
    others > 0
      ? plural(
          others,
          'It is on {0} other board too, and is deleted there as well.',
          'It is on {0} other boards too, and is deleted there as well.',
        )
      : '';
  if (!(await asks.confirm(t('Delete the stage {0}?', stage.name), detail, t('Delete')))) return;
  await attempt(
    asks,
    {
      doing: t('Deleting the stage…'),
      done: t('Deleted the stage {0}.', stage.name),
      notDone: t('Stage not deleted'),
    },
    () => store.keeping.deleteStage(boardId, stage.stage_id),
  );
}

async function change(
  { asks, store, boardId }: Keeping,
  changes: Parameters<typeof store.keeping.updateStages>[1],
  done: string,
): Promise<void> {
  await attempt(asks, { doing: t('Changing the stage…'), done, notDone: t('Stage not changed') }, () =>
    store.keeping.updateStages(boardId, changes),
  );
}

interface Kept {
  stage: Stage;
  stages: readonly Stage[];
  total: number;
}

/** The stage that was named, or one that is picked. */
async function pickKept(
  keeping: Keeping,
  stageId: string | undefined,
  title: string,
): Promise<Kept | undefined> {
  if (!(await offered(keeping))) return undefined;
  const snapshot = await keptBoard(keeping);
  if (!snapshot) return undefined;
  const { stages } = snapshot.board;
  if (stages.length === 0) {
    keeping.asks.refused(t('This board has no stages yet.'));
    return undefined;
  }
  const totalOf = (stage: Stage) => snapshot.columns.get(stage.stage_id)?.total ?? 0;
  const stage =
    stages.find(({ stage_id }) => stage_id === stageId) ??
    (await keeping.asks.pick(
      title,
      stages.map((each) => ({
        label: each.name,
        description: each.wip_limit === null ? String(totalOf(each)) : `${totalOf(each)} / ${each.wip_limit}`,
        ...(each.shared_with && { detail: sharedText(each) }),
        value: each,
      })),
    ));
  return stage && { stage, stages, total: totalOf(stage) };
}

/** That a stage is shared; empty when it is not. */
const sharedText = ({ shared_with }: Stage): string =>
  shared_with
    ? plural(
        shared_with,
        'It is on {0} other board too, and changes there as well.',
        'It is on {0} other boards too, and changes there as well.',
      )
    : '';

const orderSharedText = ({ name, shared_with }: Stage): string =>
  plural(
    shared_with ?? 0,
    '{1} is on {0} other board too: the order may change there.',
    '{1} is on {0} other boards too: the order may change there.',
    name,
  );
