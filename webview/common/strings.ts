import { t } from './l10n';

/** Texts that both views show. All texts live in three such files. */
export const texts = {
  priorities: { '0': t('Low'), '1': t('Normal'), '2': t('High'), '3': t('Urgent') },
  /** Odoo's task states; the one of an ordinary task in progress says nothing. */
  states: {
    '02_changes_requested': t('Changes requested'),
    '03_approved': t('Approved'),
    '1_done': t('Done'),
    '1_canceled': t('Cancelled'),
    '04_waiting_normal': t('Waiting'),
  } as Record<string, string>,
  unshown: t('This can’t be shown.'),
  message: t('Message'),
  dismiss: t('Dismiss'),
  unassigned: t('Nobody'),
};

/** The name of a task's state, or undefined for the ordinary one. */
export const stateName = (state: string | undefined): string | undefined =>
  state === undefined ? undefined : texts.states[state];
