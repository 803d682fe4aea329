import type { Connection } from '../../account/connection';
import type { BoardSnapshot } from '../../board/snapshot/snapshot';
import { plural } from '../../l10n/l10n';

// Cards without a stage: Odoo has them where a stage was deleted, or a board has none. No column can show them.

/** How many cards of a board are in none of its stages and not sent along: as the server counts them. */
export const stagelessIn = ({ board }: BoardSnapshot): number => board.without_stage ?? 0;

export const stagelessText = (count: number): string =>
  plural(count, '{0} card without a stage', '{0} cards without a stage');

/** Where Odoo shows all the tasks of a board; undefined when there is no Odoo. */
export function boardAddress(connection: Connection | undefined, boardId: string): string | undefined {
  const number = /^project:([1-9][0-9]*)$/.exec(boardId)?.[1];
  if (!connection || connection.kind === 'demo' || number === undefined) return undefined;
  return `${connection.origin}/odoo/project/${number}/tasks`;
}
