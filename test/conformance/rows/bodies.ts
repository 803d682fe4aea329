import assert from 'node:assert/strict';
import type { Endpoint } from '../../../src/contract/endpoint';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import { MAX_REQUEST_BYTES } from '../../../src/contract/version';
import { bodySchema } from '../answers';
import { isRefusal, type Ask, type Reply } from '../api';
import { EXAMPLES } from '../examples';
import { part, type Part, row, type Row } from '../rows';
import { pathOf, type World } from '../world';
import { forEvery } from './everyEndpoint';

type Rule = (world: World, name: EndpointName) => Promise<void>;

const forEveryBody = (rule: Rule): Row[] => forEvery(rule, ({ body }) => body !== null);

/** Sends an endpoint something else than its body. */
async function sendBody(world: World, name: EndpointName, ask: Ask): Promise<Reply> {
  const { params, body: _, ...rest } = await EXAMPLES[name].toSpoil(world);
  return world.raw(ENDPOINTS[name].method, pathOf(name, params), { ...rest, ...ask });
}

async function validBody(world: World, name: EndpointName): Promise<Record<string, unknown>> {
  return (await EXAMPLES[name].toSpoil(world)).body as Record<string, unknown>;
}

/** A valid body with blanks behind it, up to so many bytes. */
async function paddedBody(world: World, name: EndpointName, bytes: number): Promise<string> {
  return JSON.stringify(await validBody(world, name)).padEnd(bytes, ' ');
}

const refusesWhatIsNoObject = forEveryBody(async (world, name) => {
  const [key = 'name'] = bodySchema(name).keys;
  const noObjects = ['[]', '[{}]', '"text"', '1', 'null', 'true', '', ' '];
  const noJson = [
    '{',
    `{'${key}': 1}`,
    `{"${key}": 1,}`,
    'NaN',
    `{"${key}": NaN}`,
    `{"${key}": -Infinity}`,
    '{} {}',
    `\ufeff{"${key}": "A byte order mark"}`,
  ];
  for (const raw of [...noObjects, ...noJson])
    isRefusal(await sendBody(world, name, { raw }), 'VALIDATION_ERROR', 'body');
  const noUtf8 = new Uint8Array([...new TextEncoder().encode(`{"${key}": "`), 0xff, 0xfe, 0x22, 0x7d]);
  isRefusal(await sendBody(world, name, { raw: noUtf8 }), 'VALIDATION_ERROR', 'body');
});

const refusesWhatBreaksParsers = forEveryBody(async (world, name) => {
  const [key = 'name'] = bodySchema(name).keys;
  const deep = `{"${key}": ${'['.repeat(100_000)}${']'.repeat(100_000)}}`;
  const wide = `{"${key}": 1${'0'.repeat(10_000)}}`;
  for (const raw of [deep, wide, `{"${key}": 1e999}`])
    isRefusal(await sendBody(world, name, { raw }), 'VALIDATION_ERROR');
});

const refusesOtherTypes = forEveryBody(async (world, name) => {
  const raw = JSON.stringify(await validBody(world, name));
  const types = [
    'text/plain',
    'text/json',
    'application/x-www-form-urlencoded',
    'application/merge-patch+json',
  ];
  const charsets = ['application/json; charset=latin1', 'application/json; charset=utf-16'];
  for (const contentType of [null, ...types, ...charsets])
    isRefusal(await sendBody(world, name, { raw, contentType }), 'UNSUPPORTED_MEDIA_TYPE');
});

const refusesTooMuch = forEveryBody(async (world, name) => {
  const raw = await paddedBody(world, name, MAX_REQUEST_BYTES + 1);
  isRefusal(await sendBody(world, name, { raw }), 'PAYLOAD_TOO_LARGE');
});

const refusesUnknownKeys = forEveryBody(async (world, name) => {
  const body = await validBody(world, name);
  for (const key of ['nonsense', 'id', '__proto__', 'constructor'])
    isRefusal(
      // Written by hand: an object literal with `__proto__` has no such key.
      await sendBody(world, name, { raw: `${JSON.stringify(body).slice(0, -1)}, "${key}": 1}` }),
      'VALIDATION_ERROR',
      key,
    );
});

