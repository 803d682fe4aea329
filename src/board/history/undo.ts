// Room: src/board/history: takes back and does again what a person did last.
// Owner: `Undo` owns the list, for as long as the window lives.
// Source: docs/offline.md.

import type { UndoResult } from '../sync/boardState';
import { differing, valuesOf } from '../snapshot/fields';
import { History } from './history';
import { inverseOf } from '../mutations/inverse';
import { isLocal, type Mutation, type Operation, withCardIds } from '../mutations/mutation';
import { type BoardSnapshot, cardOf } from '../snapshot/snapshot';

/** What undoing needs of the store. */
export interface UndoOptions {
  uuid: () => string;
  /** The server's id of a card that was made meanwhile; any other id as it is. */
  cardId: (id: string) => string;
  /** What surfaces see of a board now. */
  shown: (boardId: string) => BoardSnapshot;
  revision: (boardId: string) => number;
  /** Sends a mutation on top of what is shown, into no history. */
  send: (
    boardId: string,
    mutation: Mutation,
    before: BoardSnapshot,
  ) => { revision: number; saved: Promise<void>; group: string };
  /** Takes back a mutation of which nothing was done. Gives whether that was so. */
  cancel: (group: string, size: number) => Promise<boolean>;
}

/** Takes changes back and makes them again, board by board. */
export class Undo {
  private readonly histories = new Map<string, History>();

  constructor(private readonly options: UndoOptions) {}

  /** A person has changed a board, which looked so before. */
  did(boardId: string, mutation: Mutation, before: BoardSnapshot, group: string): void {
    this.history(boardId).push({ redo: mutation, undo: inverseOf(mutation, before), group });
  }

  /** It never happened after all. */
  forget(boardId: string, group: string): void {
    this.history(boardId).forget(group);
  }

  /**
   * Takes back the last change of a board. Nothing is written over what others did meanwhile: what is known already is
   * looked at here, the rest right before it is sent.
   */
  async undo(boardId: string): Promise<UndoResult> {
    const { cancel, cardId, revision, send, shown } = this.options;
    const history = this.history(boardId);
    const entry = history.takeUndo();
    if (!entry) return { done: false, why: 'nothing' };
    const { label, operations } = entry.redo;
    const before = shown(boardId);
    const done = { done: true, label, cards: operations.length } as const;
    if (await cancel(entry.group, operations.length)) {
      history.undid(entry);
      return { ...done, mailed: false, revision: revision(boardId) };
    }
    if (!entry.undo) return { done: false, why: 'impossible', label };
    if (!entry.undo.operations.every((operation) => hasStage(before, operation)))
      return { done: false, why: 'stageGone', label };
    if (!operations.every((operation) => holds(before, operation, cardId)))
      return { done: false, why: 'changed', label };
    const mailed = operations.some((operation) => mails(before, operation));
    const sent = send(boardId, withIds(entry.undo, cardId), before);
    await sent.saved;
    history.undid(entry);
    return { ...done, mailed, revision: sent.revision };
  }

  /** Does again what was undone last. */
  async redo(boardId: string): Promise<UndoResult> {
    const { cardId, send, shown, uuid } = this.options;
    const history = this.history(boardId);
    const entry = history.takeRedo();
    if (!entry) return { done: false, why: 'nothing' };
    const { label, operations } = entry.redo;
    // A card that is made again is another card.
    const again = label === 'create' ? renewed(entry.redo, uuid) : entry.redo;
    const mutation = withIds(again, cardId);
    const before = shown(boardId);
    if (!mutation.operations.every((operation) => hasStage(before, operation)))
      return { done: false, why: 'stageGone', label };
    const { revision, saved, group } = send(boardId, mutation, before);
    await saved;
    history.redid({ redo: mutation, undo: inverseOf(mutation, before), group });
    return { done: true, label, cards: operations.length, mailed: false, revision };
  }

  private history(boardId: string): History {
    let history = this.histories.get(boardId);
    if (!history) this.histories.set(boardId, (history = new History()));
    return history;
  }
}

/** The mutation with the server's ids of cards that were made meanwhile. */
export function withIds(mutation: Mutation, idOf: (id: string) => string): Mutation {
  const named = (operation: Operation): Operation =>
    operation.kind === 'create' ? operation : withCardIds(operation, idOf);
  return { ...mutation, operations: mutation.operations.map(named) };
}

const renewed = ({ label, operations }: Mutation, uuid: () => string): Mutation => ({
  label,
  operations: operations.map((operation) => ({ ...operation, cardId: uuid() })),
});

/** Whether what is shown still has what an operation put there. */
function holds(shown: BoardSnapshot, operation: Operation, idOf: (id: string) => string): boolean {
  const cardId = idOf(operation.cardId);
  const card = cardOf(shown, cardId);
  switch (operation.kind) {
    case 'move':
      return card?.stage_id === operation.stageId;
    case 'edit':
      return (
        card !== undefined &&
        differing(operation.changes, operation.changes, valuesOf(card, operation.changes)).length === 0
      );
    case 'archive':
      return card === undefined;
    case 'create':
    case 'restore':
      return card !== undefined;
    case 'comment':
      return true;
  }
}

/** Whether the stage that an operation puts its card into is still there: others may have removed it. */
function hasStage({ board }: BoardSnapshot, operation: Operation): boolean {
  const stageId =
    operation.kind === 'move'
      ? operation.stageId
      : operation.kind === 'edit'
        ? operation.changes.stage_id
        : operation.kind === 'restore' || operation.kind === 'create'
          ? operation.card.stage_id
          : undefined;
  return stageId === undefined || board.stages.some(({ stage_id }) => stage_id === stageId);
}

/** Whether an operation has moved a card into a stage that e-mails a customer on entry. */
function mails(shown: BoardSnapshot, operation: Operation): boolean {
  if (operation.kind !== 'move' || isLocal(operation.cardId)) return false;
  return shown.board.stages.some(
    ({ stage_id, mails_on_entry }) => stage_id === operation.stageId && mails_on_entry,
  );
}
