import { matchesFor, type QuickAdd } from './quickAdd';
import type { Directory } from '../../board/sync/directory';
import type { Partner, Tag } from '../../contract/entities';
import type { pickOne } from '../../widgets/picks';
import type { Choice } from '../../widgets/rows';
import { say, shown, shownName, type ShownText, withIcon } from '../../widgets/shownText';
import { shownNumber } from './tellApart';

/** Whom and what the marks of a new card's line mean. */
export interface Meant {
  owners: number[];
  tags: string[];
}

/** A mark that the person wants to be words of the title, such as `@Override`. */
export interface KeepWord {
  keep: string;
}

/** Where names are looked up, and who is asked about them. */
export interface MarkNeeds {
  directory: Pick<Directory, 'people' | 'tags'>;
  pick: typeof pickOne;
}

/** What was answered about marks so far: null leaves one out. Nothing is asked twice for one card. */
export type MarkAnswers = Map<string, number | string | null>;

/**
 * Turns names into ids; asks where a name fits nobody or several.
 * @returns nothing when the person stepped back
 */
export async function resolveMarks(
  { directory, pick }: MarkNeeds,
  boardId: string,
  parsed: QuickAdd,
  answers: MarkAnswers,
): Promise<Meant | KeepWord | undefined> {
  const meant: Meant = { owners: [], tags: [] };
  for (const name of parsed.tags) {
    const tag = await resolve(`#${name}`, pick, answers, tagTexts, async () => {
      const known = await found<Tag>(
        name,
        ({ tag_id }) => tag_id,
        (q) => directory.tags(boardId, q),
      );
      const fitting = matchesFor(name, known, ({ name }) => [name]);
      return {
        fitting: fitting.length > 0,
        choices: (fitting.length > 0 ? fitting : known).map((one): Choice<string> => ({
          label: shownName(one.name),
          apart: [shownNumber(one.tag_id)],
          value: one.tag_id,
        })),
      };
    });
    if (tag === undefined || isKept(tag)) return tag;
    if (tag !== null) meant.tags.push(tag);
  }
  for (const name of parsed.people) {
    const person = await resolve(`@${name}`, pick, answers, personTexts, async () => {
      const people = await found<Partner>(
        name,
        ({ partner_id }) => partner_id,
        (q) => directory.people(boardId, q),
      );
      const fitting = matchesFor(name, people, ({ name, email }) => [name, email]);
      return {
        fitting: fitting.length > 0,
        choices: (fitting.length > 0 ? fitting : people).map((one): Choice<number> => ({
          label: shownName(one.name),
          description: shown(one.email),
          apart: [shown(`#${one.partner_id}`)],
          value: one.partner_id,
        })),
      };
    });
    if (person === undefined || isKept(person)) return person;
    if (person !== null) meant.owners.push(person);
  }
  return meant;
}

/** The first of a list, and all that the server finds by the name, in which `_` may stand for a blank. */
async function found<T>(
  name: string,
  idOf: (one: T) => string | number,
  look: (q: string) => Promise<readonly T[]>,
): Promise<T[]> {
  const wanted = new Set(['', name, name.replaceAll('_', ' ').trim()]);
  const lists = await Promise.all([...wanted].map(look));
  return [...new Map(lists.flat().map((one) => [idOf(one), one])).values()];
}

interface Looked<T> {
  /** Whether the choices fit the name; else they are all that there are. */
  fitting: boolean;
  choices: Choice<T>[];
}

/** The one that fits; else a pick. `null`: leave it out; nothing: the person stepped back. */
async function resolve<T extends number | string>(
  mark: string,
  pick: typeof pickOne,
  answers: MarkAnswers,
  texts: typeof tagTexts,
  look: () => Promise<Looked<T>>,
): Promise<T | KeepWord | null | undefined> {
  const before = answers.get(mark);
  if (before !== undefined) return before as T | null;
  const { fitting, choices } = await look();
  const [only] = choices;
  if (fitting && choices.length === 1 && only) return only.value;
  const shownMark = shownName(mark);
  const ends: Choice<T | KeepWord | null>[] = [
    { label: withIcon('quote', say('Keep {0} as words in the title', shownMark)), value: { keep: mark } },
    { label: withIcon('close', texts.none()), value: null },
  ];
  const name = shownName(mark.slice(1));
  // What fits nothing is often not meant as a mark.
  const rows = fitting ? [...choices, ...ends] : [...ends, ...choices];
  const chosen = await pick(fitting ? texts.several(name) : texts.unknown(name), rows, {
    placeholder: say('What is kept as words is remembered.'),
    stays: true,
  });
  if (chosen !== undefined && !isKept(chosen)) answers.set(mark, chosen);
  return chosen;
}

export const isKept = (value: unknown): value is KeepWord =>
  typeof value === 'object' && value !== null && 'keep' in value;

const tagTexts = {
  none: () => say('Create the card without this tag'),
  several: (typed: ShownText) => say('Which tag is "{0}"?', typed),
  unknown: (typed: ShownText) => say('There is no tag "{0}". Which one?', typed),
};
const personTexts: typeof tagTexts = {
  none: () => say('Create the card without this person'),
  several: (typed) => say('Which person is "{0}"?', typed),
  unknown: (typed) => say('There is no person "{0}". Which one?', typed),
};
