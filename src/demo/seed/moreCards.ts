import type { Random } from './random';
import type { BoardSpec, CardSpec } from './texts/spec';
import type { PersonKey } from './texts/people';

const WORK = [
  'Cache',
  'Speed up',
  'Rewrite',
  'Test',
  'Document',
  'Translate',
  'Fix flicker in',
  'Fix a crash in',
  'Add a filter to',
  'Remove the old',
  'Log slow calls of',
  'Show errors of',
];
const THINGS = [
  'the invoice list',
  'the sign-in page',
  'the export job',
  'the search index',
  'the settings dialog',
  'the report builder',
  'the audit log',
  'the attachment viewer',
  'the calendar sync',
  'the billing webhook',
  'the permission matrix',
  'the image proxy',
  'the onboarding tour',
  'the price calculator',
];
const DETAILS = [
  'on slow connections',
  'for large tenants',
  'after the upgrade',
  'in dark mode',
  'on Safari',
  'for guests',
];
const PEOPLE: PersonKey[] = ['dev', 'mara', 'jonas', 'priya', 'tomas', 'aiko', 'lena', 'sam'];

/** The board's own cards, cut down or filled up with generated ones until it shows `count`. */
export function moreCards(board: BoardSpec, count: number, random: Random): CardSpec[] {
  const shown = board.cards.filter(({ parent }) => !parent).slice(0, count);
  const keys = new Set(shown.map(({ key }) => key));
  const subtasks = board.cards.filter(({ parent }) => parent && keys.has(parent));
  const generated = Array.from({ length: count - shown.length }, (_, i) => generate(board, i, random));
  return [...shown, ...generated, ...subtasks];
}

function generate({ stages, tags }: BoardSpec, index: number, random: Random): CardSpec {
  const stage = random.pick(stages);
  const age = random.between(3, 170);
  const owners = stage === stages[0] ? [] : [random.pick(PEOPLE)];
  const details = random.next() < 0.5 ? ` ${random.pick(DETAILS)}` : '';
  return {
    title: `${random.pick(WORK)} ${random.pick(THINGS)}${details} (#${index + 1})`,
    stage: stage.key,
    age,
    here: random.between(0, age),
    priority: random.pick(['0', '1', '1', '1', '1', '2', '2', '3']),
    tags: random.next() < 0.6 ? [random.pick(tags)] : [],
    owners,
    ...(random.next() < 0.3 && { due: random.between(-20, 45) }),
    ...(random.next() < 0.3 && { description: 'Seen by **two customers** this week; see the linked log.' }),
    ...(random.next() < 0.2 && { checklist: ['x Reproduce', 'Fix', 'Add a test'] }),
  };
}
