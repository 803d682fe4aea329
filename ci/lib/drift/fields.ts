/** What was seen of one entity: for each field the kinds of its values, and in how many documents it stood. */
export interface Seen {
  documents: number;
  fields: Map<string, { kinds: Set<string>; count: number }>;
}

/**
 * Entities inside others, by the key that holds them. They are looked at on their own, so that a card is the same
 * thing wherever it stands.
 */
const INSIDE: Record<string, Record<string, string>> = {
  Board: { owner: 'Partner', members: 'BoardMember', stages: 'Stage', tags: 'Tag' },
  Card: {
    owners: 'Partner',
    watchers: 'Partner',
    checklist: 'ChecklistItem',
    dependencies: 'Dependency',
  },
  Activity: { author: 'Partner' },
  Me: { partner: 'Partner' },
  BoardPage: { boards: 'Board' },
  BoardAnswer: { board: 'Board' },
  CardPage: { cards: 'Card' },
  CardAnswer: { card: 'Card' },
  ActivityPage: { activities: 'Activity' },
  ActivityAnswer: { activity: 'Activity' },
  StageAnswer: { stage: 'Stage' },
  TagAnswer: { tag: 'Tag' },
  TagList: { tags: 'Tag' },
  PeopleList: { people: 'Partner' },
  Changes: { cards: 'Card' },
  Snapshot: { board: 'BoardDetail', cards: 'Card' },
};
INSIDE['BoardDetail'] = INSIDE['Board'] ?? {};

/** Notes a document of a schema, and the entities inside it. */
export function note(all: Map<string, Seen>, schema: string, document: unknown): void {
  const seen = all.get(schema) ?? { documents: 0, fields: new Map() };
  all.set(schema, seen);
  seen.documents++;
  const inside = INSIDE[schema] ?? {};
  const own = new Map<string, Set<string>>();
  for (const [key, value] of Object.entries(document as Record<string, unknown>)) {
    const entity = inside[key];
    collect(own, key, value, entity !== undefined);
    if (entity) for (const each of [value].flat()) if (isObject(each)) note(all, entity, each);
  }
  for (const [path, kinds] of own) {
    const field = seen.fields.get(path) ?? { kinds: new Set(), count: 0 };
    seen.fields.set(path, field);
    field.count++;
    for (const kind of kinds) field.kinds.add(kind);
  }
}

/** The kinds of a value and of everything below it, by path. @param shallow an entity: only that it is one */
function collect(into: Map<string, Set<string>>, path: string, value: unknown, shallow: boolean): void {
  const kinds = into.get(path) ?? new Set();
  into.set(path, kinds.add(kindOf(value)));
  if (shallow) return;
  if (Array.isArray(value)) for (const each of value) collect(into, `${path}[]`, each, false);
  else if (isObject(value))
    for (const [key, inner] of Object.entries(value)) collect(into, `${path}.${nameOf(key)}`, inner, false);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Keys that are data, not names: ids, and states of Odoo. */
const nameOf = (key: string) =>
  /^[a-z]+:\d+$/.test(key) ? `{${key.split(':')[0]}}` : /^\d\d?_/.test(key) ? '{state}' : key;

const FORMS: [kind: string, form: RegExp][] = [
  ['moment in UTC', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/],
  ['moment with an offset', /^\d{4}-\d\d-\d\dT.*[+-]\d\d:\d\d$/],
  ['day', /^\d{4}-\d\d-\d\d$/],
  ['colour', /^#[0-9a-fA-F]{6}$/],
];

/** The type of a value as the wire shows it; for texts also their form, where they have one. */
function kindOf(value: unknown): string {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (typeof value !== 'string') return typeof value;
  const id = /^(project|stage|task|tag|msg):\d+$/.exec(value)?.[1];
  if (id) return `id of a ${id}`;
  return FORMS.find(([, form]) => form.test(value))?.[0] ?? 'text';
}
