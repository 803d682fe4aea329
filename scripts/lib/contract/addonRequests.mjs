import { defaultOf } from './openapi.mjs';

/** @typedef {import('./load.mjs').Contract} Contract */
/** @typedef {import('../../../src/contract/endpoint').Endpoint} Endpoint */
/** @typedef {Record<string, any>} Json */

/**
 * The endpoint table as the Odoo addon reads it: routes, and the schemas that it checks requests against. What no
 * schema says (`beyond-schema.json`) the addon checks itself.
 * @param {Contract} contract
 * @returns {Json}
 */
export function addonRequests(contract) {
  return {
    contract_version: contract.CONTRACT_VERSION,
    capabilities: [...contract.CAPABILITIES],
    endpoints: Object.fromEntries(
      Object.entries(contract.ENDPOINTS).map(([name, endpoint]) => [name, row(contract, name, endpoint)]),
    ),
  };
}

/** @param {Contract} contract @param {string} name @param {Endpoint} endpoint */
function row(contract, name, endpoint) {
  const query = Object.entries(endpoint.query).map(([key, { schema, decode, repeats, required }]) => {
    const byDefault = defaultOf(contract, name, key);
    const options = {
      decode,
      repeats,
      required: required ?? false,
      ...(byDefault !== undefined && { default: byDefault }),
    };
    return [key, { ...options, schema: spokenSchema(contract, schema) }];
  });
  return {
    method: endpoint.method,
    path: endpoint.path,
    sign_in: endpoint.signIn,
    conditional: endpoint.headers.ifNoneMatch ?? false,
    idempotent: endpoint.headers.idempotencyKey ?? false,
    query: Object.fromEntries(query),
    ...(endpoint.body && { body: spokenSchema(contract, endpoint.body) }),
  };
}

/**
 * The JSON schema of a request's part; beside each pattern, in `x-expects`, what a person is told to send instead.
 * @param {Contract} contract
 * @param {import('zod/mini').ZodMiniType} schema
 * @returns {Json}
 */
function spokenSchema({ z }, schema) {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, {
    io: 'input',
    override: ({ zodSchema, jsonSchema }) => {
      const sentences = (zodSchema._zod.def.checks ?? []).map(({ _zod }) =>
        // What the check says of any value; those without words of their own give nothing.
        /** @type {{ error?: (issue: object) => unknown }} */ (_zod.def).error?.({}),
      );
      const expects = sentences.find((each) => typeof each === 'string');
      if (expects && jsonSchema.pattern) jsonSchema['x-expects'] = expects;
    },
  });
  return rest;
}
