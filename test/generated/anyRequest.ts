import fc from 'fast-check';
import { OPERATIONS, type Operation, type Parameter, resolved } from './operations';
import type { Pool } from './pool';
import { JSON_VALUE, mostly, valid } from './values';

export const ROLES = ['manager', 'contributor', 'viewer', 'stranger', 'nobody'] as const;
export type Role = (typeof ROLES)[number];

/** A request before it is known what is there to be named in it. */
export interface Sketch {
  operation: Operation;
  /** Mostly the operation's own. */
  method: string;
  role: Role;
  params: Record<string, string>;
  query: [name: string, value: string][];
  body: string | null;
  contentType: string | null;
  headers: Record<string, string>;
}

/** A request as it goes out; `path` with its query, encoded. */
export interface Filled {
  path: string;
  body: string | null;
}

export function fill(sketch: Sketch, pool: Pool): Filled {
  const params = Object.entries(sketch.params).map(([key, text]) => [key, pool.fill(text)] as const);
  const named = /"board_id":("⟦project:\d+⟧")/.exec(sketch.body ?? '')?.[1];
  const ids = [...params.map(([, id]) => id), ...(named ? [JSON.parse(pool.fill(named)) as string] : [])];
  const board = ids.map((id) => pool.boardBehind(id)).find((id) => id !== undefined);
  const path = params.reduce(
    (all, [key, id]) => all.replace(`{${key}}`, encodeURIComponent(id)),
    sketch.operation.path,
  );
  const query = new URLSearchParams(sketch.query.map(([key, text]) => [key, pool.fill(text, board)]));
  return {
    path: query.size > 0 ? `${path}?${query.toString()}` : path,
    body: sketch.body && pool.fill(sketch.body, board),
  };
}

/** Rarer than the others: they take away what the others work on, or cost a second each. */
const WEIGHTS: Record<string, number> = {
  archiveCard: 3,
  deleteStage: 3,
  removeMember: 4,
  createBoard: 4,
  createToken: 1,
  revokeToken: 2,
  updateCard: 30,
  createCard: 20,
};

/** Requests of every operation: valid ones, ones with one fault, and ones that mean no good. */
export const anyRequest = (): fc.Arbitrary<Sketch> =>
  fc.oneof(...OPERATIONS.map((operation) => weighted(operation))).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      method: fc.oneof(
        { weight: 60, arbitrary: fc.constant(operation.method) },
        { weight: 1, arbitrary: fc.constantFrom('GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS') },
      ),
      role: roleFor(operation),
      params: paramsFor(operation),
      query: queryFor(operation),
      body: bodyFor(operation),
      contentType: fc.oneof(
        { weight: 30, arbitrary: fc.constant('application/json') },
        {
          weight: 1,
          arbitrary: fc.constantFrom(
            null,
            'application/json; charset=utf-8',
            'application/json; charset=latin1',
            'text/plain',
            'multipart/form-data; boundary=x',
          ),
        },
      ),
      headers: headersFor(operation),
    }),
  );

const weighted = (operation: Operation) => ({
  weight: WEIGHTS[operation.name] ?? 10,
  arbitrary: fc.constant(operation),
});

function roleFor({ name }: Operation): fc.Arbitrary<Role> {
  // A token that is revoked is missed by all later requests.
  if (name === 'revokeToken') return fc.constantFrom('stranger', 'nobody');
  return fc.oneof(
    { weight: 14, arbitrary: fc.constant('manager' as const) },
    { weight: 6, arbitrary: fc.constantFrom('contributor' as const, 'viewer' as const) },
    { weight: 1, arbitrary: fc.constantFrom('stranger' as const, 'nobody' as const) },
  );
}

const SPOILT_ID = fc.oneof(
  fc.constantFrom('7', 'task:0', 'task:01', 'TASK:1', 'project:-1', 'stage:1.5', 'task:2147483648', 'tag:1 '),
  fc.constantFrom(
    'task:1\n',
    'null',
    '1',
    '0',
    '%',
    '\0',
    '١',
    '⁠',
    "1' OR '1'='1",
    '{card_id}',
    'x'.repeat(900),
  ),
  // A path would end there, or begin anew.
  fc.string({ unit: 'binary', minLength: 1, maxLength: 8 }).map((text) => `x${text.replaceAll('/', '')}`),
);

function paramsFor({ parameters }: Operation): fc.Arbitrary<Record<string, string>> {
  const inPath = parameters.filter((parameter) => parameter.in === 'path');
  return fc.record(
    Object.fromEntries(
      inPath.map(({ name, schema }) => [name, mostly(valid(schema, name).map(String), SPOILT_ID)]),
    ),
  );
}

