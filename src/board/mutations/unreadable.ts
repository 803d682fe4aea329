import { unreadableIn } from '../../client/reading';
import { TaskboardError } from '../../client/taskboardError';
import type { Card } from '../../contract/entities';
import type { CardChanges } from '../../contract/requests';
import { t } from '../../l10n/l10n';
import type { Mutation } from './mutation';
import { type BoardSnapshot, cardOf } from '../snapshot/snapshot';

/** What a field of a card is called, by its key. */
const FIELD_NAMES: Record<string, string> = {
  title: t('title'),
  priority: t('priority'),
  due_date: t('due date'),
  owners: t('assignees'),
  tags: t('tags'),
  description_md: t('description'),
  checklist: t('checklist'),
  state: t('State'),
};

/**
 * What a person is told of a card of which not all could be read.
 * @returns nothing when all could, or what could not is of no matter to people
 */
export function unreadableSentence(card: Card): string | undefined {
  const names = unreadableIn(card).flatMap((key) => FIELD_NAMES[key] ?? []);
  return names.length === 0
    ? undefined
    : t(
        'Taskboard can’t read all of this card ({0}). Open it in Odoo to see and change that.',
        names.join(', '),
      );
}

/** Whether a change would write what could not be read of a card. */
const writesUnread = (card: Card, changes: CardChanges): boolean =>
  unreadableIn(card).some((key) => key in changes);

/**
 * Parts one change of several cards into those that can be made and those that are left, since they would write what
 * could not be read. Where that are all of them none is left: they are refused, with the reason.
 */
export function partReadable<Edit extends { card: Card; changes: CardChanges }>(
  edits: readonly Edit[],
): { made: readonly Edit[]; left: readonly Edit[] } {
  const made = edits.filter(({ card, changes }) => !writesUnread(card, changes));
  return made.length === 0
    ? { made: edits, left: [] }
    : { made, left: edits.filter((edit) => !made.includes(edit)) };
}

/**
 * Keeps what could not be read from being overwritten with what stands in its place.
 * @throws TaskboardError when a mutation writes such a field
 */
export function refuseUnreadable({ operations }: Mutation, snapshot: BoardSnapshot): void {
  for (const operation of operations) {
    const card = cardOf(snapshot, operation.cardId);
    if (operation.kind !== 'edit' || !card) continue;
    if (!writesUnread(card, operation.changes)) continue;
    throw new TaskboardError(
      unreadableSentence(card) ?? t('This can’t be changed here. Open the card in Odoo.'),
      {
        kind: 'validation',
      },
    );
  }
}
