import type { BoardUpdate, BoardView, ColumnView } from '../../../src/messages/boardMessages';
import { shareCards } from './shareCards';

/** What the host sent, put together: it only names the columns that are as they were. */
export class Received {
  private last: BoardView | null = null;

  /** The whole board that an update makes; null when a column is named that never came. */
  take(update: BoardUpdate): BoardView | null {
    const known = new Map(this.last?.columns.map((column) => [column.stageId, column]));
    const columns: ColumnView[] = [];
    for (const column of update.columns) {
      const whole = 'known' in column ? known.get(column.stageId) : column;
      if (!whole) return null;
      columns.push(whole);
    }
    this.last = shareCards(this.last, { ...update, columns });
    return this.last;
  }
}
