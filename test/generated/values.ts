import fc from 'fast-check';
import { resolved, type Schema } from './operations';
import { reference } from './pool';

export const mostly = <T, U>(often: fc.Arbitrary<T>, seldom: fc.Arbitrary<U>): fc.Arbitrary<T | U> =>
  fc.oneof({ weight: 15, arbitrary: often }, { weight: 1, arbitrary: seldom });

/** What a person may write. */
const GOOD_TEXT = fc.oneof(
  fc.constantFrom('New', 'Another title', ' trimmed ', '☑', 'bug', 'Größe 漢字 🦊', '%', '_', '\\', 'a\nb'),
  fc.constantFrom('# Heading\n\n- one\n- **two**', '<script>alert(1)</script>', '[x](javascript:alert(1))'),
  fc.constantFrom('```\ncode', '| a |\n|---|\n| b |', '- [ ] open\n- [x] done', "'; DROP TABLE x; --"),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).map((text) => `${text}.`),
);
const STRANGE_TEXT = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom('', ' ', '\0', '\u{fffe}', '\ud800', 'x'.repeat(501), 'é'.repeat(3000), '\u202e', 'null'),
);
const TEXT = mostly(GOOD_TEXT, STRANGE_TEXT);

const DAY = mostly(
  fc.integer({ min: -500, max: 60 }).map(dayFromToday),
  fc.constantFrom('0001-01-01', '0000-01-01', '9999-12-31', '2026-02-30', '1000-01-01'),
);

function dayFromToday(days: number): string {
  return new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
}

/** Texts that mean something to the server, by the name of their key or parameter. */
const NAMED: Record<string, fc.Arbitrary<unknown>> = {
  mentions: reference('email'),
  owner: fc.oneof(reference('partner'), reference('email'), fc.constantFrom('none', 'me')),
  username: fc.oneof(reference('username'), reference('email')),
  password: reference('password'),
  since: reference('cursor'),
  partner_id: reference('partner'),
  owners: reference('partner'),
  watchers: reference('partner'),
  from: fc.integer({ min: -390, max: -2 }).map(dayFromToday),
  to: fc.integer({ min: -1, max: 0 }).map(dayFromToday),
};

/** Patterns are told by how they begin: one that is new here is to be given its values. */
const PATTERNS: [begin: string, values: fc.Arbitrary<unknown>][] = [
  ['^project:', reference('project')],
  ['^stage:', reference('stage')],
  ['^task:', reference('task')],
  ['^tag:', reference('tag')],
  ['^[0-9]{4}-', DAY],
  ['^#', fc.integer({ min: 0, max: 0xffffff }).map((rgb) => `#${rgb.toString(16).padStart(6, '0')}`)],
  ['^[\\s\\S]{1,64}', fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 })],
];

/**
 * Values that fit a schema, most of which name what is there.
 * @param key under which it stands: it says what a bare text or number is about
 * @throws Error for a pattern that is not known here
 */
export function valid(given: Schema, key = ''): fc.Arbitrary<unknown> {
  const schema = resolved(given);
  const named = NAMED[key];
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (schema.anyOf) return fc.oneof(...schema.anyOf.map((each) => rarelyNull(each, key)));
  if (Array.isArray(schema.type))
    return fc.oneof(...schema.type.map((type) => rarelyNull({ ...schema, type }, key)));
  switch (schema.type) {
    case 'object':
      return object(schema);
    case 'array':
      return fc.array(valid(schema.items ?? {}, key), { maxLength: 3 });
    case 'string':
      if (schema.pattern) return named ?? ofPattern(schema.pattern);
      return named ? mostly(named, TEXT) : TEXT;
    case 'integer': {
      const { minimum: min = 0, maximum: max = 0 } = schema;
      const small = fc.integer({ min, max: Math.min(max, 50) });
      return named ? mostly(named, small) : mostly(small, fc.constantFrom(min, max));
    }
    case 'boolean':
      return fc.boolean();
    default:
      return fc.constant(null);
  }
}

const rarelyNull = (schema: Schema, key: string) => ({
  weight: schema.type === 'null' ? 1 : 5,
  arbitrary: valid(schema, key),
});

/** With all that is required and a few of the others: each more is one more that may be refused. */
function object({ properties = {}, required = [] }: Schema): fc.Arbitrary<unknown> {
  const optional = Object.keys(properties).filter((key) => !required.includes(key));
  return fc.subarray(optional, { maxLength: Math.min(3, optional.length) }).chain((chosen) => {
    const keys = [...required, ...chosen];
    return fc.record(Object.fromEntries(keys.map((key) => [key, valid(properties[key] ?? {}, key)])));
  });
}

function ofPattern(pattern: string): fc.Arbitrary<unknown> {
  const known = PATTERNS.find(([begin]) => pattern.startsWith(begin));
  if (!known) throw new Error(`No values are known for the pattern ${pattern}: give PATTERNS some.`);
  return known[1];
}

/** Any JSON at all, with keys and ids that the server knows among it. */
export const JSON_VALUE: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    GOOD_TEXT,
    STRANGE_TEXT,
    reference('task'),
    fc.constantFrom(null, true, false, 0, 1, -1, 1.5, 3.0, 1e300, -0, 2147483648, 2 ** 53 + 2),
    fc.constantFrom(
      'task:0',
      'task:01',
      'task:2147483648',
      'stage:-1',
      'tag:1.5',
      'project:1 ',
      '2026-13-01',
    ),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        'after',
        'type',
        'task_id',
        'id',
        'text',
        'done',
        'order',
        '__proto__',
        'constructor',
        '',
      ),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;
