import assert from 'node:assert/strict';
import { type EndpointName } from '../../src/contract/endpoints';
import type { Need } from './rows';
import { dayFromNow, type LooseRequest, stageOf, unique, type World } from './world';

/** A valid request of an endpoint, and what a server must have for it. */
interface Example {
  needs: readonly Need[];
  /** Aims at the shared board and card; meant to be spoiled and refused, so nothing is made for it. */
  toSpoil(world: World): Promise<LooseRequest>;
  /** Succeeds, and may change what it aims at. */
  toDo(world: World): Promise<LooseRequest>;
}

const same = (make: (world: World) => LooseRequest, needs: readonly Need[] = []): Example => {
  const request = async (world: World) => make(world);
  return { needs, toSpoil: request, toDo: request };
};

const onBoard = (rest: (world: World) => LooseRequest, needs: readonly Need[] = []): Example =>
  same((world) => ({ params: { board_id: world.board.board_id }, ...rest(world) }), needs);

const onCard = (rest: () => LooseRequest): Example => ({
  needs: [],
  toSpoil: async (world) => ({ params: { card_id: world.card.card_id }, ...rest() }),
  toDo: async (world) => ({ params: { card_id: (await world.newCard()).card_id }, ...rest() }),
});

const onStage = (rest: () => LooseRequest): Example => ({
  needs: ['stages'],
  // The stage of the shared card: it can't be deleted, even by a server that looks over the fault.
  toSpoil: async (world) => ({ params: { stage_id: world.card.stage_id }, ...rest() }),
  toDo: async (world) => ({ params: { stage_id: stageOf(await world.newBoard(), 2).stage_id }, ...rest() }),
});

const newToken = async (world: World): Promise<string> => {
  const { login } = world.running;
  assert.ok(login);
  return (await world.call('createToken', { body: login, token: null })).body.token;
};

const aFreshToken = async (world: World): Promise<LooseRequest> => ({ token: await newToken(world) });

/** One of each endpoint; a new row of the table without one is a compile error. */
export const EXAMPLES: Record<EndpointName, Example> = {
  getHealth: same(() => ({ token: null })),
  createToken: {
    needs: ['login'],
    toSpoil: async (world) => ({ token: null, body: world.running.login }),
    toDo: async (world) => ({ token: null, body: world.running.login }),
  },
  // Never with the main token: a server that looks over the fault would revoke it.
  revokeToken: { needs: ['login'], toSpoil: aFreshToken, toDo: aFreshToken },
  getMe: same(() => ({})),
  listBoards: same(() => ({})),
  createBoard: same(() => ({ body: { name: unique('Board') } })),
  getBoard: onBoard(() => ({})),
  updateBoard: {
    needs: [],
    toSpoil: async (world) => ({
      params: { board_id: world.board.board_id },
      body: { description: 'Changed' },
    }),
    toDo: async (world) => ({
      params: { board_id: (await world.newBoard()).board_id },
      body: { description: 'New' },
    }),
  },
  addMember: {
    needs: ['someone'],
    toSpoil: async (world) => ({
      params: { board_id: world.board.board_id },
      body: { partner_id: world.someone.partner_id, role: 'contributor' },
    }),
    toDo: async (world) => ({
      params: { board_id: (await world.newBoard()).board_id },
      body: { partner_id: world.someone.partner_id, role: 'contributor' },
    }),
  },
  removeMember: {
    needs: ['addMember', 'someone'],
    // The manager can't be removed, even by a server that looks over the fault.
    toSpoil: async (world) => ({
      params: { board_id: world.board.board_id, partner_id: world.me.partner_id },
    }),
    toDo: async (world) => {
      const { board_id } = await world.newBoard();
      const { partner_id } = world.someone;
      await world.call('addMember', { params: { board_id }, body: { partner_id, role: 'contributor' } });
      return { params: { board_id, partner_id } };
    },
  },
  listCards: onBoard(() => ({})),
  listGroups: onBoard(() => ({ query: { by: 'priority' } })),
  getSnapshot: onBoard(() => ({})),
  listChanges: onBoard(() => ({})),
  listPeople: onBoard(() => ({})),
  getFlow: onBoard(() => ({ query: { from: dayFromNow(-3), to: dayFromNow(-2) } })),
  createStage: {
    needs: [],
    toSpoil: async (world) => ({
      params: { board_id: world.board.board_id },
      body: { name: unique('Stage') },
    }),
    toDo: async (world) => ({
      params: { board_id: (await world.newBoard()).board_id },
      body: { name: unique('Stage') },
    }),
  },
  updateStage: onStage(() => ({ body: { fold: false } })),
  deleteStage: onStage(() => ({})),
  listTags: same(() => ({})),
  createTag: same(() => ({ body: { name: unique('tag') } })),
  listMyCards: same(() => ({ query: { owner: 'me' } })),
  createCard: {
    needs: [],
    toSpoil: async (world) => ({
      body: { board_id: world.board.board_id, stage_id: world.card.stage_id, title: unique('Card') },
    }),
    toDo: async (world) => ({
      body: { board_id: world.board.board_id, stage_id: world.card.stage_id, title: unique('Card') },
    }),
  },
  getCard: onCard(() => ({})),
  updateCard: onCard(() => ({ body: { description_md: 'Changed' } })),
  archiveCard: onCard(() => ({})),
  listActivity: onCard(() => ({})),
  addComment: onCard(() => ({ body: { body_md: 'A comment.' } })),
};
