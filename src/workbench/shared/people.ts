import { unique } from '../../base/unique';
import type { Partner, Tag } from '../../contract/entities';
import { named } from '../../l10n/visible';
import type { PersonView, TagView } from '../../messages/shared';

/** A person as views show one. */
export function personView({ partner_id, name, email }: Partner): PersonView {
  return { partnerId: partner_id, name: named(name), email, initials: initialsOf(name) };
}

/** The people of a list, each once. */
export const peopleViews = (people: readonly Partner[]): PersonView[] =>
  unique(people, ({ partner_id }) => partner_id).map(personView);

export function tagView({ tag_id, name, color }: Tag): TagView {
  return { tagId: tag_id, name: named(name), ...(color && { color }) };
}

const segmenter = new Intl.Segmenter();
/** UTF-16 units of a word that are looked at, at its begin and its end. */
const LONGEST_WORD = 64;

const firstLetter = (word: string): string => {
  const [first] = segmenter.segment(word.slice(0, LONGEST_WORD));
  return first?.segment ?? '';
};

/** Finding graphemes is slow, and the same few people stand on all cards. */
const known = new Map<string, string>();

/** The first letters of the first and the last word, by grapheme. */
export function initialsOf(name: string): string {
  let initials = known.get(name);
  if (initials === undefined) {
    const trimmed = name.trim();
    const ends = /\s/u.test(trimmed)
      ? [trimmed, trimmed.slice(-LONGEST_WORD).split(/\s+/u).at(-1)!]
      : [trimmed];
    initials = ends.map(firstLetter).join('').toLocaleUpperCase();
    known.set(name, initials);
  }
  return initials;
}
