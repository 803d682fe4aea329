import { inlineSchema, nameOf } from './jsonSchemas.mjs';
import { defaultOf, errorCodes, EVERYWHERE } from './openapi.mjs';

/** @typedef {import('./load.mjs').Contract} Contract */
/** @typedef {import('../../../src/contract/endpoint').Endpoint} Endpoint */
/** @typedef {Record<string, any>} Json */

/**
 * The reference page, in markdown: every endpoint, schema and code.
 * @param {Contract} contract
 * @param {Map<string, Json>} schemas by name
 */
export function reference(contract, schemas) {
  return [
    '<!-- Generated from src/contract by `npm run schemas`. Edit that, not this. -->',
    `# The wire contract, version ${contract.CONTRACT_VERSION}`,
    `Base path \`${contract.BASE_PATH}\`; every answer carries \`${contract.VERSION_HEADER}: ${contract.CONTRACT_VERSION}\`. ` +
      'The same as documents: one JSON schema a name in `schemas/`, `schemas/openapi.json`, and documents to test with in `fixtures/`.',
    'What names a capability exists only on servers that list it in `GET /health`; everything else is on every server.',
    '## Endpoints',
    `Any of them may also answer ${codesInWords(EVERYWHERE)}.`,
    table(['', 'method and path', 'capability', 'what it does'], endpointRows(contract)),
    ...Object.entries(contract.ENDPOINTS).map(([name, endpoint]) =>
      endpointSection(contract, name, endpoint),
    ),
    '## Entities and answers',
    'Servers may send more keys than these; a client ignores them. An optional key may be absent or null.',
    ...Object.keys(contract.ANSWER_SCHEMAS).map((name) => schemaSection(contract, schemas, name)),
    '## Bodies',
    'Unknown keys are refused.',
    ...Object.keys(contract.REQUEST_SCHEMAS).map((name) => schemaSection(contract, schemas, name)),
    '## Error codes',
    table(
      ['code', 'status'],
      Object.entries(contract.ERROR_STATUS).map(([code, status]) => [`\`${code}\``, String(status)]),
    ),
    '## Capabilities',
    contract.CAPABILITIES.map((name) => `\`${name}\``).join(' · '),
  ].join('\n\n');
}

/** @param {Contract} contract */
function endpointRows(contract) {
  return Object.entries(contract.ENDPOINTS).map(([name, endpoint]) => [
    `[${name}](#${name.toLowerCase()})`,
    `${endpoint.method} \`${endpoint.path}\``,
    capabilityOf(endpoint) ? `\`${capabilityOf(endpoint)}\`` : '',
    endpoint.about,
  ]);
}

/** @param {Endpoint} endpoint */
const capabilityOf = (endpoint) => endpoint.capability ?? '';

/**
 * @param {Contract} contract
 * @param {string} name
 * @param {Endpoint} endpoint
 */
function endpointSection(contract, name, endpoint) {
  const answer = endpoint.answer ? ` ${link(nameOf(contract, endpoint.answer))}` : '';
  const query = Object.entries(endpoint.query).map(([key, parameter]) => [
    `\`${key}\`${parameter.repeats ? ', may repeat' : ''}`,
    [inWords(inlineSchema(contract, parameter.schema)), defaultText(contract, name, key)]
      .filter(Boolean)
      .join('; '),
    parameter.capability ? `\`${parameter.capability}\`` : '',
  ]);
  const bodyKeys = Object.entries(endpoint.bodyCapabilities).map(
    ([key, capability]) => `\`${key}\` (\`${capability}\`)`,
  );
  return [
    `### ${name}`,
    `${endpoint.method} \`${endpoint.path}\`${endpoint.capability ? ` · capability \`${endpoint.capability}\`` : ''}` +
      `${endpoint.signIn ? '' : ' · no sign-in'}`,
    endpoint.about,
    query.length > 0 && table(['query', 'value', 'capability'], query),
    endpoint.body && `Body: ${link(nameOf(contract, endpoint.body))}.`,
    bodyKeys.length > 0 && `Keys of a capability: ${bodyKeys.join(', ')}.`,
    headersText(endpoint),
    `Answer: ${endpoint.status.join(' or ')}${answer}. Refusals: ${codesInWords(ownCodes(contract, endpoint))}.`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * The codes that not every endpoint has anyway.
 * @param {Contract} contract
 * @param {Endpoint} endpoint
 */
function ownCodes(contract, endpoint) {
  return errorCodes(contract, endpoint).filter((code) => !EVERYWHERE.includes(code));
}

/** @param {string[]} codes */
const codesInWords = (codes) =>
  codes.length > 0 ? codes.map((code) => `\`${code}\``).join(' ') : 'none of its own';

