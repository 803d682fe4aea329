import { unique } from '../../base/unique';
import type { Partner, Tag } from '../../contract/entities';
import type { PersonView, TagView } from '../../messages/shared';

/** A person as views show one. */
export function personView({ partner_id, name, email }: Partner): PersonView {
  return { partnerId: partner_id, name, email, initials: initialsOf(name) };
}

/** The people of a list, each once. */
export const peopleViews = (people: readonly Partner[]): PersonView[] =>
  unique(people, ({ partner_id }) => partner_id).map(personView);

export function tagView({ tag_id, name, color }: Tag): TagView {
  return { tagId: tag_id, name, ...(color && { color }) };
}

const segmenter = new Intl.Segmenter();
/** Finding graphemes is slow, and the same few people stand on all cards. */
const known = new Map<string, string>();

/** The first letters of the first and the last word, by grapheme. */
export function initialsOf(name: string): string {
  let initials = known.get(name);
  if (initials === undefined) {
    const words = name.trim().split(/\s+/u).filter(Boolean);
    const ends = words.length > 1 ? [words[0]!, words.at(-1)!] : words;
    initials = ends
      .map((word) => [...segmenter.segment(word)][0]?.segment ?? '')
      .join('')
      .toLocaleUpperCase();
    known.set(name, initials);
  }
  return initials;
}
