import { labelOf } from '../account/connection';
import type { Stage } from '../contract/entities';
import { tell } from '../widgets/notices';
import { pickOne } from '../widgets/picks';
import type { Choice } from '../widgets/rows';
import { say, shown, shownName, type ShownText } from '../widgets/shownText';
import { numberOf, placeOf } from './apart';
import type { Parts } from './parts';
import type { BoardRef } from '../contract/keys';

/** A pick of a board over all accounts; signs in first when there is none. */
export async function pickBoard(
  { connections, stores, actions }: Parts,
  title: ShownText,
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
          apart: [...(several ? [owner] : []), numberOf(board.board_id)],
          value: { connectionId: connection.id, boardId: board.board_id },
        };
      });
    }),
  ).then((lists) => lists.flat());
  return pickOne(title, items, { stays: true });
}

/** A pick of a stage of a board. */
export async function pickStage(
  { stores }: Parts,
  { connectionId, boardId }: BoardRef,
): Promise<Stage | undefined> {
  const store = stores.of(connectionId);
  await store?.open(boardId);
  const { snapshot, error } = store?.state(boardId) ?? {};
  if (!snapshot) {
    tell('error', error ? shown(error.message) : say('This board could not be read. Try again.'));
    return undefined;
  }
  const { stages, name } = snapshot.board;
  if (stages.length === 0) {
    tell('info', say('This board has no stages yet. Add one first.'));
    return undefined;
  }
  const choices = stages.map((stage, index): Choice<Stage> => {
    const total = snapshot.columns.get(stage.stage_id)?.total ?? 0;
    return {
      label: shownName(stage.name),
      description: shown(stage.wip_limit === null ? String(total) : `${total} / ${stage.wip_limit}`),
      ...(stage.mails_on_entry && { detail: say('The customer is e-mailed when a card enters this stage') }),
      apart: [placeOf(index, stages.length)],
      value: stage,
    };
  });
  return pickOne(say('Stage on {0}', shownName(name)), choices, { stays: true });
}

/** A pick of a card among the loaded ones of a board. */
export async function pickCard(
  { stores }: Parts,
  { connectionId, boardId }: BoardRef,
): Promise<string | undefined> {
  const store = stores.of(connectionId);
  await store?.open(boardId);
  const snapshot = store?.state(boardId).snapshot;
  const stages = new Map(snapshot?.board.stages.map(({ stage_id, name }) => [stage_id, name]));
  const choices = [...(snapshot?.cards.values() ?? [])].map((card): Choice<string> => {
    const stage = stages.get(card.stage_id);
    return {
      label: shownName(card.title),
      ...(stage !== undefined && { description: shownName(stage) }),
      apart: [numberOf(card.card_id)],
      value: card.card_id,
    };
  });
  return pickOne(say('Which card?'), choices);
}
