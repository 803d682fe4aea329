// What a key of any keyboard is called in the table of keys: a letter by what it types, where it types Latin letters, and
// by its place, where it does not.

export type Stroke = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'> &
  Partial<Pick<KeyboardEvent, 'code' | 'getModifierState'>>;

/** What the keys beside the letters and digits type on an American keyboard, alone and with Shift. */
const PLACES: Readonly<Record<string, string>> = {
  BracketLeft: '[{',
  BracketRight: ']}',
  Slash: '/?',
  Period: '.>',
  Comma: ',<',
  Semicolon: ';:',
  Quote: '\'"',
  Backslash: '|',
  Minus: '-_',
  Equal: '=+',
  Backquote: '`~',
};

/** Letters of any script but the Latin one, and the question mark of Arabic. Names of keys are Latin. */
const isOtherScript = (key: string): boolean =>
  /^[\p{L}\p{M}؟]+$/u.test(key) && !/\p{Script=Latin}/u.test(key);

/** The character at this place of an American keyboard, or undefined. */
function atPlace(code: string, shift: boolean): string | undefined {
  const letter = /^Key([A-Z])$/.exec(code)?.[1];
  if (letter) return shift ? letter : letter.toLowerCase();
  return PLACES[code]?.[shift ? 1 : 0];
}

const SIGN = /^[!-/:-@[-`{-~]$/;

/**
 * Whether a sign was typed by the third level of a key (AltGr, on a Mac Option): the `[` of a German keyboard comes with
 * Ctrl and Alt on Windows. A chord such as Alt+[ is none: there the key types its sign by itself.
 */
export function isThirdLevel(stroke: Omit<Stroke, 'shiftKey'>): boolean {
  const { key, code = '', altKey } = stroke;
  if (!altKey || !SIGN.test(key)) return false;
  return stroke.getModifierState?.('AltGraph') === true || !(PLACES[code] ?? '').includes(key);
}

/** What a key types, as if the layout were a Latin one; a named key by its name. */
function typedBy({ key, code = '', shiftKey }: Stroke): string {
  return (isOtherScript(key) ? atPlace(code, shiftKey) : undefined) ?? key;
}

/** Whether a key types a letter, digit or sign, in whatever script. */
export const isCharacter = ({ key }: Pick<Stroke, 'key'>): boolean =>
  ([...key].length === 1 && key !== ' ') || isOtherScript(key);

/**
 * The name of a stroke: `Ctrl+` (or Cmd) and `Shift+` before the key; letters small, the space bar a blank.
 * @param table the names that mean something
 */
export function strokeName(stroke: Stroke, table: { has(name: string): boolean }): string {
  const { code = '', ctrlKey, metaKey, shiftKey, altKey } = stroke;
  if (isThirdLevel(stroke)) return stroke.key;
  const ctrl = ctrlKey || metaKey ? 'Ctrl+' : '';
  const key = typedBy(stroke);
  if (altKey) return `Alt+${key}`;
  // Whether a sign like ? or / needs Shift differs between keyboards: the character counts. On some it is a digit's.
  if (SIGN.test(key) && (!/^Digit/.test(code) || table.has(ctrl + key))) return ctrl + key;
  // What Shift makes of a digit differs too: there, the key itself counts.
  const digit = shiftKey && /^Digit([1-9])$/.exec(code)?.[1];
  if (digit) return `${ctrl}Shift+${digit}`;
  const letter = /^[a-z]$/i.test(key);
  const shift = shiftKey && (letter || key.length > 1 || key === ' ') ? 'Shift+' : '';
  return `${ctrl}${shift}${letter ? key.toLowerCase() : key}`;
}
