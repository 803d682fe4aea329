import type { Key } from '../../../src/contract/keys';
import type { BoardIdentity } from '../../../src/messages/boardMessages';
import { savedState, saveState } from '../../common/vscode';

/** What belongs to the viewer of a board, kept across hiding and reloads. The host restores an editor by its `identity`. */
export interface ViewState {
  identity: BoardIdentity | null;
  cardId: string | null;
  stageId: string | null;
  filter: string;
  /** The half-typed title of a new card. */
  newCard: { stageId: string; title: string } | null;
  /** By stage of this board: folded or not, where the viewer said so. */
  folds: Record<string, boolean>;
  /** The same of other boards that were shown here. */
  otherFolds?: Record<Key<'folds'>, Record<string, boolean>>;
  /** Of the board sideways, in px; and by stage the row on top of a column, with the part of it that is passed. */
  scroll: { board: number; columns: Record<string, number> };
}

/** Reads what was saved; whatever is not as expected counts as not saved. */
export function loadViewState(saved: unknown = savedState()): ViewState {
  const from = isRecord(saved) ? saved : {};
  const scroll = isRecord(from.scroll) ? from.scroll : {};
  return {
    identity: identityOf(from.identity),
    cardId: textOrNull(from.cardId),
    stageId: textOrNull(from.stageId),
    filter: textOrNull(from.filter) ?? '',
    newCard: newCardOf(from.newCard),
    folds: foldsOf(from.folds),
    ...(isRecord(from.otherFolds) && {
      otherFolds: Object.fromEntries(
        Object.entries(from.otherFolds).map(([key, folds]) => [key, foldsOf(folds)]),
      ),
    }),
    scroll: {
      board: typeof scroll.board === 'number' ? scroll.board : 0,
      columns: valuesOf(scroll.columns, (value) => typeof value === 'number'),
    },
  };
}

/** Gives a way to save soon: many changes in a row are one write. */
export function viewStateSaver(collect: () => ViewState): { soon(): void; now(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = () => {
    clearTimeout(timer);
    timer = undefined;
    saveState(collect());
  };
  return { soon: () => (timer ??= setTimeout(now, 150)), now };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const textOrNull = (value: unknown) => (typeof value === 'string' ? value : null);

function valuesOf<T>(value: unknown, fits: (value: unknown) => boolean): Record<string, T> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(Object.entries(value).filter(([, each]) => fits(each))) as Record<string, T>;
}

const foldsOf = (value: unknown) => valuesOf<boolean>(value, (each) => typeof each === 'boolean');

function identityOf(value: unknown): BoardIdentity | null {
  if (!isRecord(value)) return null;
  const { connectionId, boardId } = value;
  return typeof connectionId === 'string' && typeof boardId === 'string' ? { connectionId, boardId } : null;
}

function newCardOf(value: unknown): ViewState['newCard'] {
  if (!isRecord(value)) return null;
  const { stageId, title } = value;
  return typeof stageId === 'string' && typeof title === 'string' && title !== '' ? { stageId, title } : null;
}
