import type { BoardUpdate, BoardView, ColumnView } from '../../messages/boardMessages';

/** What a page was sent: of a column that is as it was only the id goes out again, however long it is. */
export class SentColumns {
  private board = '';
  private columns = new Map<string, ColumnView>();

  /** The page is a new one, or may not have got what was sent. */
  forget(): void {
    this.columns = new Map();
  }

  /** A board as it is to be sent now. The views of its cards are the same objects as long as nothing of them changed. */
  update(view: BoardView): BoardUpdate {
    const board = JSON.stringify(view.identity);
    if (board !== this.board) this.forget();
    this.board = board;
    const before = this.columns;
    this.columns = new Map(view.columns.map((column) => [column.stageId, column]));
    const columns = view.columns.map((column) => {
      const sent = before.get(column.stageId);
      return sent && sameColumn(sent, column) ? { stageId: column.stageId, known: true as const } : column;
    });
    return { ...view, columns };
  }
}

function sameColumn(a: ColumnView, b: ColumnView): boolean {
  const { cards: cardsA, ...restA } = a;
  const { cards: cardsB, ...restB } = b;
  return (
    cardsA.length === cardsB.length &&
    cardsA.every((card, index) => card === cardsB[index]) &&
    JSON.stringify(restA) === JSON.stringify(restB)
  );
}
