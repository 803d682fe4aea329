import type { TaskboardError } from '../../client/taskboardError';
import { applyOperation } from '../mutations/apply';
import type { BoardState } from './boardState';
import { Emitter } from '../../base/emitter';
import type { OutboxRecord } from '../mutations/record';
import type { BoardSnapshot } from '../snapshot/snapshot';
import { CreateDuplicates } from './createDuplicates';

/** What is known of one board. */
export interface BoardRecord {
  readonly boardId: string;
  revision: number;
  loading?: Promise<void>;
  /** What the server has confirmed. */
  confirmed?: BoardSnapshot;
  /** `confirmed` with all that is on its way on top: what surfaces see. */
  shown?: BoardSnapshot;
  error?: TaskboardError;
  /** When `confirmed` was last known to be the server's. */
  at: number;
  /** Whether the server has been asked since the start: before, `confirmed` is what the disk had. */
  fresh: boolean;
  /** Cards that could not be read. */
  leftOut: number;
  /** Where `changes` goes on. */
  cursor?: string;
  readonly duplicates: CreateDuplicates;
}

/** The boards of one account: what the server confirmed, and over it what is on its way. */
export class Boards {
  private readonly records = new Map<string, BoardRecord>();
  private readonly changed = new Emitter<string>();

  /** @param unsent the outbox's records of a board, in order */
  constructor(private readonly unsent: (boardId: string) => readonly OutboxRecord[]) {}

  onBoard(listener: (boardId: string) => void): () => void {
    return this.changed.listen(listener);
  }

  of(boardId: string): BoardRecord {
    let record = this.records.get(boardId);
    if (!record) {
      record = { boardId, revision: 0, at: 0, leftOut: 0, fresh: false, duplicates: new CreateDuplicates() };
      this.records.set(boardId, record);
    }
    return record;
  }

  state(boardId: string): BoardState {
    const { revision, loading, shown, error, at, fresh, leftOut } = this.of(boardId);
    return {
      boardId,
      revision,
      loading: loading !== undefined,
      ...(shown && { snapshot: shown }),
      ...(error && { error }),
      ...(shown && at > 0 && (error || !fresh) && { asOf: at }),
      ...(leftOut > 0 && { leftOut }),
      pending: new Set(
        this.unsent(boardId)
          .filter(isShown)
          .map(({ operation }) => operation.cardId),
      ),
    };
  }

  /** Changes what the server is known to hold. */
  update(boardId: string, change: (snapshot: BoardSnapshot) => BoardSnapshot): void {
    const record = this.of(boardId);
    if (record.confirmed) record.confirmed = change(record.confirmed);
    this.show(boardId);
  }

  /** Lays what is on its way over what is confirmed, and tells. What waits for a person is not shown as done. */
  show(boardId: string): void {
    const record = this.of(boardId);
    if (record.confirmed) {
      const unsent = this.unsent(boardId).filter(isShown);
      const others = record.duplicates.hide(record.confirmed, unsent);
      record.shown = unsent.reduce((snapshot, { operation }) => applyOperation(snapshot, operation), others);
    }
    this.publish(boardId);
  }

  publish(boardId: string): void {
    this.of(boardId).revision++;
    this.changed.emit(boardId);
  }

  dispose(): void {
    this.changed.dispose();
  }
}

const isShown = ({ state }: OutboxRecord) => state.name === 'queued';