const PARAMETER_NAMES = [
  ...new Set(OPERATIONS.flatMap(({ parameters }) => parameters.map(({ name }) => name))),
  'nonsense',
  '__proto__',
  '',
];

function queryFor({ parameters }: Operation): fc.Arbitrary<[string, string][]> {
  const known = parameters.filter((parameter) => parameter.in === 'query');
  const required = known.filter((parameter) => parameter.required).map(pair);
  const wild = fc.tuple(fc.constantFrom(...PARAMETER_NAMES), fc.oneof(SPOILT_ID, JSON_VALUE.map(asText)));
  const spoilt = fc.oneof(
    { weight: 8, arbitrary: fc.constant<[string, string][]>([]) },
    { weight: 1, arbitrary: fc.array(wild, { minLength: 1, maxLength: 2 }) },
  );
  return fc
    .tuple(
      fc.oneof({ weight: 12, arbitrary: fc.tuple(...required) }, { weight: 1, arbitrary: fc.constant([]) }),
      known.length > 0 ? fc.array(fc.oneof(...known.map(pair)), { maxLength: 3 }) : fc.constant([]),
      spoilt,
    )
    .map((parts) => once(parts.flat()));
}

const pair = ({ name, schema }: Parameter): fc.Arbitrary<[string, string]> =>
  valid(schema.items ?? schema, name).map((value) => [name, asText(value)]);

/** Most pairs whose name was there before are left out: few parameters may stand twice. */
const once = (pairs: [string, string][]): [string, string][] =>
  pairs.filter(
    ([name, text], index) => text.length % 5 === 0 || pairs.findIndex(([other]) => other === name) === index,
  );

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const BAD_BODIES = fc.oneof(
  fc.constantFrom(
    '',
    '{',
    '[]',
    'null',
    '"text"',
    '{"a":1,}',
    '{"title":"a","title":"b"}',
    '\u{feff}{}',
    '{"a":NaN}',
  ),
  fc.constantFrom(
    `${'['.repeat(5000)}`,
    `{"title":${'{"a":'.repeat(400)}1${'}'.repeat(400)}}`,
    '{"order":1e999}',
  ),
  JSON_VALUE.map((value) => JSON.stringify(value)),
);

function bodyFor({ body: schema }: Operation): fc.Arbitrary<string | null> {
  if (!schema) return mostly(fc.constant(null), fc.constantFrom('{}', 'x'));
  const good = valid(schema) as fc.Arbitrary<Record<string, unknown>>;
  const keys = Object.keys(resolved(schema).properties ?? {});
  return fc.oneof(
    { weight: 6, arbitrary: good.map((value) => JSON.stringify(value)) },
    { weight: 3, arbitrary: withOneFault(good, keys).map((value) => JSON.stringify(value)) },
    { weight: 1, arbitrary: BAD_BODIES },
  );
}

/** A good body with one key of another value, one more or one less. */
function withOneFault(
  good: fc.Arbitrary<Record<string, unknown>>,
  keys: string[],
): fc.Arbitrary<Record<string, unknown>> {
  const key = fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...keys) },
    {
      weight: 1,
      arbitrary: fc.constantFrom('nonsense', 'card_id', 'create_uid', 'user_ids', '__proto__', ''),
    },
  );
  return fc.tuple(good, key, fc.option(JSON_VALUE, { freq: 6 })).map(([value, name, other]) => {
    const rest = Object.entries(value).filter(([each]) => each !== name);
    return Object.fromEntries(other === null ? rest : [...rest, [name, other]]);
  });
}

const UUIDS = ['0f8fad5b-d9cb-469f-a165-70867728950e', '"7c9e6679-7425-40de-944b-e07fc1f90ae7"'];
const PRINTABLE = fc.string({
  unit: fc.integer({ min: 0x21, max: 0x7e }).map((code) => String.fromCharCode(code)),
});
const KEY = fc.oneof(fc.uuid(), fc.constantFrom(...UUIDS), fc.constantFrom('7', 'x'.repeat(300), '{}'));
const TAGS = fc.oneof(
  fc.constantFrom('*', '"0123456789abcdef"', '"a", "b"', 'W/"a"', 'a', '"', ''),
  PRINTABLE.map((text) => `"${text.replaceAll('"', '')}"`),
);

function headersFor({ method }: Operation): fc.Arbitrary<Record<string, string>> {
  const some = (name: string, values: fc.Arbitrary<string>) =>
    fc.oneof(
      { weight: 5, arbitrary: fc.constant({}) },
      { weight: 1, arbitrary: values.map((value) => ({ [name]: value })) },
    );
  const about =
    method === 'GET' ? [some('If-None-Match', TAGS)] : [some('Idempotency-Key', KEY), some('If-Match', TAGS)];
  return fc.tuple(...about).map((parts) => Object.assign({}, ...parts) as Record<string, string>);
}
