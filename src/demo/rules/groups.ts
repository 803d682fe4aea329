import { tagIdOf } from '../../contract/ids';
import { isClosed } from '../records/cardState';
import { byName } from './boardView';
import type { CardRecord } from '../records/data';
import { dayIn, plusDays } from '../../base/days';
import type { World } from '../records/world';

export type GroupBy = 'owner' | 'priority' | 'tag' | 'due';

interface Group {
  key: string;
  label: string;
  count: number;
}

const PRIORITIES: [string, string][] = [
  ['3', 'Urgent'],
  ['2', 'High'],
  ['1', 'Normal'],
  ['0', 'Low'],
];

const DUE: [string, string][] = [
  ['overdue', 'Overdue'],
  ['today', 'Today'],
  ['week', 'Next 7 days'],
  ['later', 'Later'],
  ['past', 'Past, closed'],
  ['none', 'No due date'],
];

/**
 * Counts cards by owner, priority, tag or due date; groups without cards are left out, and a card with two owners
 * counts for both. A key is what the filter of that name takes, where there is one; `none` is nobody or nothing.
 */
export function countGroups(
  world: World,
  cards: Iterable<CardRecord>,
  by: GroupBy,
  now: Date,
  tz: string,
): Group[] {
  const today = dayIn(tz, now.getTime());
  const week = plusDays(today, 7);
  const keysOf = {
    owner: (card: CardRecord) => orNone(card.owners.map(String)),
    tag: (card: CardRecord) => orNone(card.tags.map(tagIdOf)),
    priority: (card: CardRecord) => [card.priority],
    due: (card: CardRecord) => [dueKey(card, today, week)],
  }[by];
  const counts = new Map<string, number>();
  for (const card of cards) for (const key of keysOf(card)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return labels(world, by).flatMap(([key, label]) => {
    const count = counts.get(key);
    return count ? [{ key, label, count }] : [];
  });
}

const orNone = (keys: string[]): string[] => (keys.length > 0 ? keys : ['none']);

function dueKey(card: CardRecord, today: string, week: string): string {
  if (card.due === null) return 'none';
  if (card.due < today) return isClosed(card.state) ? 'past' : 'overdue';
  if (card.due === today) return 'today';
  return card.due <= week ? 'week' : 'later';
}

/** Every possible group in the order to show them in. */
function labels(world: World, by: GroupBy): [string, string][] {
  if (by === 'priority') return PRIORITIES;
  if (by === 'due') return DUE;
  if (by === 'tag')
    return [
      ...[...world.data.tags].sort(byName).map(({ id, name }): [string, string] => [tagIdOf(id), name]),
      ['none', 'No tag'],
    ];
  return [
    ...[...world.data.partners].sort(byName).map(({ id, name }): [string, string] => [String(id), name]),
    ['none', 'Nobody'],
  ];
}
