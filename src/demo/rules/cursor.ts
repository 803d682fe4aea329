import { refused } from '../records/apiError';
import type { BoardRecord } from '../records/data';
import type { World } from '../records/world';

/** Everything on a board up to a revision has been seen. Opaque to clients. */
export const cursorAt = (world: World, board: BoardRecord, rev: number): string =>
  `${world.data.epoch}.${board.id}.${rev}`;

export const cursorOf = (world: World, board: BoardRecord): string => cursorAt(world, board, board.last_rev);

/** @throws ApiError refused, field `since`: not a cursor of this board and history */
export function revisionOf(world: World, board: BoardRecord, cursor: string): number {
  const rev = /\.(0|[1-9][0-9]{0,14})$/.exec(cursor)?.[1];
  if (rev === undefined || cursor !== cursorAt(world, board, Number(rev)) || Number(rev) > board.last_rev)
    throw refused('since', 'since is not a cursor of this board, or is too old: start again without it');
  return Number(rev);
}
