import type { Connection } from '../../account/connection';
import type { TaskboardError } from '../../client/taskboardError';
import type { Board, Card, Stage } from '../../contract/entities';
import type { BoardRef } from '../../contract/keys';
import type { ShownText } from '../../widgets/shownText';
import type { Unsent } from './refs';

/** A row of the boards tree. */
export type TreeNode =
  | { kind: 'connection'; connection: Connection }
  /** `apart`: what tells it from another board of its name. */
  | { kind: 'board'; ref: BoardRef; board: Board; apart?: ShownText | undefined; keepsStages: boolean }
  | { kind: 'stage'; ref: BoardRef; stage: Stage; total: number; keepsStages: boolean }
  | { kind: 'card'; ref: BoardRef; card: Card; today: string }
  /** What a stage has beyond the cards that are loaded. */
  | { kind: 'more'; ref: BoardRef; stage: Stage; loaded: number; total: number }
  /** Cards that no stage shows. */
  | { kind: 'stageless'; ref: BoardRef; count: number; address: string | undefined }
  | { kind: 'unsent'; connectionId: string; count: number; label: ShownText }
  | { kind: 'change'; unsent: Unsent }
  | { kind: 'problem'; connectionId: string; error: TaskboardError }
  | { kind: 'empty'; text: ShownText };
