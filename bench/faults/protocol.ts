import type { Operation } from '../../src/board/mutations/mutation';
import type { OutboxRecord } from '../../src/board/mutations/record';

/** What is switched off to show that it matters. */
export type Control = 'keys' | 'journal' | 'order';

export interface ClientOptions {
  folder: string;
  url: string;
  token: string;
  boardId: string;
  seed: number;
  /** Which of the planned changes this client makes. */
  from: number;
  to: number;
  /** What its texts begin with. */
  prefix: string;
  /** How many times faster than a real one its clock runs. */
  faster: number;
  timeouts: { read: number; write: number };
  /** Between two looks at the board, in milliseconds of its clock. */
  pace: number;
  /** How many changes may be unsent before it waits. */
  ahead: number;
  badDisk: boolean;
  /** Of two windows: only cards with even (0) or odd (1) numbers, so that their orders do not mix. */
  share?: number;
  control?: Control;
}

/** What a client tells while it works. */
export type ClientReport =
  | { says: 'ready'; unsent: number }
  | { says: 'does'; index: number; cardId: string; trace: string | null; operation: Operation }
  /** It was told that the change is saved. */
  | { says: 'saved'; index: number }
  /** It was told that the change was not done. */
  | { says: 'refused'; index: number; why: string }
  | { says: 'signed out' }
  | { says: 'asked' | 'conflict'; record: OutboxRecord }
  | { says: 'drained' }
  | { says: 'board'; columns: [string, string[]][]; titles: [string, string][] };
