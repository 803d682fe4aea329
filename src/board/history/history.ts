import type { Mutation } from '../mutations/mutation';

/** A change that can be taken back: a bulk is one. */
export interface HistoryEntry {
  readonly redo: Mutation;
  /** Null: nothing takes it back. */
  readonly undo: Mutation | null;
  /** The records that it was sent as. */
  readonly group: string;
}

const KEPT = 50;

/** What a person did on one board, to be undone and redone in turn. */
export class History {
  private readonly done: HistoryEntry[] = [];
  private undone: HistoryEntry[] = [];

  /** A new change: what was undone before it can't be redone any more. */
  push(entry: HistoryEntry): void {
    this.done.push(entry);
    if (this.done.length > KEPT) this.done.shift();
    this.undone = [];
  }

  /** The change to undo next, taken off the stack. */
  takeUndo(): HistoryEntry | undefined {
    return this.done.pop();
  }

  takeRedo(): HistoryEntry | undefined {
    return this.undone.pop();
  }

  /** It was undone: it can be redone. */
  undid(entry: HistoryEntry): void {
    this.undone.push(entry);
  }

  /** It was redone: it can be undone again; other redos stay. */
  redid(entry: HistoryEntry): void {
    this.done.push(entry);
  }

  /** It never happened after all: refused, or discarded. */
  forget(group: string): void {
    const at = this.done.findIndex((entry) => entry.group === group);
    if (at >= 0) this.done.splice(at, 1);
  }
}
