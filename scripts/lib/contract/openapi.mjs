import { componentSchemas, inlineSchema, nameOf } from './jsonSchemas.mjs';

/** @typedef {import('./load.mjs').Contract} Contract */
/** @typedef {import('../../../src/contract/endpoint').Endpoint} Endpoint */
/** @typedef {import('../../../src/contract/errors').ErrorCode} ErrorCode */
/** @typedef {Record<string, any>} Json */

/**
 * The OpenAPI 3.1 document of the endpoint table. What belongs to a capability says so in `x-capability`.
 * @param {Contract} contract
 * @returns {Json}
 */
export function openapi(contract) {
  /** @type {Record<string, Json>} */
  const paths = {};
  for (const [name, endpoint] of Object.entries(contract.ENDPOINTS)) {
    const path = (paths[endpoint.path] ??= pathItem(contract, endpoint.path));
    path[endpoint.method.toLowerCase()] = operation(contract, name, endpoint);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Taskboard wire contract',
      version: contract.CONTRACT_VERSION,
      description:
        'Generated from src/contract. What has x-capability exists only on servers that list that capability in GET /health.',
    },
    servers: [{ url: contract.BASE_PATH }],
    security: [{ bearer: [] }, { apiKey: [] }, { session: [] }],
    'x-capabilities': [...contract.CAPABILITIES],
    paths,
    components: {
      schemas: componentSchemas(contract),
      parameters: headerParameters(),
      headers: answerHeaders(contract),
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'A token or an API key.' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'A token or an API key.' },
        session: {
          type: 'apiKey',
          in: 'cookie',
          name: 'session_id',
          description: "Odoo's own session, for scripts.",
        },
      },
    },
  };
}

/** What any endpoint may answer. @type {ErrorCode[]} */
export const EVERYWHERE = [
  'VALIDATION_ERROR',
  'METHOD_NOT_ALLOWED',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
  'SERVICE_UNAVAILABLE',
];

/**
 * The codes with which an endpoint may refuse: those of its row and those that any endpoint like it has.
 * @param {Contract} contract
 * @param {Endpoint} endpoint
 * @returns {ErrorCode[]} in the order of ERROR_STATUS
 */
export function errorCodes({ ERROR_STATUS, pathParams }, endpoint) {
  /** @type {Set<ErrorCode>} */
  const codes = new Set([...EVERYWHERE, ...endpoint.errors]);
  if (endpoint.signIn || endpoint.path === '/auth/token') codes.add('UNAUTHORIZED');
  if (endpoint.body) codes.add('PAYLOAD_TOO_LARGE').add('UNSUPPORTED_MEDIA_TYPE');
  if (endpoint.headers.idempotencyKey) codes.add('CONFLICT').add('IDEMPOTENCY_MISMATCH');
  if (endpoint.capability && pathParams(endpoint.path).length === 0) codes.add('NOT_FOUND');
  return /** @type {ErrorCode[]} */ (Object.keys(ERROR_STATUS)).filter((code) => codes.has(code));
}

/** @param {Contract} contract @param {string} path */
function pathItem(contract, path) {
  const names = contract.pathParams(path);
  return names.length === 0 ? {} : { parameters: names.map((name) => pathParameter(contract, name)) };
}

/** @param {Contract} contract @param {string} name */
function pathParameter(contract, name) {
  /** @type {Record<string, import('zod/mini').ZodMiniType>} */
  const schemas = { board_id: contract.BoardId, card_id: contract.CardId, ...contract.PATH_PARAMETERS };
  const schema = schemas[name];
  if (!schema) throw new Error(`The path parameter ${name} has no schema in PATH_PARAMETERS.`);
  return { name, in: 'path', required: true, schema: inlineSchema(contract, schema) };
}

/**
 * @param {Contract} contract
 * @param {string} name
 * @param {Endpoint} endpoint
 */
function operation(contract, name, endpoint) {
  const parameters = [
    ...Object.entries(endpoint.query).map(([key, parameter]) =>
      queryParameter(contract, name, key, parameter),
    ),
    ...requestHeaders(endpoint).map((header) => ({ $ref: `#/components/parameters/${header}` })),
  ];
  return {
    operationId: name,
    summary: endpoint.about,
    ...(endpoint.capability && { 'x-capability': endpoint.capability }),
    ...(!endpoint.signIn && { security: [] }),
    ...(parameters.length > 0 && { parameters }),
    ...(endpoint.body && { requestBody: requestBody(contract, endpoint) }),
    responses: { ...successes(contract, endpoint), ...failures(contract, endpoint) },
  };
}

/**
 * @param {Contract} contract
 * @param {string} endpointName
 * @param {string} name
 * @param {import('../../../src/contract/endpoint').Parameter} parameter
 */
function queryParameter(contract, endpointName, name, parameter) {
  const one = inlineSchema(contract, parameter.schema);
  const byDefault = defaultOf(contract, endpointName, name);
  return {
    name,
    in: 'query',
    ...(parameter.required && { required: true }),
    ...(parameter.capability && { 'x-capability': parameter.capability }),
    ...(parameter.repeats
      ? { style: 'form', explode: true, schema: { type: 'array', items: one } }
      : { schema: { ...one, ...(byDefault !== undefined && { default: byDefault }) } }),
  };
}

