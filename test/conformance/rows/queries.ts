import assert from 'node:assert/strict';
import type { Endpoint, Parameter } from '../../../src/contract/endpoint';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import type { QueryValue } from '../api';
import { EXAMPLES } from '../examples';
import { part, type Part, row } from '../rows';
import { dayFromNow, type World } from '../world';
import { forEvery } from './everyEndpoint';

/** Valid values of the parameters, by name. */
const VALID: Record<string, (world: World) => string | number> = {
  page: () => 0,
  limit: () => 1,
  per_stage: () => 1,
  stage: (world) => world.card.stage_id,
  tag: () => 'tag:2147483647',
  owner: (world) => world.me.partner_id,
  due_from: () => '2026-01-31',
  due_to: () => '2026-02-28',
  from: () => dayFromNow(-3),
  to: () => dayFromNow(-2),
  q: () => 'report',
  priority: () => '1',
  due: () => 'none',
  closed: () => 'true',
  order: () => '-due',
  by: () => 'tag',
  view: () => 'summary',
  type: () => 'comment',
};

const BAD_DAYS = [
  '2026-02-30',
  '2026-13-01',
  '2026-1-1',
  '20260101',
  'tomorrow',
  '2026-01-01T00:00:00Z',
  '0000-01-01',
];
const BAD_NUMBERS = ['-1', '1.5', 'x', '1e1', '0x1', '+1', '١', 'NaN', 'true', '1,2'];
const bigLimits = (most: number) => [...BAD_NUMBERS, '0', String(most + 1)];

/** Malformed values, by name; texts that are searched for have none. */
const MALFORMED: Record<string, (endpoint: EndpointName) => string[]> = {
  page: () => BAD_NUMBERS,
  limit: (endpoint) => bigLimits(endpoint === 'listPeople' ? 100 : 500),
  per_stage: () => bigLimits(200),
  stage: () => [
    'stage:0',
    'stage:01',
    'stage:2147483648',
    'task:1',
    '7',
    'Stage:1',
    'stage:1\n',
    'stage:1,stage:2',
  ],
  tag: () => ['tag:0', 'tag:x', 'stage:1', '7', 'tag:1 '],
  owner: (endpoint) =>
    endpoint === 'listMyCards' ? ['you', '7'] : ['0', '-1', '2147483648', 'not an address'],
  due_from: () => BAD_DAYS,
  due_to: () => BAD_DAYS,
  from: () => BAD_DAYS,
  to: () => BAD_DAYS,
  priority: () => ['4', 'high', '-1', '01'],
  due: () => ['soon', 'None'],
  closed: () => ['yes', '2', 'maybe'],
  order: () => ['rank', '--due', 'due,title', '+due'],
  by: () => ['stage', 'Priority'],
  view: () => ['full', 'Summary'],
  type: () => ['comments', 'Comment', 'comment,mention'],
  since: () => ['nonsense', '-1'],
};

const known = (world: World, parameter: Parameter) =>
  !parameter.capability || world.has(parameter.capability);

async function withParameter(world: World, name: EndpointName, parameter: string, value: QueryValue) {
  const request = await EXAMPLES[name].toSpoil(world);
  return { ...request, query: { ...request.query, [parameter]: value } };
}

const parameters = (world: World, endpoint: Endpoint, wanted: boolean) =>
  Object.entries(endpoint.query).filter(([, parameter]) => known(world, parameter) === wanted);

const hasQuery = ({ query }: Endpoint) => Object.keys(query).length > 0;

const refusesUnknown = forEvery(async (world, name) => {
  await world.refused(name, await withParameter(world, name, 'nonsense', 1), 'VALIDATION_ERROR', 'nonsense');
  await world.refused(name, await withParameter(world, name, 'Page', 1), 'VALIDATION_ERROR', 'Page');
});

