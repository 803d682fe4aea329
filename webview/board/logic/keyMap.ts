import { type Stroke, strokeName } from './strokes';
import type { texts } from './strings';

// The keys of the board, once: from this table come what a key does and what the help says.

/** What a key does on the board. */
export type BoardKey =
  | 'up'
  | 'down'
  | 'left'
  | 'right'
  | 'first'
  | 'last'
  | 'firstColumn'
  | 'lastColumn'
  | 'extendUp'
  | 'extendDown'
  | 'previousStage'
  | 'nextStage'
  | 'open'
  | 'peek'
  | 'grab'
  | 'pickStage'
  | 'assign'
  | 'assignToMe'
  | 'priority'
  | 'due'
  | 'tags'
  | 'comment'
  | 'rename'
  | 'newCard'
  | 'newCardBelow'
  | 'select'
  | 'selectColumn'
  | 'clear'
  | 'archive'
  | 'copyLink'
  | 'fold'
  | 'help'
  | 'filter'
  | 'menu'
  | `stage${number}`;

/** What a key does while a card is grabbed. */
export type GrabKey =
  'up' | 'down' | 'left' | 'right' | 'top' | 'bottom' | 'first' | 'last' | 'drop' | 'cancel';

/** A key as the table names it: `Ctrl+` (or Cmd) and `Shift+` before it; letters small, the space bar a blank. */
type Strokes<Action> = Readonly<Record<string, Action>>;

/** One line of the help. */
export interface KeyLine {
  /** Its words, in `texts.keyLines`. */
  says: keyof typeof texts.keyLines;
  /** The keys as they are shown; each of them does it. */
  shown: readonly string[];
  /** Handled here, while nothing is grabbed. */
  strokes?: Strokes<BoardKey>;
  /** Handled here, while a card is grabbed. */
  grabbed?: Strokes<GrabKey>;
  /** The command of the palette that does the same; walking needs none. */
  palette?: string;
  /** Handled by VS Code: the commands whose contributed keybindings these are. */
  commands?: readonly string[];
}

export interface KeyGroup {
  /** Its heading, in `texts.keyGroups`. */
  title: keyof typeof texts.keyGroups;
  lines: readonly KeyLine[];
}

const stages = Object.fromEntries(
  Array.from({ length: 9 }, (_, index) => [`Shift+${index + 1}`, `stage${index + 1}` as const]),
);

