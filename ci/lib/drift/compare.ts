import { type EndpointName, ENDPOINTS } from '../../../src/contract/endpoints';
import { answerName } from '../../../test/conformance/answers';
import type { Seen } from './fields';

export interface Drift {
  schema: string;
  field: string;
  /** `gone`: in every fixture, not in every answer; `new`: in no fixture; `other kind`: no fixture has such a value. */
  what: 'gone' | 'new' | 'other kind';
  detail: string;
}

/** The fields in which live answers and fixtures differ. */
export function compare(fixtures: Map<string, Seen>, live: Map<string, Seen>): Drift[] {
  return [...live].flatMap(([schema, seen]) => {
    const known = fixtures.get(schema);
    return known ? compareSchema(schema, known, seen) : [];
  });
}

/** Answers of the endpoint table of which the live server gave none. */
export function unseen(fixtures: Map<string, Seen>, live: Map<string, Seen>): string[] {
  const answers = (Object.keys(ENDPOINTS) as EndpointName[]).map(answerName);
  return [...new Set(answers)].filter(
    (schema) => schema !== null && fixtures.has(schema) && !live.has(schema),
  ) as string[];
}

function compareSchema(schema: string, known: Seen, seen: Seen): Drift[] {
  const drifts: Drift[] = [];
  for (const [field, { count }] of known.fields) {
    if (field.includes('.') || field.includes('[') || count < known.documents) continue;
    const there = seen.fields.get(field)?.count ?? 0;
    if (there === seen.documents) continue;
    const detail = `every fixture has it, ${there} of ${seen.documents} answers do`;
    drifts.push({ schema, field, what: 'gone', detail });
  }
  for (const [field, { kinds, count }] of seen.fields) {
    const expected = known.fields.get(field)?.kinds;
    if (!expected) {
      if (isBelowEmpty(field, known)) continue;
      drifts.push({
        schema,
        field,
        what: 'new',
        detail: `no fixture has it, ${count} of ${seen.documents} answers do`,
      });
      continue;
    }
    const other = [...kinds].filter((kind) => !expected.has(kind) && !isTextLike(kind, expected));
    if (other.length === 0) continue;
    const detail = `the fixtures have ${[...expected].join(', ')}; the answers also ${other.join(', ')}`;
    drifts.push({ schema, field, what: 'other kind', detail });
  }
  return drifts;
}

/** Where a free text stands, one that happens to look like a day is a text, too. */
const isTextLike = (kind: string, expected: Set<string>) =>
  expected.has('text') && !['null', 'list', 'integer', 'number', 'boolean', 'object'].includes(kind);

/** Below a field that is reported itself. */
const isBelowEmpty = (field: string, known: Seen) => {
  const parent = field.replace(/(\[\]|\.[^.[]+)$/, '');
  return parent !== field && !known.fields.has(parent);
};
