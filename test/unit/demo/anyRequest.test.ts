import assert from 'node:assert/strict';
import fc from 'fast-check';
import * as z from 'zod/mini';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import type { Endpoint } from '../../../src/contract/endpoint';
import { ERROR_STATUS, ErrorBody, type ErrorCode } from '../../../src/contract/errors';
import { startDemo } from './api';

const ID = fc
  .oneof(
    {
      weight: 4,
      arbitrary: fc.tuple(
        fc.constantFrom('project', 'stage', 'task', 'tag', 'msg'),
        fc.integer({ min: 0, max: 60 }),
      ),
    },
    {
      weight: 1,
      arbitrary: fc.tuple(fc.constantFrom('task', 'x'), fc.constantFrom(2147483647, 2147483648, -1, 1.5)),
    },
  )
  .map(([kind, number]) => `${kind}:${number}`);

const TEXT = fc.oneof(
  ID,
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.constantFrom(
    '',
    ' ',
    '0',
    '3',
    'true',
    'none',
    'me',
    'overdue',
    'manager',
    'private',
    '1_done',
    '\0',
    '%',
    '2026-02-30',
  ),
  fc.constantFrom(
    '2026-03-01',
    '#aabbcc',
    'dev@example.com',
    'viewer@example.com',
    'x'.repeat(501),
    '-due',
    'summary',
    '9'.repeat(30),
  ),
);

const JSON_VALUE = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    TEXT,
    fc.constantFrom(null, true, false, 0, 1, 11, 15, -1, 1.5, 1e300),
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom('after', 'type', 'task_id', 'id', 'text', 'done', 'order', '__proto__'),
      tie('value'),
      { maxKeys: 4 },
    ),
  ),
})).value;

const KEYS = [
  ...new Set(
    Object.values(ENDPOINTS as Record<string, Endpoint>).flatMap((row) => [
      ...Object.keys(shapeOf(row)),
      ...Object.keys(row.query),
    ]),
  ),
  'nonsense',
  '__proto__',
  'constructor',
];

const wire = (kind: string, most: number) =>
  fc.integer({ min: 1, max: most }).map((number) => `${kind}:${number}`);
const people = fc.array(fc.integer({ min: 11, max: 20 }), { maxLength: 3 });
const NAME = fc.constantFrom('New', ' Another ', '☑', 'bug');

/** What the server would like to see under a key, most of the time. */
const GOOD: Record<string, fc.Arbitrary<unknown>> = {
  board_id: fc.constantFrom('project:1', 'project:2'),
  stage_id: wire('stage', 11),
  title: NAME,
  name: NAME,
  description_md: fc.constantFrom('# Text', null),
  description: fc.constantFrom('Text', null),
  priority: fc.constantFrom('0', '1', '2', '3'),
  due_date: fc.constantFrom('2026-03-01', null),
  owners: people,
  watchers: people,
  tags: fc.array(wire('tag', 10), { maxLength: 3 }),
  parent_id: fc.oneof(wire('task', 60), fc.constant(null)),
  position: fc.oneof(wire('task', 60), fc.constant(null)).map((after) => ({ after })),
  checklist: fc.array(fc.record({ id: NAME, text: NAME, done: fc.boolean() }), { maxLength: 2 }),
  dependencies: fc.array(
    fc.record({ type: fc.constantFrom('blocks', 'blocked_by'), task_id: wire('task', 60) }),
    { maxLength: 2 },
  ),
  state: fc.constantFrom('01_in_progress', '03_approved', '1_done'),
  active: fc.constant(true),
  body_md: NAME,
  mentions: fc.array(fc.constantFrom('mara@example.com', 'VIEWER@example.com'), { maxLength: 2 }),
  visibility: fc.constantFrom('private', 'team', 'public'),
  partner_id: fc.integer({ min: 11, max: 20 }),
  role: fc.constantFrom('manager', 'contributor', 'viewer', 'admin'),
  color: fc.constantFrom('#aabbcc', null),
  order: fc.integer({ min: -5, max: 99 }),
  wip_limit: fc.constantFrom(1, 5, null),
  fold: fc.boolean(),
  username: fc.constant('dev@example.com'),
  password: fc.constant('demo'),
};

function shapeOf({ body }: Endpoint): Record<string, z.ZodMiniType> {
  return (body as unknown as { shape?: Record<string, z.ZodMiniType> } | null)?.shape ?? {};
}

