import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020';
import { ENDPOINTS, type EndpointName } from '../../src/contract/endpoints';
import { ANSWER_SCHEMAS, REQUEST_SCHEMAS } from '../../src/contract/schemas';

const ajv = new Ajv2020({ strict: true, allErrors: true });
ajv.addKeyword('x-contract-version');

// The published schemas, not zod: they are what other implementations hold on to.
const folder = join(__dirname, '..', '..', 'schemas');
const schemas = new Map(
  readdirSync(folder)
    .filter((name) => name.endsWith('.schema.json'))
    .map((name) => [
      name.replace('.schema.json', ''),
      JSON.parse(readFileSync(join(folder, name), 'utf8')) as ObjectSchema,
    ]),
);
const validators = new Map<string, ValidateFunction>(
  [...schemas].map(([name, schema]) => [name, ajv.compile(schema)]),
);

interface ObjectSchema {
  properties?: Record<string, unknown>;
  required?: string[];
}

/** Asserts that a document matches `schemas/<name>.schema.json`. */
export function matchesSchema(name: string, document: unknown, about = ''): void {
  const validate = validators.get(name);
  assert.ok(validate, `there is no schemas/${name}.schema.json`);
  assert.ok(validate(document), `${about}\nis no ${name}: ${ajv.errorsText(validate.errors)}`);
}

/** The schema of an endpoint's success; null for one without a body. */
export function answerName(endpoint: EndpointName): string | null {
  const { answer } = ENDPOINTS[endpoint];
  if (answer === null) return null;
  const name = Object.keys(ANSWER_SCHEMAS).find((each) => ANSWER_SCHEMAS[each] === answer);
  assert.ok(name, `the answer of ${endpoint} has no name`);
  return name;
}

/** Asserts that a success has the body that the endpoint table promises. */
export function isAnswerOf(endpoint: EndpointName, document: unknown, about: string): void {
  const name = answerName(endpoint);
  if (name === null) return assert.equal(document, undefined, `${about}\nhas a body`);
  matchesSchema(name, document, about);
  hasUtcTimestamps(document, about);
}

/** The published schema of an endpoint's body: its keys, and whether a body fits. */
export function bodySchema(endpoint: EndpointName) {
  const { body } = ENDPOINTS[endpoint];
  const name = Object.keys(REQUEST_SCHEMAS).find((each) => REQUEST_SCHEMAS[each] === body);
  const schema = schemas.get(name ?? '');
  const validate = validators.get(name ?? '');
  assert.ok(schema && validate, `${endpoint} has no body`);
  return {
    keys: Object.keys(schema.properties ?? {}),
    required: schema.required ?? [],
    fits: (value: unknown) => validate(value),
  };
}

const TIMESTAMP_KEYS = new Set(['created_at', 'updated_at', 'timestamp', 'stage_since']);

/** Ours are UTC with `Z`, and moments that exist. */
function hasUtcTimestamps(value: unknown, about: string): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (TIMESTAMP_KEYS.has(key) && typeof inner === 'string') {
      assert.match(inner, /Z$/, `${about}\n${key} is not UTC with Z: ${inner}`);
      assert.ok(!Number.isNaN(Date.parse(inner)), `${about}\n${key} is no moment: ${inner}`);
    } else hasUtcTimestamps(inner, about);
  }
}
