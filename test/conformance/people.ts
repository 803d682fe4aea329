import assert from 'node:assert/strict';
import type { Board, Card, Partner } from '../../src/contract/entities';
import type { OtherUser } from './backend';
import type { World } from './world';

/** The token and the partner of another user. */
export async function otherUser(world: World, role: OtherUser): Promise<{ token: string; partner: Partner }> {
  const token = world.users.get(role);
  assert.ok(token, `this row needs the user ${role}`);
  return { token, partner: (await world.call('getMe', { token })).body.partner };
}

/** A board that this user is a member of, with a card; public, as a portal user sees no other. */
export async function boardFor(
  world: World,
  role: OtherUser,
): Promise<{ board: Board; card: Card; token: string }> {
  const { token, partner } = await otherUser(world, role);
  const { board_id } = await world.newBoard({ visibility: 'public' });
  const body = { partner_id: partner.partner_id, role };
  const { board } = (await world.call('addMember', { params: { board_id }, body })).body;
  const [card] = await world.newCards(board, [{}]);
  assert.ok(card);
  return { board, card, token };
}
