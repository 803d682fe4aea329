/** A board of one connection: what surfaces name a board by. */
export interface BoardRef {
  readonly connectionId: string;
  readonly boardId: string;
}

/** One card of a board. */
export interface CardRef extends BoardRef {
  readonly cardId: string;
}

export const sameBoard = (a: BoardRef | null | undefined, b: BoardRef | null | undefined): boolean =>
  a?.connectionId === b?.connectionId && a?.boardId === b?.boardId;

export const sameCard = (a: CardRef | null | undefined, b: CardRef | null | undefined): boolean =>
  sameBoard(a, b) && a?.cardId === b?.cardId;

type OfConnection = readonly [connectionId: string];
type OfBoard = readonly [...OfConnection, boardId: string];
type OfCard = readonly [...OfBoard, cardId: string];

/**
 * Every kind of key under which anything is kept that knows more than one account, with the parts that tell it apart.
 * Ids are a server's own: two servers, or two logins on one, have the same ones for different things, so each key
 * begins with the connection. What belongs to one account alone (a `BoardStore`, an `Avatars`, the folder of its
 * files) is made once a connection, and names things by their ids within.
 */
export interface KeyParts {
  /** A comment that is being written: in the journal. */
  comment: OfCard;
  /** A description that is being written, with the text that it started from: in the journal. */
  description: OfCard;
  /** What is half-typed about a card: in the state of its page. */
  texts: OfCard;
  /** A card's editor: the page draws another one for another card. */
  editor: OfCard;
  /** The viewer's folds of a board: in the state of its page. */
  folds: OfBoard;
  /** What must be sent one after the other: a card, or the places in a column. */
  lane: readonly [account: string, id: string];
  /** The lock by which one window sends what an account has not sent. */
  lock: readonly [account: string];
  /** The id that a new card got, by the temporary one. */
  made: readonly [account: string, temporaryId: string];
  // Rows of the boards tree.
  connectionRow: OfConnection;
  boardRow: OfBoard;
  stageRow: readonly [...OfBoard, stageId: string];
  cardRow: OfCard;
  unsentRow: OfConnection;
  changeRow: readonly [...OfConnection, recordId: string];
}
export type KeyKind = keyof KeyParts;

declare const kindOf: unique symbol;
/** A key of one kind. Only `keyOf` makes one: an id of a card or a board is none. */
export type Key<K extends KeyKind = KeyKind> = string & { readonly [kindOf]: K };

/** Makes a key. No two lists of parts make the same one, whatever characters stand in the ids. */
export function keyOf<K extends KeyKind>(kind: K, ...parts: KeyParts[K]): Key<K> {
  return JSON.stringify([kind, ...parts]) as Key<K>;
}

type KindOfCard = {
  [K in KeyKind]: KeyParts[K] extends OfCard ? (OfCard extends KeyParts[K] ? K : never) : never;
}[KeyKind];

/** A card's key of a kind. */
export const cardKey = <K extends KindOfCard>(kind: K, { connectionId, boardId, cardId }: CardRef): Key<K> =>
  JSON.stringify([kind, connectionId, boardId, cardId]) as Key<K>;

/**
 * Under which key a half-typed comment was kept before. It has the connection, so nothing is mixed up by reading it; the board
 * is missing, and nothing is written under it any more.
 */
export const commentKeyBefore = ({ connectionId, cardId }: CardRef): Key<'comment'> =>
  `${connectionId}/${cardId}` as Key<'comment'>;
