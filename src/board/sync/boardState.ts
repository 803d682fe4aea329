import type { TaskboardError } from '../../client/taskboardError';
import type { Board } from '../../contract/entities';
import type { MutationLabel } from '../mutations/mutation';
import type { OutboxRecord } from '../mutations/record';
import type { BoardSnapshot } from '../snapshot/snapshot';

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
  /** When the server said what is shown, in milliseconds since the epoch; only while it can't be asked. */
  readonly asOf?: number;
  /** How many cards could not be read; absent for none. */
  readonly leftOut?: number;
  /** Cards with lines that the server has not confirmed. */
  readonly pending: ReadonlySet<string>;
}

/** The list of boards, as far as it is known. */
export interface BoardList {
  readonly loading: boolean;
  readonly boards?: readonly Board[];
  /** How many boards could not be read; absent for none. */
  readonly leftOut?: number;
  readonly error?: TaskboardError;
}

/** A change that waits for a person from now on: refused, in conflict, or of unknown fate. */
export interface Attention {
  readonly record: OutboxRecord;
  readonly error: TaskboardError;
}

/** What others changed, as a board was read again. */
export interface OthersChanges {
  readonly boardId: string;
  readonly cardIds: readonly string[];
  /** Those of them that went to another stage. */
  moved: readonly string[];
}

/** How an undo or redo went. */
export type UndoResult =
  | {
      readonly done: false;
      readonly why: 'nothing' | 'impossible' | 'changed' | 'stageGone';
      readonly label?: MutationLabel;
    }
  /** `mailed`: the change that was taken back had e-mailed a customer, which nothing takes back. */
  | {
      readonly done: true;
      readonly label: MutationLabel;
      readonly cards: number;
      readonly mailed: boolean;
      readonly revision: number;
    };
