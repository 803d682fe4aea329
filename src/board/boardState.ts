import type { TaskboardError } from '../client/taskboardError';
import type { Board } from '../contract/entities';
import type { MutationLabel } from './mutation';
import type { BoardSnapshot } from './snapshot';

/** A board as the store hands it to its surfaces. */
export interface BoardState {
  readonly boardId: string;
  /** Grows with every change of what is shown. */
  readonly revision: number;
  readonly loading: boolean;
  /** Absent until the board was loaded once. */
  readonly snapshot?: BoardSnapshot;
  /** Why the last load failed; the former snapshot stays. */
  readonly error?: TaskboardError;
  /** Cards with lines that the server has not confirmed. */
  readonly pending: ReadonlySet<string>;
}

/** The list of boards, as far as it is known. */
export interface BoardList {
  readonly loading: boolean;
  readonly boards?: readonly Board[];
  readonly error?: TaskboardError;
}

/** A change that the server refused, or whose fate is not known, after it was taken back. */
export interface Rollback {
  readonly boardId: string;
  readonly cardId: string;
  readonly label: MutationLabel;
  readonly error: TaskboardError;
  /** Whoever made the change tells the person; nobody else needs to. */
  readonly told: boolean;
}
