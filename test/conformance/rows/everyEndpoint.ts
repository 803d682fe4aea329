import assert from 'node:assert/strict';
import { type Endpoint, pathParams } from '../../../src/contract/endpoint';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import { isRefusal } from '../api';
import { EXAMPLES } from '../examples';
import { part, type Part, row, type Row } from '../rows';
import { type LooseRequest, pathOf, type World } from '../world';

type Check = (world: World, name: EndpointName, endpoint: Endpoint) => Promise<void>;

/** One row an endpoint, for those endpoints that the rule is about. */
export function forEvery(check: Check, about: (endpoint: Endpoint) => boolean = () => true): Row[] {
  return (Object.keys(ENDPOINTS) as EndpointName[])
    .filter((name) => about(ENDPOINTS[name]))
    .map((name) => {
      const endpoint: Endpoint = ENDPOINTS[name];
      const title = `${endpoint.method} ${endpoint.path}`;
      return row(title, [name, ...EXAMPLES[name].needs], (world) => check(world, name, endpoint));
    });
}

const succeeds: Check = async (world, name) => {
  await world.call(name, (await EXAMPLES[name].toDo(world)) as never);
};

const needsSignIn: Check = async (world, name) => {
  const request = await EXAMPLES[name].toSpoil(world);
  await world.refused(name, { ...request, token: null }, 'UNAUTHORIZED');
  await world.refused(name, { ...request, token: 'no-such-token' }, 'UNAUTHORIZED');
};

const headIsGetWithoutBody: Check = async (world, name, { method }) => {
  const { params, ...ask } = await EXAMPLES[name].toDo(world);
  const path = pathOf(name, params);
  const get = await world.raw(method, path, ask);
  const head = await world.raw('HEAD', path, ask);
  assert.equal(head.status, get.status);
  assert.equal(head.headers.get('content-type'), get.headers.get('content-type'));
};

/** What no id may look like, as it stands in a URL. */
const malformedIds = (kind: string, others: string) => [
  ...[
    `${kind}:0`,
    `${kind}:01`,
    `${kind}:2147483648`,
    `${kind}:1%0A`,
    `${kind}:-1`,
    `${kind}:%2B1`,
    `${kind}:1.0`,
  ],
  ...[`%20${kind}:1`, `${kind}:%D9%A1`, `${kind}:1x`, `${kind}:`, `${kind}:1:1`, `${kind.toUpperCase()}:1`],
  ...[
    `${kind[0]?.toUpperCase()}${kind.slice(1)}:1`,
    `${others}:1`,
    '7',
    ':7',
    'null',
    `${kind}:99999999999999999999`,
  ],
];

/** Each path parameter: what is malformed, how it is refused, and one that is well formed but nobody's. */
const PATH_IDS: Record<
  string,
  { malformed: string[]; code: string; field?: string; nobody: string; missing: string }
> = {
  board_id: {
    malformed: malformedIds('project', 'task'),
    code: 'INVALID_BOARD_ID',
    nobody: 'project:2147483647',
    missing: 'BOARD_NOT_FOUND',
  },
  card_id: {
    malformed: malformedIds('task', 'project'),
    code: 'INVALID_CARD_ID',
    nobody: 'task:2147483647',
    missing: 'CARD_NOT_FOUND',
  },
  stage_id: {
    malformed: malformedIds('stage', 'task'),
    code: 'VALIDATION_ERROR',
    field: 'stage_id',
    nobody: 'stage:2147483647',
    missing: 'NOT_FOUND',
  },
  partner_id: {
    malformed: [
      '0',
      '01',
      '-1',
      '1.0',
      '%2B1',
      '2147483648',
      '1%0A',
      'partner:1',
      'x',
      '%201',
      '1e1',
      '%D9%A1',
    ],
    code: 'VALIDATION_ERROR',
    field: 'partner_id',
    nobody: '2147483647',
    missing: 'NOT_FOUND',
  },
};

const idsOfPath = (endpoint: Endpoint) =>
  pathParams(endpoint.path).map((name) => {
    const ids = PATH_IDS[name];
    assert.ok(ids, `no malformed ids are known for ${name}`);
    return { name, ids };
  });

const refusesMalformedIds: Check = async (world, name, endpoint) => {
  const request = await EXAMPLES[name].toSpoil(world);
  for (const { name: param, ids } of idsOfPath(endpoint))
    for (const id of ids.malformed) {
      const spoiled = { ...request, params: { ...request.params, [param]: id } };
      await world.refused(name, spoiled, ids.code, ids.field);
    }
};

