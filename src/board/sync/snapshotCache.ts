import type { Board, BoardDetail, Card } from '../../contract/entities';
import type { CardDetail } from '../snapshot/snapshot';

/** A board as it was last read. */
export interface CachedBoard {
  /** When, in milliseconds since the epoch. */
  readonly at: number;
  readonly board: BoardDetail;
  readonly cards: readonly Card[];
  /** Cards that were open. */
  readonly details?: readonly CardDetail[];
}

/** Keeps what was last read of one account, for a start without a connection. What can't be read is as if not there. */
export interface SnapshotCache {
  loadBoard(boardId: string): Promise<CachedBoard | null>;
  saveBoard(boardId: string, board: CachedBoard): Promise<void>;
  loadList(): Promise<readonly Board[] | null>;
  saveList(boards: readonly Board[]): Promise<void>;
  /** Forgets everything: the account is gone. */
  clear(): Promise<void>;
}
