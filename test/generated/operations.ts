import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ErrorBody } from '../../src/contract/errors';
import { matchesSchema } from '../conformance/answers';
import type { Reply } from '../conformance/api';

/** As much of a JSON schema as the published ones use. */
export interface Schema {
  $ref?: string;
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  pattern?: string;
  minLength?: number;
  minimum?: number;
  maximum?: number;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
}

export interface Parameter {
  $ref?: string;
  name: string;
  in: 'path' | 'query';
  required?: boolean;
  schema: Schema;
}

/** One method of one path, as the published OpenAPI document has it. */
export interface Operation {
  name: string;
  method: string;
  path: string;
  parameters: Parameter[];
  body: Schema | null;
  responses: Record<string, Response>;
  /** Only on servers that announce it. */
  capability: string | null;
}

interface Response {
  'x-codes'?: string[];
  content?: { 'application/json': { schema: Schema } };
}

interface Document {
  paths: Record<string, Record<string, Entry>>;
  components: { schemas: Record<string, Schema> };
}

interface Entry {
  operationId: string;
  'x-capability'?: string;
  parameters?: Parameter[];
  requestBody?: { content: { 'application/json': { schema: Schema } } };
  responses: Record<string, Response>;
}

const METHODS = ['get', 'post', 'patch', 'delete'];
const file = join(__dirname, '..', '..', 'schemas', 'openapi.json');
const document = JSON.parse(readFileSync(file, 'utf8')) as Document;

/** What `#/components/schemas/Name` names. */
const nameOf = (ref: string): string => ref.slice(ref.lastIndexOf('/') + 1);

/** The schema itself, where there is only its name. */
export function resolved(schema: Schema): Schema {
  if (!schema.$ref) return schema;
  const found = document.components.schemas[nameOf(schema.$ref)];
  assert.ok(found, `there is no ${schema.$ref}`);
  return found;
}

export const OPERATIONS: readonly Operation[] = Object.entries(document.paths).flatMap(([path, entries]) =>
  METHODS.flatMap((method) => {
    const entry = entries[method];
    if (!entry) return [];
    const shared = (entries as { parameters?: Parameter[] }).parameters ?? [];
    return {
      name: entry.operationId,
      method: method.toUpperCase(),
      path,
      parameters: [...shared, ...(entry.parameters ?? [])].filter(({ $ref }) => !$ref),
      body: entry.requestBody?.content['application/json'].schema ?? null,
      responses: entry.responses,
      capability: entry['x-capability'] ?? null,
    };
  }),
);

/** Asserts that an answer has a status, a code and a body that the document gives to the operation. */
export function isDocumented(operation: Operation, { status, body }: Reply, said: string): void {
  const response = operation.responses[status];
  assert.ok(response, `${said}\n${operation.name} has no answer ${status}`);
  const schema = response.content?.['application/json'].schema;
  const codes = response['x-codes'];
  if (codes && status !== 503) {
    const { code, details } = (body as ErrorBody).error;
    assert.ok(codes.includes(code), `${said}\n${operation.name} has no ${code}`);
    if (code === 'VALIDATION_ERROR')
      assert.equal(typeof details?.['field'], 'string', `${said}\nnames no field`);
  }
  if (schema?.$ref) matchesSchema(nameOf(schema.$ref), body, said);
  else if (!schema) assert.equal(body, undefined, `${said}\nhas a body`);
}