/** @param {Endpoint} endpoint */
function headersText({ headers }) {
  const takes = [
    headers.idempotencyKey && '`Idempotency-Key` (`idempotency`)',
    headers.ifMatch && '`If-Match` (`etag`)',
    headers.ifNoneMatch && '`If-None-Match` (`conditional-get`)',
  ].filter(Boolean);
  const gives = headers.etag
    ? 'Gives `ETag` (`etag`).'
    : headers.ifNoneMatch
      ? 'Gives `ETag` (`conditional-get`).'
      : '';
  return [takes.length > 0 ? `Takes ${takes.join(', ')}.` : '', gives].filter(Boolean).join(' ');
}

/** @param {Contract} contract @param {string} endpoint @param {string} key */
function defaultText(contract, endpoint, key) {
  const value = defaultOf(contract, endpoint, key);
  return value === undefined ? '' : `default ${value}`;
}

/**
 * @param {Contract} contract
 * @param {Map<string, Json>} schemas
 * @param {string} name
 */
function schemaSection(contract, schemas, name) {
  const schema = schemas.get(name) ?? {};
  const required = new Set(schema.required ?? []);
  const rows = Object.entries(schema.properties ?? {}).map(([key, value]) => [
    `\`${key}\`${required.has(key) ? '' : ' ?'}`,
    inWords(value),
  ]);
  const rules = (contract.BEYOND_SCHEMA[name] ?? []).map(({ field, about }) => `- \`${field}\`: ${about}`);
  return [
    `### ${name}`,
    table(['key', 'value'], rows),
    rules.length > 0 && `Beyond the schema:\n\n${rules.join('\n')}`,
  ]
    .filter(Boolean)
    .join('\n\n');
}

/**
 * A JSON schema in a few words.
 * @param {Json} schema
 * @returns {string}
 */
function inWords(schema) {
  if (schema.anyOf) return schema.anyOf.map(inWords).join(' or ');
  if (Array.isArray(schema.type)) return schema.type.join(' or ');
  if (schema.const !== undefined) return `\`${JSON.stringify(schema.const)}\``;
  if (schema.enum)
    return schema.enum.map((/** @type {unknown} */ value) => `\`${JSON.stringify(value)}\``).join(' ');
  if (schema.type === 'array') return `list of ${inWords(schema.items)}`;
  if (schema.type === 'object') return objectInWords(schema);
  if (schema.pattern) return patternInWords(schema.pattern);
  if (schema.type === 'integer') return integerInWords(schema);
  return schema.type ?? 'anything';
}

/** @param {Json} schema */
function objectInWords(schema) {
  if (schema.properties) {
    const required = new Set(schema.required ?? []);
    return `{${Object.keys(schema.properties)
      .map((key) => `\`${key}\`${required.has(key) ? '' : ' ?'}`)
      .join(', ')}}`;
  }
  const keys = schema.propertyNames?.pattern ? patternInWords(schema.propertyNames.pattern) : 'string';
  return `{${keys}: ${inWords(schema.additionalProperties ?? {})}}`;
}

/** @param {Json} schema */
function integerInWords({ minimum, maximum }) {
  const least = minimum > -1e15 ? ` from ${minimum}` : '';
  return `integer${least}${maximum < 1e15 ? ` to ${maximum}` : ''}`;
}

/** @param {string} pattern */
function patternInWords(pattern) {
  const kind = /^\^([a-z]+):/.exec(pattern)?.[1];
  if (kind) return `\`${kind}:7\``;
  if (pattern.startsWith('^#')) return '`#RRGGBB`';
  if (pattern.includes('T(?:')) return 'date and time, ISO 8601';
  if (pattern.startsWith('^[0-9]{4}-')) return 'day `YYYY-MM-DD`';
  const length = /^\^\[\\s\\S\]\{(\d+),(\d+)\}/.exec(pattern);
  if (length) return `string of ${length[1]} to ${length[2]} characters`;
  throw new Error(`The reference page has no words for the pattern ${pattern}.`);
}

/** @param {string} name */
const link = (name) => `[${name}](#${name.toLowerCase()})`;

/** @param {string[]} head @param {string[][]} rows */
function table(head, rows) {
  /** @param {string[]} cells */
  const line = (cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