const refusesRepeated = forEvery(
  async (world, name, endpoint) => {
    for (const [key, { repeats }] of parameters(world, endpoint, true)) {
      if (repeats || key === 'since') continue;
      const value = VALID[key]?.(world) ?? '';
      assert.notEqual(value, '', `no valid value of ${key} is known`);
      const mine = name === 'listMyCards' && key === 'owner' ? 'me' : value;
      await world.refused(name, await withParameter(world, name, key, [mine, mine]), 'VALIDATION_ERROR', key);
    }
  },
  ({ query }) => Object.values(query).some(({ repeats }) => !repeats),
);

const missesFirst = forEvery(
  async (world, name, endpoint) => {
    const [param, code] = endpoint.path.includes('{board_id}')
      ? ['board_id', 'BOARD_NOT_FOUND']
      : ['card_id', 'CARD_NOT_FOUND'];
    const kind = param === 'board_id' ? 'project' : 'task';
    const { params, ...request } = await withParameter(world, name, 'nonsense', 1);
    await world.refused(name, { ...request, params: { ...params, [param]: `${kind}:2147483647` } }, code);
  },
  ({ path }) => /\{(board|card)_id\}/.test(path),
);

const takesRepeated = forEvery(
  async (world, name, endpoint) => {
    for (const [key, { repeats }] of parameters(world, endpoint, true)) {
      if (!repeats) continue;
      const value = VALID[key]?.(world) ?? '';
      await world.call(name, (await withParameter(world, name, key, [value, value])) as never);
    }
  },
  ({ query }) => Object.values(query).some(({ repeats, capability }) => repeats && !capability),
);

const refusesMalformed = forEvery(async (world, name, endpoint) => {
  for (const [key] of parameters(world, endpoint, true))
    for (const value of MALFORMED[key]?.(name) ?? [])
      await world.refused(name, await withParameter(world, name, key, value), 'VALIDATION_ERROR', key);
}, hasQuery);

/** Which parameters an endpoint can't do without. */
const REQUIRED: Partial<Record<EndpointName, string[]>> = { listGroups: ['by'], getFlow: ['from', 'to'] };

const takesEmptyAsAbsent = forEvery(async (world, name, endpoint) => {
  for (const [key] of parameters(world, endpoint, true)) {
    const request = await withParameter(world, name, key, '');
    if (REQUIRED[name]?.includes(key)) await world.refused(name, request, 'VALIDATION_ERROR', key);
    else if (key !== 'owner' || name !== 'listMyCards') await world.call(name, request as never);
  }
}, hasQuery);

const needsRequired = (['listGroups', 'getFlow'] as const).map((name) =>
  row(`${name}: ${REQUIRED[name]?.join(', ')}`, [name], async (world) => {
    const request = await EXAMPLES[name].toSpoil(world);
    for (const key of REQUIRED[name] ?? [])
      await world.refused(
        name,
        { ...request, query: { ...request.query, [key]: undefined } },
        'VALIDATION_ERROR',
        key,
      );
  }),
);

export const QUERIES: Part[] = [
  part('an unknown query parameter is refused', refusesUnknown),
  part('what is not there comes before an unknown parameter', missesFirst),
  part('a parameter that may not repeat and does is refused', refusesRepeated),
  part('a parameter that may repeat does', takesRepeated),
  part('a malformed query parameter is refused', refusesMalformed),
  part('an empty query parameter counts as absent', takesEmptyAsAbsent),
  part('a required query parameter is missed', needsRequired),
  part('a query parameter of a capability that is not announced is unknown', [
    row('all endpoints', ['unannounced'], async (world) => {
      for (const { name, endpoint } of servedEndpoints(world))
        for (const [key] of parameters(world, endpoint, false)) {
          const request = await withParameter(world, name, key, VALID[key]?.(world) ?? 'x');
          await world.refused(name, request, 'VALIDATION_ERROR', key);
        }
    }),
  ]),
];

function servedEndpoints(world: World): { name: EndpointName; endpoint: Endpoint }[] {
  return (Object.keys(EXAMPLES) as EndpointName[])
    .filter((name) => [name, ...EXAMPLES[name].needs].every((need) => world.has(need)))
    .map((name) => ({ name, endpoint: ENDPOINTS[name] }));
}