/**
 * @param {Contract} contract
 * @param {string} endpointName
 * @param {string} name
 * @returns {number | undefined}
 */
export function defaultOf({ DEFAULT_LIMITS }, endpointName, name) {
  if (name === 'page') return 0;
  if (name === 'per_stage') return DEFAULT_LIMITS.perStage;
  return name === 'limit' ? /** @type {Record<string, number>} */ (DEFAULT_LIMITS)[endpointName] : undefined;
}

/** @param {Contract} contract @param {Endpoint} endpoint */
function requestBody(contract, endpoint) {
  const ref = { $ref: `#/components/schemas/${nameOf(contract, endpoint.body)}` };
  const keys = Object.keys(endpoint.bodyCapabilities);
  return {
    required: true,
    content: { 'application/json': { schema: ref } },
    ...(keys.length > 0 && { 'x-body-capabilities': endpoint.bodyCapabilities }),
  };
}

/** @param {Contract} contract @param {Endpoint} endpoint */
function successes(contract, endpoint) {
  const version = { 'x-contract-version': { $ref: '#/components/headers/ContractVersion' } };
  const etag = endpoint.headers.etag || endpoint.headers.ifNoneMatch;
  const headers = { ...version, ...(etag && { ETag: { $ref: '#/components/headers/ETag' } }) };
  const content = endpoint.answer && {
    'application/json': { schema: { $ref: `#/components/schemas/${nameOf(contract, endpoint.answer)}` } },
  };
  /** @type {Record<string, Json>} */
  const all = {};
  for (const status of endpoint.status)
    all[status] = { description: STATUS_TEXT[status] ?? 'Done.', headers, ...(content && { content }) };
  if (endpoint.headers.ifNoneMatch)
    all[304] = { description: 'Not modified.', headers, 'x-capability': 'conditional-get' };
  return all;
}

/** @param {Contract} contract @param {Endpoint} endpoint */
function failures(contract, endpoint) {
  /** @type {Record<string, ErrorCode[]>} */
  const byStatus = {};
  for (const code of errorCodes(contract, endpoint))
    (byStatus[contract.ERROR_STATUS[code]] ??= []).push(code);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, codes]) => [
      status,
      {
        description: codes.join(' or '),
        headers: {
          'x-contract-version': { $ref: '#/components/headers/ContractVersion' },
          ...(status === '405' && { Allow: { $ref: '#/components/headers/Allow' } }),
          ...(['429', '503'].includes(status) && {
            'Retry-After': { $ref: '#/components/headers/RetryAfter' },
          }),
          ...(status === '412' && { ETag: { $ref: '#/components/headers/ETag' } }),
        },
        content: { 'application/json': { schema: failureSchema(endpoint, status) } },
        'x-codes': codes,
      },
    ]),
  );
}

/**
 * Only an unhealthy `/health` keeps its own body.
 * @param {Endpoint} endpoint
 * @param {string} status
 */
function failureSchema(endpoint, status) {
  const error = { $ref: '#/components/schemas/Error' };
  if (endpoint.path !== '/health' || status !== '503') return error;
  return { anyOf: [{ $ref: '#/components/schemas/Health' }, error] };
}

/** @type {Record<number, string>} */
const STATUS_TEXT = { 200: 'The answer.', 201: 'Made.', 204: 'Done; no body.' };

/** @param {Endpoint} endpoint */
function requestHeaders({ headers }) {
  return [
    ...(headers.idempotencyKey ? ['IdempotencyKey'] : []),
    ...(headers.ifMatch ? ['IfMatch'] : []),
    ...(headers.ifNoneMatch ? ['IfNoneMatch'] : []),
  ];
}

function headerParameters() {
  /** @param {string} name @param {string} capability @param {string} description */
  const header = (name, capability, description) => ({
    name,
    in: 'header',
    description,
    'x-capability': capability,
    schema: { type: 'string' },
  });
  return {
    IdempotencyKey: header('Idempotency-Key', 'idempotency', 'A UUID, quotes optional; kept for 7 days.'),
    IfMatch: header('If-Match', 'etag', 'The ETag of the card that the caller saw.'),
    IfNoneMatch: header('If-None-Match', 'conditional-get', 'The ETag that the caller has.'),
  };
}

/** @param {Contract} contract */
function answerHeaders({ CONTRACT_VERSION }) {
  /** @param {string} description @param {Json} [schema] */
  const header = (description, schema = { type: 'string' }) => ({ description, schema });
  return {
    ContractVersion: {
      required: true,
      ...header('On every answer, errors included.', { const: CONTRACT_VERSION }),
    },
    ETag: header('Strong; where the server announces it.'),
    Allow: header('The methods that this path has.'),
    RetryAfter: header('Seconds, or a date.'),
  };
}
