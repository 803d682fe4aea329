/** Texts that both views show. All texts live in three such files, ready to be translated. */
export const texts = {
  today: 'today',
  tomorrow: 'tomorrow',
  yesterday: 'yesterday',
  daysLate: (days: number) => `${days} days late`,
  inDays: (days: number) => `in ${days} days`,
  priorities: { '0': 'Low', '1': 'Normal', '2': 'High', '3': 'Urgent' },
  /** Odoo's task states; the one of an ordinary task in progress says nothing. */
  states: {
    '02_changes_requested': 'Changes requested',
    '03_approved': 'Approved',
    '1_done': 'Done',
    '1_canceled': 'Cancelled',
    '04_waiting_normal': 'Waiting',
  } as Record<string, string>,
  message: 'Message',
  dismiss: 'Dismiss',
  unassigned: 'Nobody',
};

/** The name of a task's state, or undefined for the ordinary one. */
export const stateName = (state: string | undefined): string | undefined =>
  state === undefined ? undefined : texts.states[state];
