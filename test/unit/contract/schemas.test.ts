import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pathParams } from '../../../src/contract/endpoint';
import { ENDPOINTS, type EndpointName } from '../../../src/contract/endpoints';
import { REQUEST_SCHEMAS } from '../../../src/contract/schemas';
import { CONTRACT_VERSION } from '../../../src/contract/version';
import { publishedSchemas, readJson, root, validators } from './documents';

type Json = Record<string, unknown>;

const openapi = readJson(join(root, 'schemas', 'openapi.json')) as Json;

/** Every object inside a document, with where it stands. */
function* objectsOf(value: unknown, at = '#'): Generator<[at: string, object: Json]> {
  if (value === null || typeof value !== 'object') return;
  if (!Array.isArray(value)) yield [at, value as Json];
  for (const [key, inner] of Object.entries(value)) yield* objectsOf(inner, `${at}/${key}`);
}

/** What a local reference points to. */
function follow(ref: string): unknown {
  assert.match(ref, /^#\//, `${ref} is not inside the document`);
  let target: unknown = openapi;
  for (const key of ref.slice(2).split('/')) target = (target as Json | undefined)?.[key];
  return target;
}

const operations = Object.entries(openapi['paths'] as Record<string, Json>).flatMap(([path, item]) =>
  ['get', 'post', 'patch', 'delete'].flatMap((method) =>
    method in item ? [{ path, method, item, operation: item[method] as Json }] : [],
  ),
);

describe('generated schemas', () => {
  it('are what src/contract says now', async function () {
    this.timeout(60_000);
    await promisify(execFile)(process.execPath, ['scripts/schemas.mjs', '--check'], { cwd: root });
  });

  it('are strict JSON schemas of this version', () => {
    assert.ok(validators().size > 30);
    for (const [name, schema] of publishedSchemas()) {
      assert.equal((schema as Json)['x-contract-version'], CONTRACT_VERSION, name);
      assert.equal((schema as Json)['title'], name);
    }
  });

  it('are open for answers and closed for bodies', () => {
    for (const [name, schema] of publishedSchemas())
      assert.equal(
        (schema as Json)['additionalProperties'],
        name in REQUEST_SCHEMAS ? false : undefined,
        name,
      );
  });
});

describe('openapi.json', () => {
  it('refers only to what it holds', () => {
    let count = 0;
    for (const [at, object] of objectsOf(openapi)) {
      if (typeof object['$ref'] !== 'string') continue;
      assert.notEqual(follow(object['$ref']), undefined, `${at} refers to ${object['$ref']}`);
      count++;
    }
    assert.ok(count > 100, `only ${count} references`);
  });

  it('has every endpoint of the table, once', () => {
    const told = operations.map(
      ({ path, method, operation }) => `${String(operation['operationId'])} ${method} ${path}`,
    );
    const table = (Object.keys(ENDPOINTS) as EndpointName[]).map(
      (name) => `${name} ${ENDPOINTS[name].method.toLowerCase()} ${ENDPOINTS[name].path}`,
    );
    assert.deepEqual(told.sort(), table.sort());
  });

  it('declares every parameter of a path, and no other', () => {
    for (const { path, item } of operations) {
      const declared = ((item['parameters'] ?? []) as Json[]).filter((each) => each['in'] === 'path');
      assert.deepEqual(
        declared.map(({ name }) => name),
        pathParams(path),
      );
      assert.ok(declared.every(({ required, schema }) => required === true && schema));
    }
  });

  it('declares every query parameter and capability', () => {
    for (const { operation } of operations) {
      const endpoint = ENDPOINTS[operation['operationId'] as EndpointName];
      const declared = ((operation['parameters'] ?? []) as Json[]).filter((each) => each['in'] === 'query');
      assert.deepEqual(
        declared.map(({ name, 'x-capability': capability }) => [name, capability]),
        Object.entries(endpoint.query as Record<string, { capability?: string }>).map(
          ([name, { capability }]) => [name, capability],
        ),
      );
      assert.equal(operation['x-capability'], 'capability' in endpoint ? endpoint.capability : undefined);
    }
  });

  it('gives every operation its successes, refusals and version header', () => {
    for (const { operation } of operations) {
      const { status, signIn, body, answer } = ENDPOINTS[operation['operationId'] as EndpointName];
      const responses = operation['responses'] as Record<string, Json>;
      for (const each of status) assert.equal('content' in (responses[each] ?? {}), answer !== null);
      for (const [code, response] of Object.entries(responses))
        assert.ok(
          'x-contract-version' in (response['headers'] as Json),
          `${String(operation['operationId'])} ${code}`,
        );
      assert.equal('401' in responses, signIn || operation['operationId'] === 'createToken');
      assert.equal('requestBody' in operation, body !== null);
      assert.ok(['400', '405', '429', '500', '503'].every((code) => code in responses));
    }
  });
});
