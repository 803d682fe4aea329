import type { BoardRef, CardRef } from '../../contract/keys';
import type { CardField } from '../../messages/boardMessages';
import type { Unsent } from './refs';

/** What one surface asks of the others. */
export interface Actions {
  openBoard(ref: BoardRef): void;
  openCard(card: CardRef, how?: { pin?: boolean; keepFocus?: boolean }): void;
  chooseBoard(): Promise<BoardRef | undefined>;
  /** The native pick of a stage, then the move. */
  moveToStage(ref: BoardRef, cardIds: readonly string[]): Promise<void>;
  /** The native pick or input for a field, then the change. */
  changeField(field: CardField, ref: BoardRef, cardIds: readonly string[]): Promise<void>;
  /** Opens the card's editor with the focus in its comment. */
  comment(card: CardRef): void;
  copyLink(card: CardRef): Promise<void>;
  openInOdoo(card: CardRef): Promise<void>;
  /** Whether the cards were archived; asks when there are several. */
  archive(ref: BoardRef, cardIds: readonly string[]): Promise<number | undefined>;
  signIn(connectionId?: string): Promise<void>;
  tryDemo(): Promise<void>;
  showLog(): void;
  /** The list of what has not reached its server. */
  showUnsent(): Promise<void>;
  /** Shows what an unsent change is about, as the server has it. */
  lookAt(unsent: Unsent): Promise<void>;
  /** Sends an unsent change again; a conflict is decided first. */
  sendAgain(unsent: Unsent): Promise<void>;
}