const doesNotFindUnknownIds: Check = async (world, name, endpoint) => {
  const request = await EXAMPLES[name].toSpoil(world);
  for (const { name: param, ids } of idsOfPath(endpoint))
    await world.refused(
      name,
      { ...request, params: { ...request.params, [param]: ids.nobody } },
      ids.missing,
    );
};

const takesEncodedIds: Check = async (world, name) => {
  const request = await EXAMPLES[name].toDo(world);
  const params = Object.fromEntries(
    Object.entries(request.params ?? {}).map(([key, value]) => [key, encodeURIComponent(value)]),
  );
  const reply = await world.send(name, { ...request, params });
  assert.ok(reply.status < 300, `${reply.status} ${reply.text.slice(0, 300)}`);
};

/** The routes of a server, by path: what it serves, and whether it has all that the table gives it. */
function routes(
  world: World,
): Map<string, { methods: Set<string>; complete: boolean; names: EndpointName[] }> {
  const paths = new Map<string, { methods: Set<string>; complete: boolean; names: EndpointName[] }>();
  for (const name of Object.keys(ENDPOINTS) as EndpointName[]) {
    const { path, method } = ENDPOINTS[name];
    const route = paths.get(path) ?? { methods: new Set(), complete: true, names: [] };
    paths.set(path, route);
    route.names.push(name);
    if (world.has(name)) route.methods.add(method);
    if (world.backend.lacks?.includes(name)) route.complete = false;
  }
  return paths;
}

const PARAMS = (world: World): LooseRequest['params'] => ({
  board_id: world.board.board_id,
  card_id: world.card.card_id,
  stage_id: world.card.stage_id,
  partner_id: world.me.partner_id,
});

const methodRows: Row[] = [...new Set(Object.values(ENDPOINTS).map(({ path }) => path))].map((path) =>
  row(`${path}: other methods`, [], async (world) => {
    const route = routes(world).get(path);
    assert.ok(route?.names[0]);
    const where = pathOf(route.names[0], PARAMS(world));
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']) {
      if (route.methods.has(method) || !route.complete) continue;
      for (const token of [undefined, null]) {
        const reply = await world.raw(method, where, { token });
        if (route.methods.size === 0) isRefusal(reply, 'NOT_FOUND');
        else allowsExactly(isRefused405(reply), route.methods);
      }
    }
    const options = await world.raw('OPTIONS', where, { token: null });
    if (route.methods.size > 0)
      assert.ok([200, 204, 405].includes(options.status), `OPTIONS → ${options.status}`);
  }),
);

function isRefused405(reply: Parameters<typeof isRefusal>[0]): string {
  isRefusal(reply, 'METHOD_NOT_ALLOWED');
  const allow = reply.headers.get('allow');
  assert.ok(allow, '405 without Allow');
  return allow;
}

/** HEAD comes with GET; OPTIONS may be named, it is always answered. */
function allowsExactly(allow: string, methods: Set<string>): void {
  const named = new Set(allow.split(',').map((each) => each.trim()));
  if (methods.has('GET')) named.delete('HEAD');
  named.delete('OPTIONS');
  assert.deepEqual([...named].sort(), [...methods].sort(), `Allow: ${allow}`);
}

export const SUCCESSES = part('every endpoint answers as the contract has it', forEvery(succeeds));

export const SIGNED_IN_ONLY = part(
  'no endpoint answers who is not signed in',
  forEvery(needsSignIn, ({ signIn }) => signIn),
);

export const UNKNOWN_IDS = part(
  'an id that is nobody’s is not found',
  forEvery(doesNotFindUnknownIds, ({ path }) => path.includes('{')),
);

export const METHODS = part('a path has its methods and no others', methodRows);

export const EVERY_ENDPOINT: Part[] = [
  SUCCESSES,
  SIGNED_IN_ONLY,
  part(
    'HEAD is GET without a body',
    forEvery(headIsGetWithoutBody, ({ method }) => method === 'GET'),
  ),
  part(
    'a malformed id in the path is refused',
    forEvery(refusesMalformedIds, ({ path }) => path.includes('{')),
  ),
  UNKNOWN_IDS,
  part(
    'an id in the path may be percent-encoded',
    forEvery(takesEncodedIds, ({ path }) => path.includes('{')),
  ),
  METHODS,
];
