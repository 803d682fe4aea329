import type { UndoResult } from '../board/boardState';

const WHAT = {
  move: 'Move',
  edit: 'Change',
  create: 'New card',
  comment: 'Comment',
  archive: 'Archiving',
  restore: 'Bringing back',
} as const;

/** What an undo or redo did, or why it did nothing. */
export function undoSentence(which: 'undo' | 'redo', result: UndoResult): string {
  if (result.done) {
    const many = result.cards > 1 ? ` of ${result.cards} cards` : '';
    const mail = result.mailed
      ? ' The e-mail that Odoo sent when the card entered its stage stays sent.'
      : '';
    return `${WHAT[result.label]}${many} ${which === 'undo' ? 'undone' : 'redone'}.${mail}`;
  }
  const what = result.label ? WHAT[result.label] : 'That';
  switch (result.why) {
    case 'nothing':
      return `Nothing to ${which}.`;
    case 'impossible':
      return `${what} can't be undone: it was sent and others may have read it.`;
    case 'changed':
      return `${what} was not undone: somebody else changed the card since then.`;
  }
}