export const KEYS: readonly KeyGroup[] = [
  {
    title: 'walking',
    lines: [
      {
        says: 'walk',
        shown: ['↑ ↓', 'k j'],
        strokes: { ArrowUp: 'up', k: 'up', ArrowDown: 'down', j: 'down' },
      },
      {
        says: 'column',
        shown: ['← →', 'h l'],
        strokes: { ArrowLeft: 'left', h: 'left', ArrowRight: 'right', l: 'right' },
      },
      { says: 'ends', shown: ['Home End'], strokes: { Home: 'first', End: 'last' } },
      {
        says: 'endColumns',
        shown: ['Ctrl+Home Ctrl+End'],
        strokes: { 'Ctrl+Home': 'firstColumn', 'Ctrl+End': 'lastColumn' },
      },
      { says: 'stages', shown: ['[ ]'], strokes: { '[': 'previousStage', ']': 'nextStage' } },
    ],
  },
  {
    title: 'moving',
    lines: [
      {
        says: 'grab',
        palette: 'grabCard',
        shown: ['m', 'Shift+Space'],
        strokes: { m: 'grab', 'Shift+ ': 'grab' },
      },
      {
        says: 'moveOnce',
        palette: 'moveCardUp',
        shown: ['Alt+↑ ↓ ← →'],
        commands: ['moveCardUp', 'moveCardDown', 'moveCardLeft', 'moveCardRight'],
      },
      { says: 'pickStage', palette: 'moveCardToStage', shown: ['s'], strokes: { s: 'pickStage' } },
      { says: 'toStage', palette: 'moveCardToStage', shown: ['Shift+1 … 9'], strokes: stages },
      { says: 'undo', palette: 'undo', shown: ['Ctrl+Z'], commands: ['undo'] },
      { says: 'redo', palette: 'redo', shown: ['Ctrl+Shift+Z'], commands: ['redo'] },
    ],
  },
  {
    title: 'grabbed',
    lines: [
      {
        says: 'step',
        shown: ['↑ ↓ ← →', 'h j k l'],
        grabbed: {
          ...{ ArrowUp: 'up', k: 'up', ArrowDown: 'down', j: 'down' },
          ...{ ArrowLeft: 'left', h: 'left', ArrowRight: 'right', l: 'right' },
        },
      },
      {
        says: 'stepToEnd',
        shown: ['Ctrl+↑ ↓ ← →', 'Home End'],
        grabbed: {
          ...{ 'Ctrl+ArrowUp': 'top', 'Ctrl+ArrowDown': 'bottom', Home: 'top', End: 'bottom' },
          ...{
            'Ctrl+ArrowLeft': 'first',
            'Ctrl+ArrowRight': 'last',
            'Ctrl+Home': 'first',
            'Ctrl+End': 'last',
          },
        },
      },
      {
        says: 'drop',
        shown: ['Enter', 'Space', 'm'],
        grabbed: { Enter: 'drop', ' ': 'drop', 'Shift+ ': 'drop', m: 'drop' },
      },
      { says: 'putBack', shown: ['Escape'], grabbed: { Escape: 'cancel' } },
    ],
  },
  {
    title: 'card',
    lines: [
      { says: 'open', palette: 'openCard', shown: ['Enter'], strokes: { Enter: 'open' } },
      { says: 'peek', palette: 'peekCard', shown: ['Space'], strokes: { ' ': 'peek' } },
      { says: 'newCard', palette: 'newCard', shown: ['n'], strokes: { n: 'newCard' } },
      {
        says: 'newCardBelow',
        palette: 'newCardBelow',
        shown: ['Shift+N'],
        strokes: { 'Shift+n': 'newCardBelow' },
      },
      { says: 'rename', palette: 'renameCard', shown: ['e', 'F2'], strokes: { e: 'rename', F2: 'rename' } },
      { says: 'comment', palette: 'comment', shown: ['c'], strokes: { c: 'comment' } },
      { says: 'copyLink', palette: 'copyLink', shown: ['y'], strokes: { y: 'copyLink' } },
      // Shift+F10 is the browser's own: it asks for the menu of whatever has the focus.
      { says: 'menu', shown: ['.', 'Shift+F10'], strokes: { '.': 'menu' } },
    ],
  },
  {
    title: 'chosen',
    lines: [
      { says: 'assign', palette: 'assignCard', shown: ['a'], strokes: { a: 'assign' } },
      { says: 'assignToMe', palette: 'assignToMe', shown: ['i'], strokes: { i: 'assignToMe' } },
      { says: 'priority', palette: 'setPriority', shown: ['p'], strokes: { p: 'priority' } },
      { says: 'due', palette: 'setDueDate', shown: ['d'], strokes: { d: 'due' } },
      { says: 'tags', palette: 'setTags', shown: ['t'], strokes: { t: 'tags' } },
      { says: 'archive', palette: 'archiveCard', shown: ['Delete'], strokes: { Delete: 'archive' } },
    ],
  },
  {
    title: 'selecting',
    lines: [
      { says: 'select', palette: 'selectCard', shown: ['x'], strokes: { x: 'select' } },
      {
        says: 'extend',
        shown: ['Shift+↑ ↓'],
        strokes: { 'Shift+ArrowUp': 'extendUp', 'Shift+ArrowDown': 'extendDown' },
      },
      {
        says: 'selectColumn',
        palette: 'selectColumn',
        shown: ['Ctrl+A'],
        strokes: { 'Ctrl+a': 'selectColumn' },
      },
      { says: 'clear', palette: 'clearSelection', shown: ['Escape'], strokes: { Escape: 'clear' } },
    ],
  },
  {
    title: 'view',
    lines: [
      { says: 'filter', palette: 'filterCards', shown: ['/'], strokes: { '/': 'filter' } },
      { says: 'fold', palette: 'foldColumn', shown: ['f'], strokes: { f: 'fold' } },
      { says: 'help', palette: 'showKeys', shown: ['?'], strokes: { '?': 'help' } },
    ],
  },
];

const lines = KEYS.flatMap((group) => group.lines);
const strokes = new Map(lines.flatMap((line) => Object.entries(line.strokes ?? {})));
const grabbed = new Map(lines.flatMap((line) => Object.entries(line.grabbed ?? {})));

/** The action of a key, or null. Alt is never ours here: those chords are contributed keybindings. */
export const boardKey = (stroke: Stroke): BoardKey | null => strokes.get(strokeName(stroke, strokes)) ?? null;

/** The action of a key while a card is grabbed, or null. */
export const grabKey = (stroke: Stroke): GrabKey | null => grabbed.get(strokeName(stroke, grabbed)) ?? null;
