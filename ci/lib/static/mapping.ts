import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ADDON, type Outcome, root } from './gate';

/** The functions of the addon's mapping, and the schema of what each makes (below a list: `Flow.days`). */
const MADE: Record<string, string> = {
  me: 'Me',
  stage: 'Stage',
  tag: 'Tag',
  group: 'Groups.groups',
  flow_day: 'Flow.days',
  board: 'Board',
  board_detail: 'BoardDetail',
  card: 'Card',
  changes: 'Changes',
  checklist_item: 'ChecklistItem',
  activity: 'Activity',
};

interface Found {
  keys: string[];
  takesIn: string[];
  below: Record<string, string[]>;
}

interface Schema {
  properties?: Record<string, Schema>;
  required?: string[];
  items?: Schema;
  anyOf?: Schema[];
}

/** Compares the keys that `services/mapping.py` writes with those of the published schemas, without an Odoo. */
export function checkMapping(): Outcome {
  const reader = join(root, 'ci', 'lib', 'static', 'mapping_keys.py');
  const source = readFileSync(join(root, ADDON, 'services', 'mapping.py'), 'utf8');
  const { error, status, stdout, stderr } = spawnSync('python3', [reader], {
    input: source,
    encoding: 'utf8',
  });
  if (error) return { skipped: 'python3 is not there to read the mapping with' };
  if (status !== 0) return { faults: [`services/mapping.py cannot be read: ${stderr.trim()}`] };
  const found = JSON.parse(stdout) as Record<string, Found>;
  return { faults: Object.entries(MADE).flatMap(([name, schema]) => compare(name, schema, found)) };
}

function compare(name: string, schemaName: string, found: Record<string, Found>): string[] {
  const made = found[name];
  if (!made) return [`services/mapping.py has no function ${name} that makes a ${schemaName}`];
  const schema = schemaOf(schemaName);
  const keys = allKeys(name, found);
  const where = `services/mapping.py ${name}()`;
  return [
    ...differences(where, schemaName, keys, schema),
    ...Object.entries(made.below).flatMap(([key, names]) => {
      const inner = objectIn(schema.properties?.[key]);
      return inner ? differences(`${where} ${key}`, `${schemaName}.${key}`, names, inner, false) : [];
    }),
  ];
}

/** Keys of its own and of the functions whose dicts it takes in. */
function allKeys(name: string, found: Record<string, Found>): string[] {
  const { keys = [], takesIn = [] } = found[name] ?? {};
  return [...keys, ...takesIn.flatMap((inner) => (inner === name ? [] : allKeys(inner, found)))];
}

/** @param complete whether all required keys are written here, and none by a function elsewhere */
function differences(where: string, what: string, keys: string[], schema: Schema, complete = true): string[] {
  const known = Object.keys(schema.properties ?? {});
  const unknown = keys.filter((key) => !known.includes(key));
  const missing = complete ? (schema.required ?? []).filter((key) => !keys.includes(key)) : [];
  return [
    ...unknown.map((key) => `${where} writes "${key}", which ${what} does not know`),
    ...missing.map((key) => `${where} does not write "${key}", which ${what} requires`),
  ];
}

function schemaOf(name: string): Schema {
  const [file = '', key] = name.split('.');
  const schema = JSON.parse(readFileSync(join(root, 'schemas', `${file}.schema.json`), 'utf8')) as Schema;
  return key ? (objectIn(schema.properties?.[key]) ?? {}) : schema;
}

/** The object that a value is, or a list holds; undefined for one without named keys. */
function objectIn(schema: Schema | undefined): Schema | undefined {
  const candidates = schema ? [schema, ...(schema.anyOf ?? [])] : [];
  return candidates.flatMap((each) => [each, each.items ?? {}]).find(({ properties }) => properties);
}