/** A body that is good in most of its keys. */
function bodyFor(row: Endpoint): fc.Arbitrary<unknown> {
  const shape = shapeOf(row);
  const requiredKeys = Object.keys(shape).filter((key) => !z.safeParse(shape[key]!, undefined).success);
  const value = (key: string) =>
    fc.oneof({ weight: 15, arbitrary: GOOD[key] ?? JSON_VALUE }, { weight: 1, arbitrary: JSON_VALUE });
  const model = Object.fromEntries(Object.keys(shape).map((key) => [key, value(key)]));
  return fc.oneof(
    { weight: 8, arbitrary: fc.record(model, { requiredKeys }) },
    { weight: 1, arbitrary: fc.dictionary(fc.constantFrom(...KEYS), JSON_VALUE, { maxKeys: 5 }) },
    { weight: 1, arbitrary: JSON_VALUE },
  );
}

const GOOD_QUERY: Record<string, string[]> = {
  page: ['0', '3'],
  limit: ['1', '50'],
  by: ['owner', 'priority', 'tag', 'due'],
  from: ['2026-03-01'],
  to: ['2026-03-10'],
  stage: ['stage:1', 'stage:99'],
  tag: ['tag:1'],
  owner: ['me', 'none', '11', 'MARA@example.com'],
  due: ['none', 'overdue'],
  closed: ['true', 'false'],
  order: ['title', '-due', 'position'],
  view: ['summary'],
  q: ['safari', '%'],
};

/** Parameters that the endpoint takes, most of the time; those that it needs among them. */
function queryFor({ query }: Endpoint): fc.Arbitrary<[string, string][]> {
  const good = Object.keys(query).filter((key) => GOOD_QUERY[key]);
  const needed = good.filter((key) => ['by', 'from', 'to'].includes(key));
  const parameter = (key: string) =>
    fc.tuple(fc.constant(key), fc.constantFrom(...(GOOD_QUERY[key] ?? [''])));
  const wild = fc.tuple(fc.constantFrom(...KEYS), TEXT);
  return fc
    .tuple(
      fc.tuple(...needed.map(parameter)),
      fc.array(good.length > 0 ? fc.constantFrom(...good).chain(parameter) : wild, { maxLength: 2 }),
      fc.oneof(
        { weight: 2, arbitrary: fc.constant([]) },
        { weight: 1, arbitrary: fc.array(wild, { maxLength: 3 }) },
      ),
    )
    .map((parts) => parts.flat());
}

const request = fc.constantFrom(...(Object.keys(ENDPOINTS) as EndpointName[])).chain((name) =>
  fc.record({
    name: fc.constant(name),
    ids: fc.array(ID, { minLength: 2, maxLength: 2 }),
    good: fc.boolean(),
    query: queryFor(ENDPOINTS[name]),
    body: bodyFor(ENDPOINTS[name]),
  }),
);

/** The path with the ids put in: of the right kind when they are to be good. */
function pathOf({ path }: Endpoint, ids: string[], good: boolean): string {
  let i = 0;
  return path.replace(/\{([a-z]+)_id\}/g, (_, kind: string) => {
    const id = ids[i++] ?? '';
    const number = Number(id.slice(id.indexOf(':') + 1));
    if (!good) return encodeURIComponent(id);
    if (kind === 'partner') return String(11 + (number % 10));
    return kind === 'board'
      ? `project:${1 + (number % 2)}`
      : kind === 'card'
        ? `task:${number}`
        : `stage:${number}`;
  });
}

describe('demo: any request', () => {
  it('is answered in the form of the contract, and breaks nothing', async () => {
    const api = startDemo();
    const done = new Set<EndpointName>(['revokeToken']);
    await fc.assert(
      fc.asyncProperty(request, async ({ name, ids, good, query, body }) => {
        const row: Endpoint = ENDPOINTS[name];
        if (name === 'revokeToken') return;
        const path = pathOf(row, ids, good);
        const search = new URLSearchParams(query.filter(() => row.method === 'GET')).toString();
        const given = await api.send(
          row.method,
          `${path}?${search}`,
          row.body ? (body as object) : undefined,
        );
        const what = `${row.method} ${path}?${search} ${JSON.stringify(body)} → ${given.status} ${JSON.stringify(given.body)}`;
        assert.equal(given.headers.get('x-contract-version'), '1.0.0', what);
        if (given.status < 300) {
          done.add(name);
          assert.ok(row.status.includes(given.status), what);
          if (row.answer) assert.ok(z.safeParse(row.answer, given.body).success, what);
          return;
        }
        const { error } = z.parse(ErrorBody, given.body);
        assert.notEqual(given.status, 500, `${what} ${api.warnings.join()}`);
        assert.equal(ERROR_STATUS[error.code as ErrorCode], given.status, what);
        if (error.code === 'VALIDATION_ERROR') assert.equal(typeof error.details?.['field'], 'string', what);
      }),
      { seed: 5, numRuns: 5000 },
    );
    // Or the requests would be too bad to get anywhere.
    assert.deepEqual([...done].sort(), Object.keys(ENDPOINTS).sort());
  }).timeout(120_000);
});
