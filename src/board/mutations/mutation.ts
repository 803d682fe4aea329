// Room: src/board/mutations: a person's change as plain data: what it shows, what takes it back, what it asks of the server.
// Owner: nobody: it is data, which src/board/journal keeps.
// Source: docs/walk.md; docs/offline.md.

import type { Card, Partner } from '../../contract/entities';
import type { CardChanges, NewCard } from '../../contract/requests';
import type { CardState } from '../../contract/values';

/**
 * One card's part of a user's change, as plain data: it is written to the journal, survives a restart, and everything
 * else (what it shows, what takes it back, what is sent) is made from it and a snapshot.
 */
export type Operation =
  | {
      readonly kind: 'move';
      readonly cardId: string;
      readonly stageId: string;
      /** The card below which it goes; null: on top. */
      readonly after: string | null;
      /** Odoo's state to give back along with the place, when a move is taken back. */
      readonly state?: CardState;
      /** The stage that the server must still show before anything is written: an undo is about our own values. */
      readonly expect?: string;
    }
  | {
      readonly kind: 'edit';
      readonly cardId: string;
      readonly changes: CardChanges;
      /** The card below which it stood (null: on top), when a stage or priority is taken back. */
      readonly after?: string | null;
    }
  /** `cardId` is a temporary id until the server has answered. */
  | { readonly kind: 'create'; readonly cardId: string; readonly card: NewCard; readonly at: string }
  | {
      readonly kind: 'comment';
      readonly cardId: string;
      readonly localId: string;
      readonly body_md: string;
      /** E-mails. */
      readonly mentions: readonly string[];
      readonly author: Partner;
      readonly at: string;
    }
  | { readonly kind: 'archive'; readonly cardId: string }
  /** Brings an archived card back (capability `card-edit`). */
  | { readonly kind: 'restore'; readonly cardId: string; readonly card: Card };

export type MutationLabel = 'move' | 'edit' | 'create' | 'comment' | 'archive' | 'restore';

/** A user's change: one entry to undo, one request for each of its operations. */
export interface Mutation {
  readonly label: MutationLabel;
  readonly operations: readonly Operation[];
}

/** Moves cards below `after` (null: to the top) of a stage, in the order given. */
export function moveCards(
  cardIds: readonly string[],
  to: { stageId: string; after: string | null },
): Mutation {
  return {
    label: 'move',
    operations: cardIds.map((cardId, index) => ({
      kind: 'move',
      cardId,
      stageId: to.stageId,
      after: index > 0 ? cardIds[index - 1]! : to.after,
    })),
  };
}

/** Changes a card's own fields; a stage or priority that changes puts it at that place's top. */
export const editCard = (cardId: string, changes: CardChanges): Mutation => ({
  label: 'edit',
  operations: [{ kind: 'edit', cardId, changes }],
});

/** Changes fields of several cards, each in its own way, as one change. */
export const editCards = (edits: readonly { cardId: string; changes: CardChanges }[]): Mutation => ({
  label: 'edit',
  operations: edits.map(({ cardId, changes }) => ({ kind: 'edit', cardId, changes })),
});

/** Makes a card, on top of its stage and priority unless it names its place. It has the temporary id `localId` until the server answers. */
export const createCard = (localId: string, card: NewCard, at: string): Mutation => ({
  label: 'create',
  operations: [{ kind: 'create', cardId: localId, card, at }],
});

/** Adds a comment; `author` and `at` show it before the server answers. */
export const addComment = (
  cardId: string,
  comment: { localId: string; body_md: string; mentions: readonly string[]; author: Partner; at: string },
): Mutation => ({ label: 'comment', operations: [{ kind: 'comment', cardId, ...comment }] });

/** Archives cards; they are never erased. */
export const archiveCards = (cardIds: readonly string[]): Mutation => ({
  label: 'archive',
  operations: cardIds.map((cardId) => ({ kind: 'archive', cardId })),
});

/** The card below which an operation puts its own: null for the top, undefined where the place is not its matter. */
export const placeOf = (operation: Operation): string | null | undefined =>
  operation.kind === 'move' || operation.kind === 'edit' ? operation.after : undefined;

/** The operation with other ids for the cards that it names. */
export function withCardIds<O extends Exclude<Operation, { kind: 'create' }>>(
  operation: O,
  idOf: (id: string) => string,
): O {
  const after = placeOf(operation);
  return {
    ...operation,
    cardId: idOf(operation.cardId),
    ...(typeof after === 'string' && { after: idOf(after) }),
  };
}

/** Whether a card has no id of the server's yet. */
export const isLocal = (cardId: string): boolean => !cardId.startsWith('task:');
