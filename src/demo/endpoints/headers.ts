import { refused } from '../records/apiError';

/** The tags of an `If-Match` or `If-None-Match`: `*`, or a list. */
export type TagCondition = '*' | { weak: boolean; tag: string }[];

const ENTITY_TAG = /^\s*(W\/)?("[\x21\x23-\x7e\x80-\xff]*")\s*(?:,|$)/;

/** @throws ApiError refused, with the header as the field, when it is no list of quoted tags */
export function parseTagCondition(headers: Headers, name: string): TagCondition | null {
  const value = headers.get(name);
  if (value === null) return null;
  if (value.trim() === '*') return '*';
  const tags: { weak: boolean; tag: string }[] = [];
  let rest = value;
  while (rest.trim() !== '') {
    const match = ENTITY_TAG.exec(rest);
    if (!match) break;
    tags.push({ weak: match[1] !== undefined, tag: match[2] ?? '' });
    rest = rest.slice(match[0].length);
  }
  if (tags.length === 0 || rest.trim() !== '')
    throw refused(name, `${name} must be * or a list of entity tags in double quotes.`);
  return tags;
}

/** `If-Match` compares strongly (RFC 9110, 8.8.3.2): a weak tag matches nothing. */
export const matchesStrongly = (condition: TagCondition, tag: string): boolean =>
  condition === '*' || condition.some((each) => !each.weak && each.tag === tag);

/** `If-None-Match` compares weakly. */
export const matchesWeakly = (condition: TagCondition, tag: string): boolean =>
  condition === '*' || condition.some((each) => each.tag === tag);

const UUID = /^("?)([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\1$/;

/** A UUID, quotes optional, in lower case. @throws ApiError refused */
export function parseIdempotencyKey(headers: Headers): string | null {
  const value = headers.get('idempotency-key');
  if (value === null) return null;
  const key = UUID.exec(value.trim().toLowerCase())?.[2];
  if (key === undefined) throw refused('Idempotency-Key', 'Idempotency-Key must be a UUID.');
  return key;
}
