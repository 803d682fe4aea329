import type { CardView } from '../../../src/messages/boardMessages';
import { ORDER, stateOf, stateWord } from './states';

/** What comes before a state in the filter. */
const STATE = 'state:';

/**
 * Whether every word of the filter is in the card's title, tags, people, milestone or number; `state:` and the
 * beginning of a state's name (with hyphens for blanks) asks for that state.
 */
export function matches(card: CardView, filter: string): boolean {
  const words = wordsOf(plain(filter));
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
  const state = plain(stateWord(stateOf(card)));
  return words.every((word) =>
    word.startsWith(STATE) ? state.startsWith(word.slice(STATE.length)) : text.includes(word),
  );
}

/** The filter with another state asked for, or with none. */
export function stateFilter(filter: string, state: string | null): string {
  const others = wordsOf(filter).filter((word) => !word.toLowerCase().startsWith(STATE));
  return [...others, ...(state === null ? [] : [STATE + stateWord(state)])].join(' ');
}

/** The state that the filter asks for by its whole name, or undefined. */
export function filteredState(filter: string): string | undefined {
  const words = wordsOf(plain(filter));
  return ORDER.find((state) => words.includes(STATE + plain(stateWord(state))));
}

const wordsOf = (filter: string) => filter.split(/\s+/).filter(Boolean);

/** Lower case and without accents: "resume" finds "Résumé". */
const plain = (text: string) =>
  text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase();