const missesRequiredKeys = forEveryBody(async (world, name) => {
  const body = await validBody(world, name);
  for (const key of bodySchema(name).required) {
    const { [key]: _, ...rest } = body;
    isRefusal(await sendBody(world, name, { json: rest }), 'VALIDATION_ERROR', key);
  }
});

const known = (world: World, endpoint: Endpoint, key: string) => {
  const capability = endpoint.bodyCapabilities[key];
  return !capability || world.has(capability);
};

const refusesWrongTypes = forEveryBody(async (world, name) => {
  const body = await validBody(world, name);
  for (const key of bodySchema(name).keys)
    for (const wrong of [{ nonsense: 1 }, [[]], -1.5])
      isRefusal(await sendBody(world, name, { json: { ...body, [key]: wrong } }), 'VALIDATION_ERROR', key);
});

const knowsWhereNullMayStand = forEvery(
  async (world, name, endpoint) => {
    const { keys, fits } = bodySchema(name);
    for (const key of keys.filter((each) => known(world, endpoint, each))) {
      const request = await EXAMPLES[name].toSpoil(world);
      const body = { ...(request.body as object), [key]: null };
      if (!fits(body)) await world.refused(name, { ...request, body }, 'VALIDATION_ERROR', key);
      else await world.call(name, { ...(await EXAMPLES[name].toDo(world)), body } as never);
    }
  },
  ({ body }) => body !== null,
);

const takesJsonTypes: Row[] = [
  'application/json; charset=utf-8',
  'application/json;charset="UTF-8"',
  'Application/JSON',
].map((contentType) =>
  row(contentType, [], async (world) => {
    const reply = await sendBody(world, 'createCard', {
      raw: await paddedBody(world, 'createCard', 0),
      contentType,
    });
    assert.equal(reply.status, 201, reply.text);
  }),
);

const sizes: Row[] = [
  row('of exactly 1 MiB is taken', [], async (world) => {
    const { card_id } = await world.newCard();
    const raw = (await paddedBody(world, 'addComment', MAX_REQUEST_BYTES)).slice(0, MAX_REQUEST_BYTES);
    const reply = await world.raw('POST', `/cards/${card_id}/comments`, { raw });
    assert.equal(reply.status, 201, reply.text.slice(0, 300));
  }),
  row('over 1 MiB is refused also when its length is not announced', [], async (world) => {
    const text = new TextEncoder().encode(await paddedBody(world, 'addComment', MAX_REQUEST_BYTES + 1));
    const raw = new ReadableStream({
      start(controller) {
        controller.enqueue(text);
        controller.close();
      },
    });
    isRefusal(await sendBody(world, 'addComment', { raw }), 'PAYLOAD_TOO_LARGE');
  }),
];

const unannouncedKeys = row('all endpoints', ['unannounced'], async (world) => {
  for (const name of Object.keys(EXAMPLES) as EndpointName[]) {
    if (![name, ...EXAMPLES[name].needs].every((need) => world.has(need))) continue;
    for (const key of Object.keys(ENDPOINTS[name].bodyCapabilities)) {
      if (known(world, ENDPOINTS[name], key)) continue;
      const request = await EXAMPLES[name].toSpoil(world);
      const body = { ...(request.body as object), [key]: null };
      await world.refused(name, { ...request, body }, 'VALIDATION_ERROR', key);
    }
  }
});

export const BODIES: Part[] = [
  part('a body that is no JSON object is refused', refusesWhatIsNoObject),
  part('a body that is deep or full of digits is refused', refusesWhatBreaksParsers),
  part('a body of another type is refused', refusesOtherTypes),
  part('a body of JSON is taken, however its type is written', takesJsonTypes),
  part('a body over 1 MiB is refused', refusesTooMuch),
  part('a body', sizes),
  part('an unknown key of a body is refused', refusesUnknownKeys),
  part('a required key of a body is missed', missesRequiredKeys),
  part('a key of the wrong type is refused', refusesWrongTypes),
  part('null stands where the contract lets it', knowsWhereNullMayStand),
  part('a key of a capability that is not announced is unknown', [unannouncedKeys]),
];
