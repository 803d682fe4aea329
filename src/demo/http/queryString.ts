import * as z from 'zod/mini';
import { isRealDay } from '../../contract/beyondSchema';
import type { Parameter, Query } from '../../contract/endpoint';
import { sentenceOf } from '../../contract/validateBody';
import { Day } from '../../contract/values';
import { refused } from '../records/apiError';

/**
 * Reads a query as its row of the endpoint table says. Empty values count as absent.
 * @throws ApiError refused: missing, unknown, repeated though it may not, or not what the schema wants
 */
export function readQuery(params: URLSearchParams, query: Query): Record<string, unknown> {
  const texts = new Map<string, string[]>();
  for (const [name, value] of params) if (value !== '') texts.set(name, [...(texts.get(name) ?? []), value]);

  const values: Record<string, unknown> = {};
  for (const [name, given] of texts) {
    const parameter = Object.hasOwn(query, name) ? query[name] : undefined;
    if (!parameter) throw refused(name, `${name} is not a parameter here`);
    if (given.length > 1 && !parameter.repeats) throw refused(name, `${name} may stand only once`);
    const checked = given.map((text) => readValue(name, text, parameter));
    values[name] = parameter.repeats ? checked : checked[0];
  }
  const missing = Object.keys(query).find((name) => query[name]?.required && !texts.has(name));
  if (missing) throw refused(missing, `${missing} is required`);
  return values;
}

function readValue(name: string, text: string, parameter: Parameter): unknown {
  const value = decode(name, text, parameter.decode);
  const parsed = z.safeParse(parameter.schema, value);
  if (!parsed.success) throw refused(name, sentenceOf(name, parsed.error.issues[0], value));
  if (parameter.schema === Day && !isRealDay(text))
    throw refused(name, `${name} is a day that does not exist`);
  return parsed.data;
}

function decode(name: string, text: string, as: Parameter['decode']): unknown {
  if (as === 'integer') {
    if (!/^(?:0|-?[1-9][0-9]*)$/.test(text)) throw refused(name, `${name} must be a whole number`);
    return Number(text);
  }
  if (as === 'boolean') {
    if (text !== 'true' && text !== 'false') throw refused(name, `${name} must be true or false`);
    return text === 'true';
  }
  return text;
}
