import type { UndoResult } from '../../board/sync/boardState';
import type { MutationLabel } from '../../board/mutations/mutation';
import { plural, t } from '../../l10n/l10n';

/** What a change is called where it is taken back or done again. Whole sentences: other languages bend the words. */
interface DoneTexts {
  undone: string;
  redone: string;
}

const DONE: Record<MutationLabel, DoneTexts> = {
  move: { undone: t('Move undone.'), redone: t('Move redone.') },
  edit: { undone: t('Change undone.'), redone: t('Change redone.') },
  create: { undone: t('New card undone.'), redone: t('New card redone.') },
  comment: { undone: t('Comment undone.'), redone: t('Comment redone.') },
  archive: { undone: t('Archiving undone.'), redone: t('Archiving redone.') },
  restore: { undone: t('Bringing back undone.'), redone: t('Bringing back redone.') },
};

/** What an undo or redo did, or why it did nothing. */
export function undoSentence(which: 'undo' | 'redo', result: UndoResult): string {
  if (result.done) {
    const done = DONE[result.label][which === 'undo' ? 'undone' : 'redone'];
    const many = result.cards > 1 ? plural(result.cards, '{0} card.', '{0} cards.') : '';
    const mail = result.mailed
      ? t('The e-mail that Odoo sent when the card entered its stage stays sent.')
      : '';
    return [done, many, mail].filter(Boolean).join(' ');
  }
  switch (result.why) {
    case 'nothing':
      return which === 'undo' ? t('Nothing to undo.') : t('Nothing to redo.');
    case 'impossible':
      return result.label === 'comment'
        ? t("Comment can't be undone: it was sent and others may have read it.")
        : t("This can't be undone any more.");
    case 'changed':
      return t('This was not undone: somebody else changed the card since then.');
    case 'stageGone':
      return which === 'undo'
        ? t('This was not undone: its stage is no longer on the board.')
        : t('This was not redone: its stage is no longer on the board.');
  }
}
