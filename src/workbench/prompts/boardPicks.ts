import { labelOf } from '../../account/connection';
import type { Stage } from '../../contract/entities';
import { tell } from '../../widgets/notices';
import { pickOne } from '../../widgets/picks';
import type { Choice } from '../../widgets/rows';
import { say, shown, shownName, type ShownText, withIcon } from '../../widgets/shownText';
import { shownNumber, placeOf } from './tellApart';
import type { Actions } from '../shared/actions';
import type { Services } from '../shared/services';
import type { BoardRef } from '../../contract/keys';

/**
 * A pick of a board over all accounts; signs in first when there is none.
 * @param only takes the one that there is without a question
 */
export async function pickBoard(
  { connections, stores }: Services,
  actions: Actions,
  title: ShownText,
  { only = false } = {},
): Promise<BoardRef | undefined> {
  if (connections.all().length === 0) {
    await actions.signIn();
    if (connections.all().length === 0) return undefined;
  }
  const several = connections.all().length > 1;
  const items = Promise.all(
    connections.all().map(async (connection) => {
      const account = shownName(labelOf(connection));
      const store = stores.of(connection.id);
      if (store && !store.boardList().boards) await store.loadList();
      const { boards, error } = store?.boardList() ?? {};
      if (error) tell('error', say('{0}: {1}', account, shown(error.message)));
      return (boards ?? []).map((board): Choice<BoardRef> => {
        const owner = shownName(board.owner.name);
        return {
          label: shownName(board.name),
          description: several ? account : owner,
          apart: [...(several ? [owner] : []), shownNumber(board.board_id)],
          value: { connectionId: connection.id, boardId: board.board_id },
        };
      });
    }),
  ).then((lists) => lists.flat());
  if (only) {
    const boards = await items;
    if (boards.length === 1) return boards[0]!.value;
  }
  return pickOne(title, items, { stays: true });
}

/** A pick of a stage of a board. */
export async function pickStage(services: Services, ref: BoardRef): Promise<Stage | undefined> {
  return pickFrom<never>(services, ref, []);
}

/** A pick of a stage of a board, or of going to another board. */
export async function pickPlace(services: Services, ref: BoardRef): Promise<Stage | 'elsewhere' | undefined> {
  const elsewhere = { label: withIcon('project', say('Another board…')), value: 'elsewhere' as const };
  return pickFrom(services, ref, [elsewhere]);
}

async function pickFrom<T>(
  { stores }: Services,
  { connectionId, boardId }: BoardRef,
  more: readonly Choice<T>[],
): Promise<Stage | T | undefined> {
  const store = stores.of(connectionId);
  await store?.open(boardId);
  const { snapshot, error } = store?.state(boardId) ?? {};
  if (!snapshot) {
    tell('error', error ? shown(error.message) : say('This board could not be read. Try again.'));
    return undefined;
  }
  const { stages, name } = snapshot.board;
  if (stages.length === 0 && more.length === 0) {
    tell('info', say('This board has no stages yet. Add one first.'));
    return undefined;
  }
  const choices = stages.map((stage, index): Choice<Stage | T> => {
    const total = snapshot.columns.get(stage.stage_id)?.total ?? 0;
    return {
      label: shownName(stage.name),
      description: shown(stage.wip_limit === null ? String(total) : `${total} / ${stage.wip_limit}`),
      ...(stage.mails_on_entry && { detail: say('The customer is e-mailed when a card enters this stage') }),
      apart: [placeOf(index, stages.length)],
      value: stage,
    };
  });
  return pickOne(say('Stage on {0}', shownName(name)), [...choices, ...more], { stays: true });
}
