import type { CardView } from '../../../src/messages/boardMessages';
import { CARD_FIELDS, type CardField } from '../../../src/messages/look';

/** What a card is without a field: as if it had nothing there. */
const without: Record<CardField, Partial<CardView>> = {
  tags: { tags: [] },
  milestone: { milestone: undefined },
  priority: { priority: '1' },
  state: { state: undefined },
  dueDate: { dueDate: null },
  checklist: { checklist: undefined },
  subtasks: { subtasks: undefined },
  comments: { comments: 0 },
  assignees: { owners: [] },
};

/** A card with only those fields that are to be shown, for the eye and in words alike. */
export function faceOf(card: CardView, shown: readonly CardField[]): CardView {
  if (shown.length === CARD_FIELDS.length) return card;
  const hidden = CARD_FIELDS.filter((field) => !shown.includes(field));
  return Object.assign({ ...card }, ...hidden.map((field) => without[field])) as CardView;
}
