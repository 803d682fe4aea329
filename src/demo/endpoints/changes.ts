import { cardIdOf } from '../../contract/ids';
import { DEFAULT_LIMITS } from '../../contract/query';
import { visibleBoard } from '../rules/access';
import type { Call, Reply } from './call';
import { cardView } from '../rules/cardView';
import { cursorAt, cursorOf, revisionOf } from '../rules/cursor';
import type { CardRecord } from '../records/data';

export function listChanges({ world, user, params, query }: Call<'listChanges'>): Reply<'listChanges'> {
  const board = visibleBoard(world, user, params.board_id);
  const { since, limit = DEFAULT_LIMITS.listChanges, view } = query();
  if (since === undefined)
    return {
      body: { cards: [], removed: [], board_changed: false, cursor: cursorOf(world, board), more: false },
    };

  const from = revisionOf(world, board, since);
  const changed: { card: CardRecord; shown: boolean; rev: number }[] = [];
  for (const card of world.cardsOf(board.id)) {
    const shown = world.isShown(card);
    const rev = shown ? card.rev : card.left_rev;
    if (rev > from) changed.push({ card, shown, rev });
  }
  changed.sort((a, b) => a.rev - b.rev);
  const page = changed.slice(0, limit);
  const more = page.length < changed.length;
  const to = more ? (page.at(-1)?.rev ?? from) : board.last_rev;
  return {
    body: {
      cards: page
        .filter(({ shown }) => shown)
        .map(({ card }) => cardView(world, user, card, view === 'summary')),
      removed: page.filter(({ shown }) => !shown).map(({ card }) => cardIdOf(card.id)),
      board_changed: board.rev > from && board.rev <= to,
      cursor: cursorAt(world, board, to),
      more,
    },
  };
}
