import type { ColumnView } from '../../../src/messages/boardMessages';
import { boardElement } from './dom';
import { scrollToRow, topRow } from './lists';
import type { ViewState } from '../logic/viewState';

/** Where the board (px) and its columns (rows) are scrolled to. */
export function scrollOf(columns: readonly ColumnView[]): ViewState['scroll'] {
  const tops = columns.map(({ stageId }) => [stageId, topRow(stageId)] as const);
  return {
    board: boardElement()?.scrollLeft ?? 0,
    columns: Object.fromEntries(tops.filter(([, top]) => top > 0)),
  };
}

export function restoreScroll(scroll: ViewState['scroll']): void {
  boardElement()?.scrollTo({ left: scroll.board, behavior: 'instant' });
  for (const [stageId, row] of Object.entries(scroll.columns)) scrollToRow(stageId, row);
}
