/** @typedef {import('./load.mjs').Contract} Contract */
/** @typedef {Record<string, any>} Json */

/**
 * One self-contained draft 2020-12 schema for every name of ANSWER_SCHEMAS and REQUEST_SCHEMAS. Answers are open to
 * unknown keys, requests closed.
 * @param {Contract} contract
 * @returns {Map<string, Json>} by name
 */
export function jsonSchemas(contract) {
  const { z, CONTRACT_VERSION } = contract;
  return new Map(
    schemaNames(contract).map((name) => {
      const { $schema, ...schema } = /** @type {Json} */ (
        z.toJSONSchema(schemaOf(contract, name), { io: 'input' })
      );
      const $id = `urn:taskboard:contract:${CONTRACT_VERSION}:${name}`;
      return [name, { $schema, $id, title: name, 'x-contract-version': CONTRACT_VERSION, ...schema }];
    }),
  );
}

/**
 * The same schemas for an OpenAPI document: they refer to each other below `#/components/schemas/`.
 * @param {Contract} contract
 * @returns {Json}
 */
export function componentSchemas(contract) {
  const { z } = contract;
  /** @type {ReturnType<typeof z.registry<{ id: string }>>} */
  const registry = z.registry();
  for (const name of schemaNames(contract)) registry.add(schemaOf(contract, name), { id: name });
  const { schemas } = z.toJSONSchema(registry, { io: 'input', uri: (id) => `#/components/schemas/${id}` });
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { $schema: _, $id: __, ...schema }]) => [
      name,
      { title: name, ...schema },
    ]),
  );
}

/**
 * The JSON schema of a part, such as a parameter, without `$schema`.
 * @param {Contract} contract
 * @param {import('zod/mini').ZodMiniType} schema
 * @returns {Json}
 */
export function inlineSchema({ z }, schema) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

/**
 * The rules that no schema says, as they stand beside the schemas.
 * @param {Contract} contract
 * @returns {Record<string, { field: string, about: string }[]>}
 */
export function beyondSchema({ BEYOND_SCHEMA }) {
  return Object.fromEntries(
    Object.entries(BEYOND_SCHEMA).map(([name, rules]) => [
      name,
      rules.map(({ field, about }) => ({ field, about })),
    ]),
  );
}

/** @param {Contract} contract */
function schemaNames({ ANSWER_SCHEMAS, REQUEST_SCHEMAS }) {
  return [...Object.keys(ANSWER_SCHEMAS), ...Object.keys(REQUEST_SCHEMAS)];
}

/**
 * The name under which a schema of the endpoint table is published.
 * @param {Contract} contract
 * @param {unknown} schema
 */
export function nameOf(contract, schema) {
  const name = schemaNames(contract).find((each) => schemaOf(contract, each) === schema);
  if (!name)
    throw new Error('A body or answer of the endpoint table has no name: add it to src/contract/schemas.ts.');
  return name;
}

/** @param {Contract} contract @param {string} name */
function schemaOf({ ANSWER_SCHEMAS, REQUEST_SCHEMAS }, name) {
  const schema = ANSWER_SCHEMAS[name] ?? REQUEST_SCHEMAS[name];
  if (!schema) throw new Error(`There is no schema ${name}.`);
  return schema;
}
