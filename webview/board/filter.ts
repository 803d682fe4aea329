import type { CardView } from '../../src/messages/boardMessages';

/** Whether every word of the filter is in the card's title, tags, people, milestone or number. */
export function matches(card: CardView, filter: string): boolean {
  const words = plain(filter).split(/\s+/).filter(Boolean);
  if (words.length === 0) return true;
  const text = plain(
    [
      card.title,
      card.milestone ?? '',
      `#${card.cardId.replace(/^\D*/, '')}`,
      ...card.tags.map(({ name }) => name),
      ...card.owners.map(({ name }) => name),
    ].join('\n'),
  );
  return words.every((word) => text.includes(word));
}

/** Lower case and without accents: "resume" finds "Résumé". */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
