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
  | 'rename'
  | 'newCard'
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

type Stroke = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const plain: Record<string, BoardKey> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  ArrowLeft: 'left',
  h: 'left',
  ArrowRight: 'right',
  l: 'right',
  Home: 'first',
  End: 'last',
  '[': 'previousStage',
  ']': 'nextStage',
  Enter: 'open',
  ' ': 'peek',
  m: 'grab',
  s: 'pickStage',
  e: 'rename',
  F2: 'rename',
  n: 'newCard',
  x: 'select',
  Delete: 'archive',
  y: 'copyLink',
  f: 'fold',
  '?': 'help',
  '/': 'filter',
  '.': 'menu',
  Escape: 'clear',
};

/** The action of a key, or null. Alt is never ours here: those chords are contributed keybindings. */
export function boardKey(stroke: Stroke): BoardKey | null {
  const { key, altKey, shiftKey } = stroke;
  if (altKey) return null;
  if (stroke.ctrlKey || stroke.metaKey) {
    if (shiftKey) return null;
    if (key === 'Home') return 'firstColumn';
    if (key === 'End') return 'lastColumn';
    return key.toLowerCase() === 'a' ? 'selectColumn' : null;
  }
  if (!shiftKey) return Object.hasOwn(plain, key) ? (plain[key] ?? null) : null;
  if (key === ' ') return 'grab';
  if (key === 'ArrowUp') return 'extendUp';
  if (key === 'ArrowDown') return 'extendDown';
  const digit = /^Digit([1-9])$/.exec(stroke.code)?.[1];
  if (digit) return `stage${Number(digit)}`;
  // On some keyboards these characters need Shift.
  return key === '?' || key === '/' || key === '[' || key === ']' ? (plain[key] ?? null) : null;
}

const steps: Record<string, GrabKey> = {
  ArrowUp: 'up',
  k: 'up',
  ArrowDown: 'down',
  j: 'down',
  ArrowLeft: 'left',
  h: 'left',
  ArrowRight: 'right',
  l: 'right',
  Home: 'top',
  End: 'bottom',
  Enter: 'drop',
  m: 'drop',
  ' ': 'drop',
  Escape: 'cancel',
};
const ends: Record<string, GrabKey> = {
  ArrowUp: 'top',
  ArrowDown: 'bottom',
  ArrowLeft: 'first',
  ArrowRight: 'last',
  Home: 'first',
  End: 'last',
};

/** The action of a key while a card is grabbed, or null. */
export function grabKey({ key, ctrlKey, metaKey, altKey }: Stroke): GrabKey | null {
  if (altKey) return null;
  const keys = ctrlKey || metaKey ? ends : steps;
  return Object.hasOwn(keys, key) ? (keys[key] ?? null) : null;
}
