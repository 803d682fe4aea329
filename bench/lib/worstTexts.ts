/** Texts that cost a renderer more than their length, by what they are made of. */
export interface WorstText {
  name: string;
  /** Makes one of about so many characters. */
  make: (length: number) => string;
}

const repeated = (part: string) => (length: number) => part.repeat(Math.ceil(length / part.length));
/** Half of the text is the opening, half the end that never fits, or always does. */
const halves = (opening: string, closing: string) => (length: number) =>
  opening.repeat(Math.ceil(length / 2 / opening.length)) +
  closing.repeat(Math.ceil(length / 2 / closing.length));
const numbered = (line: (index: number) => string) => (length: number) => {
  let text = '';
  for (let index = 0; text.length < length; index++) text += line(index);
  return text;
};

/** A definition with a long address, and as many uses of it as fit. */
function oneReference(length: number): string {
  const address = 'a'.repeat(length / 3);
  return `[a]: https://example.com/${address}\n\n${repeated('[a]')(length - address.length)}`;
}

export const worstTexts: WorstText[] = [
  { name: 'one definition, used', make: oneReference },
  {
    name: 'definition with a title, used',
    make: (length) => `[a]: x "${'&'.repeat(length / 3)}"\n\n${repeated('[a]')(length / 2)}`,
  },
  { name: 'definitions', make: numbered((index) => `[${index}]: x\n`) },
  { name: 'definitions without an end', make: repeated('[a]: <') },
  { name: 'quotes, nested', make: repeated('>') },
  { name: 'quotes, each deeper', make: (length) => numbered((i) => `${'>'.repeat(i)} a\n`)(length) },
  { name: 'lists, nested', make: repeated('- ') },
  { name: 'lists, each deeper', make: (length) => numbered((i) => `${' '.repeat(2 * i)}- a\n`)(length) },
  { name: 'lists of numbers', make: repeated('1. ') },
  { name: 'boxes', make: repeated('- [ ] a\n') },
  { name: 'brackets', make: repeated('[') },
  { name: 'brackets, closed', make: halves('[', ']') },
  { name: 'brackets with addresses', make: repeated('[a](') },
  { name: 'addresses in angles', make: repeated('[a](<b') },
  { name: 'links', make: repeated('[a](b)') },
  { name: 'links in links', make: halves('[', '](a)') },
  { name: 'pictures in pictures', make: halves('![', '](a)') },
  { name: 'stars', make: repeated('*a ') },
  { name: 'stars in pairs', make: repeated('**a ') },
  { name: 'stars and underscores', make: repeated('*a_ ') },
  { name: 'stars, nested', make: halves('*a **a ', 'a** a*') },
  { name: 'waves', make: repeated('~~a ') },
  { name: 'emphasis', make: repeated('*a* ') },
  { name: 'backticks, each longer', make: numbered((index) => `${'`'.repeat(index + 1)} `) },
  { name: 'backticks', make: repeated('`a') },
  { name: 'entities', make: repeated('&quot;') },
  { name: 'ampersands', make: repeated('&') },
  { name: 'backslashes', make: repeated('\\\\') },
  { name: 'autolinks', make: repeated('<https://a.b>') },
  { name: 'angles', make: repeated('<') },
  { name: 'angles with a scheme', make: repeated('<a:') },
  { name: 'addresses', make: repeated('https://a.b ') },
  { name: 'addresses of brackets', make: (length) => `https://a.b/${repeated('(')(length)}` },
  { name: 'addresses of dots', make: (length) => `https://${repeated('a.')(length)}` },
  { name: 'www', make: repeated('www.') },
  { name: 'www with a host', make: repeated('www.a.b ') },
  { name: 'mail addresses', make: repeated('mailto:a@b ') },
  {
    name: 'a table of many columns',
    make: (length) =>
      `${repeated('|a')(length / 3)}|\n${repeated('|-')(length / 3)}|\n${repeated('|b')(length / 3)}|\n`,
  },
  {
    name: 'a table of short rows',
    make: (length) =>
      `${repeated('|a')(length / 4)}|\n${repeated('|-')(length / 4)}|\n${repeated('|\n')(length / 2)}`,
  },
  { name: 'tables without an end', make: repeated('a|b\n-|-\n') },
  { name: 'fences', make: repeated('```\n') },
  { name: 'headings', make: repeated('# a\n') },
  { name: 'lines', make: repeated('a\n') },
  { name: 'one word', make: repeated('a') },
  { name: 'spaces', make: (length) => `a${repeated(' ')(length)}b` },
  { name: 'rules that are none', make: repeated('* * a\n') },
  { name: 'marks on one letter', make: (length) => `a${'\u0301'.repeat(length)}` },
  { name: 'turns of direction', make: repeated('\u202ea\u202c') },
];
