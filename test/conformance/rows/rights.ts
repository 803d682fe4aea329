import assert from 'node:assert/strict';
import type { Card } from '../../../src/contract/entities';
import { boardFor, otherUser } from '../people';
import { part, row } from '../rows';
import { placeOn, stageOf, unique } from '../world';

export const RIGHTS = part('rights', [
  row('a viewer reads, and writes nothing', ['as:viewer', 'addMember', 'me'], async (world) => {
    const { board, card, token } = await boardFor(world, 'viewer');
    const { board_id } = board;
    const params = { card_id: card.card_id };
    assert.equal((await world.call('getBoard', { params: { board_id }, token })).body.name, board.name);
    assert.equal((await world.call('getCard', { params, token })).body.title, card.title);
    await world.call('listActivity', { params, token });
    await world.refused('updateCard', { params, token, body: { title: 'Mine' } }, 'PERMISSION_DENIED');
    await world.refused('archiveCard', { params, token }, 'PERMISSION_DENIED');
    await world.refused(
      'createCard',
      { token, body: { ...placeOn(board), title: 'Mine' } },
      'PERMISSION_DENIED',
    );
    await world.refused('createBoard', { token, body: { name: unique('Mine') } }, 'PERMISSION_DENIED');
    assert.equal((await world.getCard(card)).title, card.title);
  }),
  row('a contributor works on cards and comments, not on boards', ['as:contributor'], async (world) => {
    const token = world.users.get('contributor') ?? null;
    const card = await world.newCard({}, { token });
    const params = { card_id: card.card_id };
    const { stage_id } = stageOf(world.board, 1);
    await world.call('updateCard', { params, token, body: { title: 'Mine', stage_id } });
    await world.call('addComment', { params, token, body: { body_md: 'Done.' } });
    await world.refused('createBoard', { token, body: { name: unique('Mine') } }, 'PERMISSION_DENIED');
    await world.call('archiveCard', { params, token });
  }),
  row(
    'a contributor does not change boards and members',
    ['as:contributor', 'updateBoard', 'addMember'],
    async (world) => {
      const token = world.users.get('contributor') ?? null;
      const params = { board_id: world.board.board_id };
      await world.refused('updateBoard', { params, token, body: { name: 'Mine' } }, 'PERMISSION_DENIED');
      const body = { partner_id: world.me.partner_id, role: 'viewer' };
      await world.refused('addMember', { params, token, body }, 'PERMISSION_DENIED');
    },
  ),
  row('a contributor does not change stages', ['as:contributor', 'stages'], async (world) => {
    const token = world.users.get('contributor') ?? null;
    const { board_id } = world.board;
    const params = { stage_id: stageOf(world.board, 2).stage_id };
    await world.refused(
      'createStage',
      { params: { board_id }, token, body: { name: '' } },
      'PERMISSION_DENIED',
    );
    await world.refused('updateStage', { params, token, body: { name: 'Mine' } }, 'PERMISSION_DENIED');
    await world.refused('deleteStage', { params, token }, 'PERMISSION_DENIED');
    const { stages } = (await world.call('getBoard', { params: { board_id } })).body;
    assert.deepEqual(
      stages.map(({ name }) => name),
      world.board.stages.map(({ name }) => name),
    );
  }),
  row('what may not be seen is not there', ['as:contributor'], async (world) => {
    const token = world.users.get('contributor') ?? null;
    const board = await world.newBoard({ visibility: 'private' });
    const [card] = await world.newCards(board, [{}]);
    assert.ok(card);
    const hidden = await world.refused(
      'getBoard',
      { token, params: { board_id: board.board_id } },
      'BOARD_NOT_FOUND',
    );
    const missing = { token, params: { board_id: 'project:2147483647' } };
    const same = (text: string, id: string) => text.replaceAll(id, '…');
    const nobody = await world.refused('getBoard', missing, 'BOARD_NOT_FOUND');
    assert.equal(
      same(JSON.stringify(hidden), board.board_id),
      same(JSON.stringify(nobody), 'project:2147483647'),
      'the two differ',
    );
    const params = { card_id: card.card_id };
    await world.refused('getCard', { token, params }, 'CARD_NOT_FOUND');
    await world.refused('updateCard', { token, params, body: { title: 'Mine' } }, 'CARD_NOT_FOUND');
    await world.refused('archiveCard', { token, params }, 'CARD_NOT_FOUND');
    await world.refused('listActivity', { token, params }, 'CARD_NOT_FOUND');
    await world.refused('addComment', { token, params, body: { body_md: 'Hello' } }, 'CARD_NOT_FOUND');
    await world.refused('createCard', { token, body: { ...placeOn(board), title: 'T' } }, 'BOARD_NOT_FOUND');
    const child = { ...placeOn(world.board), title: unique('Card'), parent_id: card.card_id };
    await world.refused('createCard', { token, body: child }, 'VALIDATION_ERROR', 'parent_id');
    const { boards } = (await world.call('listBoards', { token, query: { limit: 500 } })).body;
    assert.ok(!boards.some(({ board_id }) => board_id === board.board_id));
  }),
  row('a parent that may not be seen is not shown', ['as:contributor'], async (world) => {
    const token = world.users.get('contributor') ?? null;
    const [hidden] = await world.newCards(await world.newBoard({ visibility: 'private' }), [{}]);
    assert.ok(hidden);
    const card = await world.newCard({ parent_id: hidden.card_id });
    assert.equal(card.parent_id, hidden.card_id);
    const params = { card_id: card.card_id };
    assert.equal((await world.call('getCard', { params, token })).body.parent_id, null);
    const title = unique('By somebody else');
    assert.equal(
      (await world.call('updateCard', { params, token, body: { title } })).body.card.parent_id,
      null,
    );
    assert.equal((await world.getCard(card)).parent_id, hidden.card_id, 'it is still there');
  }),
  row('nor is a dependency', ['as:contributor', 'card-edit'], async (world) => {
    const token = world.users.get('contributor') ?? null;
    const [hidden] = await world.newCards(await world.newBoard({ visibility: 'private' }), [{}]);
    const [seen, card] = [await world.newCard(), await world.newCard()];
    assert.ok(hidden);
    const blockedBy = (...cards: Card[]) =>
      cards.map(({ card_id }) => ({ type: 'blocked_by' as const, task_id: card_id }));
    await world.updateCard(card, { dependencies: blockedBy(hidden, seen) });
    const { body } = await world.call('getCard', { params: { card_id: card.card_id }, token });
    assert.deepEqual(body.dependencies, blockedBy(seen));
  }),
  row(
    'a private board is for its members',
    ['as:contributor', 'addMember', 'removeMember', 'me'],
    async (world) => {
      const { token, partner } = await otherUser(world, 'contributor');
      const { board_id } = await world.newBoard({ visibility: 'private' });
      const [params, member] = [{ board_id }, { board_id, partner_id: partner.partner_id }];
      await world.refused('getBoard', { token, params }, 'BOARD_NOT_FOUND');
      await world.call('addMember', {
        params,
        body: { partner_id: partner.partner_id, role: 'contributor' },
      });
      await world.call('getBoard', { token, params });
      await world.call('removeMember', { params: member });
      await world.refused('getBoard', { token, params }, 'BOARD_NOT_FOUND');
    },
  ),
  row('a board shows itself to nobody from outside who is no member', ['as:viewer'], async (world) => {
    const token = world.users.get('viewer') ?? null;
    for (const visibility of ['public', 'team', 'private'] as const) {
      const { board_id } = await world.newBoard({ visibility });
      await world.refused('getBoard', { token, params: { board_id } }, 'BOARD_NOT_FOUND');
    }
  }),
]);
