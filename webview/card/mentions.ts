import type { PersonView } from '../../src/messages/shared';

/** The `@…` that is being typed before the caret. */
export interface Typed {
  /** Where the `@` stands. */
  from: number;
  query: string;
}

/** What was typed after an `@`, at most: a longer name is found by its beginning. */
const LONGEST = 100;
/** Letters of scripts that put no space between words: an `@` after one begins a word all the same. */
const UNSPACED =
  '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}' +
  '\\p{Script=Thai}\\p{Script=Lao}\\p{Script=Khmer}\\p{Script=Myanmar}';
/** What an e-mail address or a path has before its `@`; after anything else somebody is mentioned. */
const IN_ADDRESS = new RegExp(`(?![${UNSPACED}])[\\p{L}\\p{M}\\p{N}._%+/@-]$`, 'u');
const QUERY = /@([\p{L}\p{M}\p{N}._'’-]*(?: [\p{L}\p{M}\p{N}._'’-]*)?)$/u;

/** Finds an `@` before the caret that is no part of an address, with at most two words after it. */
export function typedMention(text: string, caret: number): Typed | null {
  const before = text.slice(Math.max(0, caret - LONGEST), caret);
  const query = QUERY.exec(before)?.[1];
  if (query === undefined) return null;
  const from = caret - query.length - 1;
  return IN_ADDRESS.test(text.slice(Math.max(0, from - 2), from)) ? null : { from, query };
}

/** Puts a person's name in the place of what was typed. `caret` is where it stands afterwards. */
export function insertMention(
  text: string,
  typed: Typed,
  caret: number,
  person: PersonView,
): { text: string; caret: number } {
  const name = `@${person.name} `;
  return {
    text: text.slice(0, typed.from) + name + text.slice(caret).replace(/^ /, ''),
    caret: typed.from + name.length,
  };
}

/** Who was picked and is still named in the text. Of names that begin alike the longest that stands there counts. */
function named(text: string, picked: readonly PersonView[]): PersonView[] {
  const names = new Set(picked.map(({ name }) => name));
  const found = new Set<string>();
  let rest = text;
  for (const name of [...names].sort((a, b) => b.length - a.length)) {
    const without = rest.replaceAll(`@${name}`, '\n');
    if (without !== rest) found.add(name);
    rest = without;
  }
  const people = new Map(picked.map((person) => [person.partnerId, person]));
  return [...people.values()].filter(({ name }) => found.has(name));
}

/** Those of them whom the server can find: it knows people by their e-mail addresses. */
export const mentioned = (text: string, picked: readonly PersonView[]): PersonView[] =>
  named(text, picked).filter(({ email }) => email !== '');

/** Those of them whom the server can't tell. */
export const untold = (text: string, picked: readonly PersonView[]): PersonView[] =>
  named(text, picked).filter(({ email }) => email === '');

/** Those of them who share their address with somebody else: the server may mean that one. */
export function ambiguous(
  text: string,
  picked: readonly PersonView[],
  known: readonly PersonView[],
): { person: PersonView; other: PersonView }[] {
  return mentioned(text, picked).flatMap((person) => {
    const same = ({ email }: PersonView) => email.toLowerCase() === person.email.toLowerCase();
    const other = known.find((each) => each.partnerId !== person.partnerId && same(each));
    return other ? [{ person, other }] : [];
  });
}
