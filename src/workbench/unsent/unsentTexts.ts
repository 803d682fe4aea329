import type { FieldName } from '../../board/snapshot/fields';
import type { Operation } from '../../board/mutations/mutation';
import type { OutboxRecord } from '../../board/mutations/record';
import { t } from '../../l10n/l10n';

// How a change that has not reached the server is told to a person.

const FIELDS: Partial<Record<FieldName, string>> = {
  title: t('title'),
  stage_id: t('stage'),
  priority: t('priority'),
  description_md: t('description'),
  due_date: t('due date'),
  owners: t('assignees'),
  tags: t('tags'),
  checklist: t('checklist'),
};

export const fieldName = (name: FieldName): string => FIELDS[name] ?? name;

/** What was to be done with a card: `Comment "Reproduced on…"`. */
export function describeOperation(operation: Operation): string {
  switch (operation.kind) {
    case 'move':
      return t('Move');
    case 'edit':
      return t(
        'Change {0}',
        Object.keys(operation.changes)
          .map((name) => fieldName(name as FieldName))
          .join(', '),
      );
    case 'create':
      return t('New card');
    case 'comment':
      return t('Comment “{0}”', shortened(operation.body_md));
    case 'archive':
      return t('Archive');
    case 'restore':
      return t('Bring back');
  }
}

const STATES: Record<OutboxRecord['state']['name'], string> = {
  queued: t('waiting'),
  parked: t('refused'),
  conflict: t('changed by somebody else too'),
  ambiguous: t('not known whether it was done'),
};

export const stateOf = ({ state }: OutboxRecord): string => STATES[state.name];

/** All of it, to be read in full. */
export function detailOf(record: OutboxRecord): string {
  const { operation, state, created, title } = record;
  const lines = [t('{0}: {1}', describeOperation(operation), title), new Date(created).toLocaleString()];
  if (operation.kind === 'comment') lines.push('', operation.body_md);
  if (operation.kind === 'edit')
    for (const [name, value] of Object.entries(operation.changes))
      lines.push('', t('{0}: {1}', fieldName(name as FieldName), valueText(value)));
  if (state.name !== 'queued') lines.push('', state.problem.message);
  return lines.join('\n');
}

/** A field's value as text; lists one item a line. */
export function valueText(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.map((item) => valueText(item)).join('\n');
  if (typeof value === 'object') {
    const { text, done } = value as { text?: string; done?: boolean };
    return text === undefined ? JSON.stringify(value) : `${done ? '[x]' : '[ ]'} ${text}`;
  }
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function shortened(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > 40 ? `${line.slice(0, 39)}…` : line;
}
