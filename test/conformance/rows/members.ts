import assert from 'node:assert/strict';
import type { Board } from '../../../src/contract/entities';
import { otherUser } from '../people';
import { part, row } from '../rows';
import type { World } from '../world';

const roleOf = (board: Board, partner_id: number) =>
  board.members.filter((member) => member.partner_id === partner_id).map(({ role }) => role);

async function give(
  world: World,
  { board_id }: Board,
  partner_id: number,
  role: 'manager' | 'contributor' | 'viewer',
) {
  return (await world.call('addMember', { params: { board_id }, body: { partner_id, role } })).body.board;
}

export const MEMBERS = part('members', [
  row('come, once, with their role', ['addMember', 'someone'], async (world) => {
    const { partner_id } = world.someone;
    const made = await world.newBoard();
    assert.deepEqual(roleOf(made, partner_id), []);
    await give(world, made, partner_id, 'contributor');
    const board = await give(world, made, partner_id, 'contributor');
    const read = (await world.call('getBoard', { params: made })).body;
    for (const each of [board, read]) {
      const [role, ...more] = roleOf(each, partner_id);
      assert.ok(role === 'contributor' || role === 'admin', `the role is ${role}`);
      assert.deepEqual(more, [], 'is a member once');
      assert.deepEqual(roleOf(each, world.me.partner_id), ['manager']);
    }
  }),
  row('may only look', ['addMember', 'someone'], async (world) => {
    const board = await give(world, await world.newBoard(), world.someone.partner_id, 'viewer');
    // An internal user is never less than a contributor: the role is Odoo's, not the one asked for.
    assert.equal(roleOf(board, world.someone.partner_id).length, 1);
  }),
  row(
    'have the role that Odoo gives them',
    ['addMember', 'as:contributor', 'as:viewer', 'me'],
    async (world) => {
      const inside = (await otherUser(world, 'contributor')).partner.partner_id;
      const outside = (await otherUser(world, 'viewer')).partner.partner_id;
      const made = await world.newBoard({ visibility: 'public' });
      assert.deepEqual(roleOf(await give(world, made, inside, 'viewer'), inside), ['contributor']);
      assert.deepEqual(roleOf(await give(world, made, outside, 'viewer'), outside), ['viewer']);
      assert.deepEqual(roleOf(await give(world, made, outside, 'contributor'), outside), ['contributor']);
      assert.deepEqual(roleOf(await give(world, made, outside, 'viewer'), outside), ['viewer']);
    },
  ),
  row('become the manager, and the former one stays', ['addMember', 'someone'], async (world) => {
    const { partner_id } = world.someone;
    const made = await world.newBoard();
    const board = await give(world, made, partner_id, 'manager');
    assert.equal(board.owner.partner_id, partner_id);
    assert.deepEqual(roleOf(board, partner_id), ['manager']);
    const [former] = roleOf(board, world.me.partner_id);
    assert.ok(former === 'contributor' || former === 'admin', `the former manager is ${former}`);
  }),
  row('can’t be made admin', ['addMember', 'someone'], async (world) => {
    const { board_id } = await world.newBoard();
    const body = { partner_id: world.someone.partner_id, role: 'admin' };
    await world.refused('addMember', { params: { board_id }, body }, 'PERMISSION_DENIED');
    const read = (await world.call('getBoard', { params: { board_id } })).body;
    assert.deepEqual(roleOf(read, world.someone.partner_id), []);
  }),
  row('must exist, with a role that does', ['addMember'], async (world) => {
    const { board_id } = world.board;
    const { partner_id } = world.me;
    const nobody = { partner_id: 2147483647, role: 'contributor' };
    await world.refused(
      'addMember',
      { params: { board_id }, body: nobody },
      'VALIDATION_ERROR',
      'partner_id',
    );
    for (const wrong of [0, -1, 2147483648, '7', 'partner:7'])
      await world.refused(
        'addMember',
        { params: { board_id }, body: { partner_id: wrong, role: 'viewer' } },
        'VALIDATION_ERROR',
        'partner_id',
      );
    for (const role of ['owner', 'Viewer', ''])
      await world.refused(
        'addMember',
        { params: { board_id }, body: { partner_id, role } },
        'VALIDATION_ERROR',
        'role',
      );
  }),
  row('go', ['addMember', 'removeMember', 'someone'], async (world) => {
    const { partner_id } = world.someone;
    const made = await world.newBoard();
    await give(world, made, partner_id, 'contributor');
    const params = { board_id: made.board_id, partner_id };
    await world.call('removeMember', { params });
    assert.deepEqual(roleOf((await world.call('getBoard', { params })).body, partner_id), []);
    await world.refused('removeMember', { params }, 'NOT_FOUND');
  }),
  row('stay while they manage the board', ['removeMember'], async (world) => {
    const { board_id } = await world.newBoard();
    const params = { board_id, partner_id: world.me.partner_id };
    await world.refused('removeMember', { params }, 'CONFLICT');
    assert.deepEqual(roleOf((await world.call('getBoard', { params })).body, world.me.partner_id), [
      'manager',
    ]);
  }),
]);
