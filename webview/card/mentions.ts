import type { PersonView } from '../../src/messages/shared';

/** The `@…` that is being typed before the caret. */
export interface Typed {
  /** Where the `@` stands. */
  from: number;
  query: string;
}

/** Finds an `@` that begins a word before the caret, with at most two words after it. */
export function typedMention(text: string, caret: number): Typed | null {
  const found = /(?:^|[\s(])@([\p{L}\p{M}\p{N}._'-]*(?: [\p{L}\p{M}\p{N}._'-]*)?)$/u.exec(
    text.slice(0, caret),
  );
  const query = found?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
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

/** Who was picked and is still named in the text. */
export function mentioned(text: string, picked: readonly PersonView[]): PersonView[] {
  return picked.filter(
    (person, index) =>
      person.email !== '' &&
      text.includes(`@${person.name}`) &&
      picked.findIndex(({ partnerId }) => partnerId === person.partnerId) === index,
  );
}
