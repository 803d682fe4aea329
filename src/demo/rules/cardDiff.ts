import { STATE_LABELS } from '../records/cardState';
import type { CardRecord, ChangeRecord, EventRecord } from '../records/data';
import type { Priority } from '../../contract/values';
import type { World } from '../records/world';

/** What a person reads of a card, field by field under the contract's keys; `""` for none. */
export type Readable = Record<string, string>;

const PRIORITY_LABELS: Record<Priority, string> = { '0': 'Low', '1': 'Normal', '2': 'High', '3': 'Urgent' };
const EXCERPT = 200;

const excerpt = (text: string): string => (text.length > EXCERPT ? `${text.slice(0, EXCERPT)}…` : text);

/** Takes down what a card says now, to be compared after a write. */
export function readable(world: World, card: CardRecord): Readable {
  const people = (ids: number[]) => ids.map((id) => world.partners.get(id)?.name ?? '').join(', ');
  const dependencies = [
    ...world.blockersOf(card).map(({ title }) => `blocked by ${title}`),
    ...world.blockedBy(card).map(({ title }) => `blocks ${title}`),
  ];
  return {
    stage_id: world.stages.get(card.stage)?.name ?? '',
    owners: people(card.owners),
    title: card.title,
    priority: PRIORITY_LABELS[card.priority],
    due_date: card.due ?? '',
    state: STATE_LABELS[card.state],
    tags: card.tags.map((id) => world.tags.get(id)?.name ?? '').join(', '),
    parent_id: world.parentOf(card)?.title ?? '',
    dependencies: dependencies.join(', '),
    watchers: people(card.watchers),
    description_md: card.description ?? '',
    checklist: card.checklist.map(({ done, text }) => `${done ? '☑' : '☐'} ${text}`).join('\n'),
  };
}

/**
 * The event of one write, or null when a person would read the same before and after. Its first change is the one
 * that gives the type: a stage change before an assignment before all else.
 */
export function diffEvent(before: Readable, after: Readable): Pick<EventRecord, 'type' | 'changes'> | null {
  const changes: ChangeRecord[] = Object.keys(after)
    .filter((field) => before[field] !== after[field])
    .map((field) => ({
      field_name: field,
      old_value: excerpt(before[field] ?? ''),
      new_value: excerpt(after[field] ?? ''),
    }));
  const [first] = changes; // the keys of `Readable` stand in the order of their types
  if (!first) return null;
  const type =
    first.field_name === 'stage_id'
      ? 'stage_change'
      : first.field_name === 'owners'
        ? 'assignment'
        : 'field_update';
  return { type, changes };
}
