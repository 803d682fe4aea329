// Texts that others can write, and what VS Code's widgets make of a text: the rules of its own readers of links and
// icons, written anew, to judge by.

/** A link that a click runs. */
const ACTS = 'command:doorTest.ran';

/** Hostile texts by what they try, each with a word that must stay readable. */
export const hostileTexts: Record<string, { text: string; readable: string }> = {
  link: { text: '[Why?](https://evil.example/x)', readable: 'Why?' },
  'command link': { text: `[Why?](${ACTS})`, readable: 'Why?' },
  'command link with arguments': { text: `[Go](${ACTS}?%5B%22x%22%5D)`, readable: 'Go' },
  'link with a title': { text: `[Title](${ACTS} "read me")`, readable: 'Title' },
  'file link': { text: '[File](file:///etc/passwd)', readable: 'File' },
  'capital scheme': { text: `[Caps](COMMAND:doorTest.ran)`, readable: 'Caps' },
  'nested brackets': { text: `[[inner]](${ACTS})](${ACTS})`, readable: 'inner' },
  'many links': { text: `[a](${ACTS})[b](${ACTS})[lots](${ACTS})`, readable: 'lots' },
  'link after a line break': { text: `first\n[second](${ACTS})`, readable: 'second' },
  'link behind a zero-width space': { text: `\u200b[seen]\u200b(${ACTS})[too](${ACTS})`, readable: 'too' },
  'link opened only': { text: '[half](', readable: 'half' },
  'link closed only': { text: `end](${ACTS})`, readable: 'end' },
  icon: { text: '$(bug) Odd', readable: 'Odd' },
  'turning icon': { text: '$(heart~spin) round', readable: 'round' },
  'escaped icon': { text: '\\$(bug) slash', readable: 'slash' },
  'doubled icon': { text: '$$(bug)$(bug) twice', readable: 'twice' },
  'script text': { text: '$(document).ready fails', readable: 'ready fails' },
  'icon in a link': { text: `[$(bug) both](${ACTS})`, readable: 'both' },
  'icon opened only': { text: 'money $', readable: 'money' },
  'icon closed only': { text: '(bug) rest', readable: 'rest' },
  html: { text: '<a href="command:x">tag</a><img src=x onerror=alert(1)>', readable: 'tag' },
  markdown: { text: '**bold** ![x](https://evil.example/p.png) `code`', readable: 'bold' },
  mnemonic: { text: 'A && B', readable: 'A' },
  'override of direction': { text: 'abc\u202egnp.exe', readable: 'abc' },
  'isolate left open': { text: '\u2067open', readable: 'open' },
  Hebrew: { text: 'שלום [x](command:doorTest.ran)', readable: 'שלום' },
  'line breaks': { text: 'one\r\ntwo\u2028three\u0000four', readable: 'three' },
  'lone surrogate': { text: 'torn \ud83d text', readable: 'text' },
  accents: { text: `z${'\u0301'.repeat(5_000)} heap`, readable: 'heap' },
};

/** Names that show nothing. */
export const invisibleNames = [
  '',
  '   ',
  '\u200b\u200d',
  '\ufffe',
  '\u3164',
  '\u2800',
  '\u00ad\u2060',
  '\u0301',
  '\u202e',
];

const LINK = /\[[^\]]+\]\((?:https?:\/\/|command:|file:)[^)\s]+(?: (["']).+?\1)?\)/gi;
const ICON = /\\?\$\([a-z0-9-]+(?:~[a-z]+)?\)/gi;

/** What a widget would make of a text beside text. */
export const markupIn = (text: string): string[] => [
  ...(text.match(LINK) ?? []),
  ...(text.match(ICON) ?? []),
];

/** A text as an eye sees it: without what has no width. */
export const toTheEye = (text: string): string =>
  text
    .replace(/\p{Default_Ignorable_Code_Point}/gu, '')
    .replace(/\s+/gu, ' ')
    .trim();
