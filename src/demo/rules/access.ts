import type { BoardMember } from '../../contract/entities';
import { boardNotFound, cardNotFound, denied } from '../records/apiError';
import type { BoardRecord, CardRecord, UserRecord } from '../records/data';
import type { World } from '../records/world';

// Who may see and do what, as docs/limits.md has it: Odoo's record rules for project.project and project.task, and the
// roles that follow from them. What may not be seen and what is not there are the same 404.

export function isMember(board: BoardRecord, partner: number): boolean {
  return (
    board.manager === partner || board.followers.includes(partner) || board.collaborators.includes(partner)
  );
}

/** One of Odoo's own users, not somebody from outside. */
export const isStaff = (world: World, partner: number): boolean =>
  world.userOfPartner(partner)?.kind === 'internal';

/** Managers see all boards; other staff see private ones they follow; people from outside the public ones they follow. */
export function maySeeBoard(user: UserRecord, board: BoardRecord): boolean {
  if (user.kind === 'portal') return board.visibility === 'public' && isMember(board, user.partner);
  return user.admin || board.visibility !== 'private' || isMember(board, user.partner);
}

/** The cards of a board, and for staff those of other boards that they are assigned to or follow. */
export function maySeeCard(world: World, user: UserRecord, card: CardRecord): boolean {
  const board = world.boards.get(card.board);
  if (!board) return false;
  if (maySeeBoard(user, board)) return true;
  return user.kind === 'internal' && [...card.owners, ...card.watchers].includes(user.partner);
}

/** The board's members: its manager first, then as they came. */
export function memberIds(board: BoardRecord): number[] {
  const manager = board.manager === null ? [] : [board.manager];
  return [...new Set([...manager, ...board.followers, ...board.collaborators])];
}

export function roleOf(world: World, board: BoardRecord, partner: number): BoardMember['role'] {
  if (board.manager === partner) return 'manager';
  const user = world.userOfPartner(partner);
  if (user?.admin) return 'admin';
  return user?.kind === 'internal' || board.collaborators.includes(partner) ? 'contributor' : 'viewer';
}

function mayManage(user: UserRecord, board: BoardRecord): boolean {
  return user.admin || board.manager === user.partner;
}

/** @throws ApiError `BOARD_NOT_FOUND` */
export function visibleBoard(world: World, user: UserRecord, id: number): BoardRecord {
  const board = world.boards.get(id);
  if (!board || !maySeeBoard(user, board)) throw boardNotFound();
  return board;
}

/** @throws ApiError `CARD_NOT_FOUND`, also for an archived card unless `archivedToo` */
export function visibleCard(world: World, user: UserRecord, id: number, archivedToo = false): CardRecord {
  const card = world.cards.get(id);
  if (!card || !(card.active || archivedToo) || !maySeeCard(world, user, card)) throw cardNotFound();
  return card;
}

/** @throws ApiError `PERMISSION_DENIED` for viewers */
export function requireWork(world: World, user: UserRecord, board: number): void {
  const record = world.boards.get(board);
  if (user.kind === 'internal' || record?.collaborators.includes(user.partner)) return;
  throw denied(
    'You may read this board but not change its cards: ask its manager to make you a contributor.',
  );
}

/** @throws ApiError `PERMISSION_DENIED` for all but the managers of every one of the boards */
export function requireManage(user: UserRecord, ...boards: BoardRecord[]): void {
  if (user.admin || (boards.length > 0 && boards.every((board) => mayManage(user, board)))) return;
  throw denied('Only a manager may change boards, their stages and their members.');
}
