import type { CardView } from '../../../src/messages/boardMessages';
import type { BoardLook } from '../../../src/messages/look';
import { faceOf } from './faceOf';

/** Characters of a title in one line of a column side by side. */
const LINE = 34;
/** So many cards tell how high the others are. */
const SAMPLE = 20;
/** In px, as board.css has them. */
const HEIGHTS = {
  comfortable: { around: 24, line: 18, lines: 2, row: 27 },
  compact: { around: 16, line: 17, lines: 1, row: 21 },
};

/**
 * How high a row of a column will be on average, in px. A list that knows it draws only the cards that fit, and not three times as
 * many until the first were measured.
 */
export function rowHeight(cards: readonly CardView[], { density, cardFields }: BoardLook): number {
  const { around, line, lines, row } = HEIGHTS[density];
  const sample = cards.slice(0, SAMPLE).map((card) => {
    const { title, tags, milestone, priority, state, dueDate, comments, checklist, subtasks, owners } =
      faceOf(card, cardFields);
    const facts = priority !== '1' || state || dueDate || comments > 0 || checklist || subtasks;
    const rows = [tags.length > 0 || milestone, facts || (owners.length > 0 && tags.length === 0)];
    const titleLines = Math.min(lines, Math.ceil(title.length / LINE));
    return around + line * titleLines + row * rows.filter(Boolean).length;
  });
  return sample.length === 0
    ? around + line + row
    : sample.reduce((sum, height) => sum + height, 0) / sample.length;
}
