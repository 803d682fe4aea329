import { isMember, isStaff, memberIds, requireManage, visibleBoard } from '../rules/access';
import { ApiError, denied, refused } from '../records/apiError';
import { boardView } from '../rules/boardView';
import type { Call, Reply } from './call';
import type { BoardRecord } from '../records/data';
import { knownPartners } from '../rules/cardReferences';
import type { World } from '../records/world';

type Role = 'manager' | 'contributor' | 'viewer';
type Membership = Pick<BoardRecord, 'manager' | 'followers' | 'collaborators'>;

export function addMember({ world, user, params, tx, body }: Call<'addMember'>): Reply<'addMember'> {
  const board = visibleBoard(world, user, params.board_id);
  requireManage(user, board);
  const { partner_id, role } = body();
  if (role === 'admin') throw denied("Admins are made in Odoo's settings; a board cannot make one.");
  knownPartners(world, 'partner_id', [partner_id]);
  const staff = isStaff(world, partner_id);
  if (role === 'manager' && !staff)
    throw refused('role', 'role: somebody from outside cannot manage a board');
  const wanted = withRole(board, partner_id, role, staff);
  if (JSON.stringify(wanted) !== JSON.stringify(membershipOf(board)))
    tx.changeBoard(board, { ...wanted, updated_at: tx.at });
  return { body: { board: boardView(world, board) } };
}

const membershipOf = ({ manager, followers, collaborators }: BoardRecord): Membership => ({
  manager,
  followers,
  collaborators,
});

/** Who is on the board once somebody has a role: the former manager stays on as a follower. */
function withRole(board: BoardRecord, partner: number, role: Role, staff: boolean): Membership {
  const followers = [...new Set([...memberIds(board), partner])];
  const others = board.collaborators.filter((id) => id !== partner);
  if (role === 'manager') return { manager: partner, followers, collaborators: others };
  return {
    manager: board.manager === partner ? null : board.manager,
    followers,
    collaborators: role === 'contributor' && !staff ? [...others, partner] : others,
  };
}

export function removeMember({
  world,
  user,
  params,
  tx,
  query,
}: Call<'removeMember'>): Reply<'removeMember'> {
  const board = visibleBoard(world, user, params.board_id);
  requireMember(world, board, params.partner_id);
  requireManage(user, board);
  query();
  if (board.manager === params.partner_id)
    throw new ApiError('CONFLICT', 'The manager cannot leave a board: make somebody else its manager first.');
  const without = (ids: number[]) => ids.filter((id) => id !== params.partner_id);
  tx.changeBoard(board, {
    followers: without(board.followers),
    collaborators: without(board.collaborators),
    updated_at: tx.at,
  });
  return { body: undefined };
}

function requireMember(world: World, board: BoardRecord, partner: number): void {
  if (!world.partners.has(partner) || !isMember(board, partner))
    throw new ApiError('NOT_FOUND', 'This board has no such member.');
}
