import type { ColumnView } from '../../src/messages/boardMessages';
import { boardElement, scrollerElement } from './dom';
import type { ViewState } from './viewState';

/** Where the board and its columns are scrolled to, in px. */
export function scrollOf(columns: readonly ColumnView[]): ViewState['scroll'] {
  const tops = columns.map(({ stageId }) => [stageId, scrollerElement(stageId)?.scrollTop ?? 0] as const);
  return {
    board: boardElement()?.scrollLeft ?? 0,
    columns: Object.fromEntries(tops.filter(([, top]) => top > 0)),
  };
}

export function restoreScroll(scroll: ViewState['scroll']): void {
  boardElement()?.scrollTo({ left: scroll.board, behavior: 'instant' });
  for (const [stageId, top] of Object.entries(scroll.columns))
    scrollerElement(stageId)?.scrollTo({ top, behavior: 'instant' });
}
