import { DEFAULT_LIMITS } from '../../contract/query';
import { isMember, isStaff, visibleBoard } from '../rules/access';
import { byName } from '../rules/boardView';
import type { Call, Reply } from './call';
import { partnerView } from '../rules/cardView';

/** Staff, who may be assigned, and the board's other members, who may be mentioned; who is from outside sees members only. */
export function listPeople({ world, user, params, query }: Call<'listPeople'>): Reply<'listPeople'> {
  const board = visibleBoard(world, user, params.board_id);
  const { q = '', limit = DEFAULT_LIMITS.listPeople } = query();
  const sought = q.toLowerCase();
  const people = world.data.partners
    .filter(({ id }) => isMember(board, id) || (user.kind === 'internal' && isStaff(world, id)))
    .filter(({ name, email }) => name.toLowerCase().includes(sought) || email.toLowerCase().includes(sought))
    .sort(byName);
  return { body: { people: people.slice(0, limit).map(({ id }) => partnerView(world, id)) } };
}
