import * as z from 'zod/mini';
import type { MethodsOf } from './intents';
import type { BoardLook } from './look';
import {
  Act,
  AnyCardId,
  AnyId,
  type AvatarsView,
  ConnectionId,
  Nothing,
  OpenLink,
  type PersonView,
  type ProblemView,
  type TagView,
  Title,
  WantAvatars,
} from './shared';

/** What a restored view is rebuilt from. */
export const BoardIdentity = z.object({ connectionId: ConnectionId, boardId: AnyId });
export type BoardIdentity = z.infer<typeof BoardIdentity>;

const Cards = z.array(AnyCardId).check(z.minLength(1), z.maxLength(500));

/** Where cards go: below the card `after`, or on top of the stage when it is null. */
export const MoveCards = z.strictObject({
  cardIds: Cards,
  to: z.strictObject({ stageId: AnyId, after: z.nullable(AnyCardId) }),
});
export type MoveCards = z.infer<typeof MoveCards>;

/** What a native pick or input of the host changes of cards. */
export const CardField = z.enum(['owners', 'me', 'priority', 'due', 'tags']);
export type CardField = z.infer<typeof CardField>;

/** What the board's webview may ask of the host. */
export const BOARD_INTENTS = {
  /** The view is loaded, or visible again: send the whole snapshot. */
  ready: Nothing,
  wantAvatars: WantAvatars,
  moveCards: MoveCards,
  openCard: z.strictObject({ cardId: AnyCardId, pin: z.boolean() }),
  /** `after`: the card below which it goes; null: on top. */
  createCard: z.strictObject({ stageId: AnyId, title: Title, after: z.nullable(AnyCardId) }),
  renameCard: z.strictObject({ cardId: AnyCardId, title: Title }),
  archiveCards: z.strictObject({ cardIds: Cards }),
  /** The native pick of a stage for these cards. */
  pickStage: z.strictObject({ cardIds: Cards }),
  /** The native pick or input for a field of these cards; `me` assigns the user, or takes them off. */
  changeField: z.strictObject({ field: CardField, cardIds: Cards }),
  /** The card's editor, with the focus in its comment. */
  comment: z.strictObject({ cardId: AnyCardId }),
  copyLink: z.strictObject({ cardId: AnyCardId }),
  /** Reads a stage on until its first `upTo` cards are there. */
  loadMore: z.strictObject({ stageId: AnyId, upTo: z.int().check(z.gte(1)) }),
  chooseBoard: Nothing,
  refresh: Nothing,
  act: Act,
  openLink: OpenLink,
  /** What has the focus: the host sets its context keys by it and knows which card a palette command means. */
  focusChanged: z.strictObject({
    cardId: z.nullable(AnyCardId),
    selected: z.array(AnyCardId).check(z.maxLength(500)),
    boardFocus: z.boolean(),
    inputFocus: z.boolean(),
  }),
} as const;

/** The board's methods in the host. A write answers with the revision whose snapshot shows it. */
export type BoardHostMethods = MethodsOf<
  typeof BOARD_INTENTS,
  {
    moveCards: { revision: number };
    createCard: { revision: number };
    renameCard: { revision: number };
    archiveCards: { revision: number };
  }
>;

/** The board's methods in the webview. */
export type BoardViewMethods = {
  show: { input: BoardUpdate; output: void };
  avatars: { input: AvatarsView; output: void };
  /** Something to say in the live region; an error is assertive. */
  announce: { input: { text: string; kind: 'info' | 'error' }; output: void };
  /** Others changed these cards, as the last snapshot shows: lit up for a moment, and told once. */
  othersChanged: { input: { cardIds: string[]; text: string }; output: void };
  /** A contributed keybinding or palette command, forwarded to the view that has the focus. */
  command: { input: { name: BoardCommand }; output: void };
};

/** What the view does with the card or column that has the focus. */
export type BoardCommand =
  | 'grab'
  | 'moveUp'
  | 'moveDown'
  | 'moveLeft'
  | 'moveRight'
  | 'newCard'
  | 'focusBoard'
  | 'peek'
  | 'rename'
  | 'newCardBelow'
  | 'select'
  | 'selectColumn'
  | 'clear'
  | 'filter'
  | 'fold'
  | 'help';

/** A whole board as its view shows it; every snapshot replaces the one before. */
export interface BoardView {
  revision: number;
  /** Which board this is; the view keeps it in its state as `identity`, so that the host can restore it. */
  identity: BoardIdentity | null;
  status: 'loading' | 'ready' | 'signedOut' | 'noBoard' | 'failed';
  /** Shown as a banner over the last snapshot, or instead of it when there is none. */
  problem?: ProblemView;
  boardId: string | null;
  boardName: string;
  /** Whether cards can be placed within a column; without it the place is the server's choice. */
  canPlace: boolean;
  /** How the settings want it to look. */
  look: BoardLook;
  columns: ColumnView[];
  /** The user's own partner, when the server says who that is. */
  me?: number;
  /** Today in the user's time zone, `YYYY-MM-DD`: due dates are told against it. */
  today: string;
}

/** A board as it is sent: a column that the page has already, and that is as it was, is only named. */
export type BoardUpdate = Omit<BoardView, 'columns'> & { columns: (ColumnView | KnownColumn)[] };

export interface KnownColumn {
  stageId: string;
  known: true;
}

export interface ColumnView {
  stageId: string;
  name: string;
  /** All cards of the stage, loaded or not. */
  total: number;
  wipLimit: number | null;
  fold: boolean;
  /** Entering this stage e-mails a customer. */
  mails: boolean;
  cards: CardView[];
}

/** One card on a board. Cards are in the server's order. */
export interface CardView {
  cardId: string;
  title: string;
  priority: '0' | '1' | '2' | '3';
  dueDate: string | null;
  tags: TagView[];
  owners: PersonView[];
  checklist?: { done: number; total: number };
  subtasks?: { done: number; total: number };
  comments: number;
  state?: string;
  closed: boolean;
  milestone?: string;
  /** ISO time since when it stands in its stage. */
  stageSince?: string;
  /** What of it could not be read, in a sentence; it is shown with a mark. */
  unreadable?: string;
  /** Written here, not yet confirmed by the server. */
  pending: boolean;
  /** Still being created: it can't be opened or moved yet. */
  fresh: boolean;
}
