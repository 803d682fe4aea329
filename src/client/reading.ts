import * as z from 'zod/mini';
import { Board, BoardDetail, Card, Partner } from '../contract/entities';
import { ActivityType, Count, Priority, Role, Timestamp, Visibility } from '../contract/values';
import { isTooLong, MAX_SHORT, shortened } from './lengths';

// Reads what a server sends value by value. What can't be read costs that value, or the element that is nothing without
// it, and never the list around it: one task with a value of some module's own must not take a whole board away. The
// contract's hard stop is for its version. Nor may a text be of any length: what is too long is cut, and marked like what
// can't be read, since writing it back would lose the rest.

/** An object of an answer some of whose values could not be read: something harmless stands in their places. */
export type Marked<T> = T & { readonly unreadable?: readonly string[] };

/** The keys of an object whose values could not be read, or not all of them: they must not be written back. */
export const unreadableIn = (value: object): readonly string[] => (value as Marked<object>).unreadable ?? [];

export interface Reading {
  value: unknown;
  /** Elements of the answer's own list that could not be read. */
  leftOut: number;
}

/** Why nothing could be read: the path to the first value, in the contract's own words. */
export class Unreadable {
  constructor(readonly path: string) {}
}

/** What stands for a value that must be there. A schema that is not listed is what its object is known by. */
const STAND_INS = new Map<unknown, unknown>([
  [Priority, '1'],
  [Timestamp, '1970-01-01T00:00:00Z'],
  [Visibility, 'private'],
  [Role, 'viewer'],
  [ActivityType, 'field_update'],
  [Count, 0],
]);

/** Texts and numbers by their keys: their schemas are others', too. */
const TEXTS = new Set(['title', 'name', 'email', 'text', 'label']);
const NUMBERS = new Set(['order']);

/** Lists that are written back with all that stands in their elements; of others only the ids are. */
const WRITTEN_WITH_ELEMENTS = new Set(['checklist']);
const isAnyMarked = (list: unknown) =>
  Array.isArray(list) && list.some((each) => isObject(each) && unreadableIn(each).length > 0);

/** So many values are checked in one go, and may then all be wrong: an issue takes half a kilobyte. */
const IN_ONE_GO = 1_000;

/** Where so much of a list can't be read, it is no list of the contract's. */
const MOST_LEFT_OUT = 500;

/** Their lists are a part of them; any other answer is a page of a list. */
const THINGS = new Set<z.ZodMiniType>([Board, BoardDetail, Card]);

/** @returns the answer as far as it can be read */
export function readAnswer(schema: z.ZodMiniType, body: unknown): Reading | Unreadable {
  const left = { out: 0 };
  const value = read(schema, body, { path: '', ...(!THINGS.has(schema) && { left }) });
  return value instanceof Unreadable ? value : { value, leftOut: left.out };
}

interface Place {
  path: string;
  /** Where elements that are left out count: only of the answer's own lists. */
  left?: { out: number };
}

/** The part of a zod schema's definition that is gone through here. */
interface Def {
  type: string;
  shape: Record<string, z.ZodMiniType>;
  element: z.ZodMiniType;
  innerType: z.ZodMiniType;
  keyType: z.ZodMiniType;
  valueType: z.ZodMiniType;
}

const defOf = (schema: z.ZodMiniType) => schema._zod.def as unknown as Def;

function read(schema: z.ZodMiniType, value: unknown, place: Place): unknown {
  const def = defOf(schema);
  const isWhole = def.type !== 'object' && def.type !== 'array' && def.type !== 'record';
  if (isWhole ? def.type !== 'optional' && def.type !== 'nullable' : weigh(value, IN_ONE_GO) > 0) {
    const parsed = z.safeParse(schema, value);
    if (parsed.success) return parsed.data;
    if (isWhole) return new Unreadable(place.path);
  }
  switch (def.type) {
    case 'object':
      return isObject(value) ? readObject(def.shape, value, place) : new Unreadable(place.path);
    case 'array':
      return Array.isArray(value) ? readList(def.element, value, place).read : new Unreadable(place.path);
    case 'record':
      return isObject(value) ? readRecord(def, value) : new Unreadable(place.path);
    default: // may be null or absent
      if (value !== null && value !== undefined) return read(def.innerType, value, place);
      return z.safeParse(schema, value).success ? value : new Unreadable(place.path);
  }
}

function readObject(
  shape: Record<string, z.ZodMiniType>,
  value: Record<string, unknown>,
  { path, left }: Place,
): unknown {
  const whole: Record<string, unknown> = {};
  const unreadable: string[] = [];
  for (const [key, schema] of Object.entries(shape)) {
    const own = Object.hasOwn(value, key) ? value[key] : undefined;
    const place = { path: path === '' ? key : `${path}.${key}` };
    const list = Array.isArray(own) && listIn(schema);
    let found: unknown;
    if (list) {
      const { read, out } = readList(list, own as unknown[], place);
      found = read;
      // A list of the answer's own counts what it lacks; one of a card's is not the card's whole list any more.
      if (left) left.out += out;
      else if (out > 0 || (WRITTEN_WITH_ELEMENTS.has(key) && isAnyMarked(read))) unreadable.push(key);
    } else found = read(schema, own, place);
    if (typeof found === 'string' && isTooLong(key, found)) {
      found = shortened(key, found) ?? standInFor(key, schema, '');
      if (found === undefined) return new Unreadable(place.path);
      unreadable.push(key);
    } else if (found instanceof Unreadable) {
      // The answer's own list is what was asked for: none is not the same as an empty one.
      const instead = left && listIn(schema) ? undefined : standInFor(key, schema, own);
      if (instead === undefined) return found;
      found = instead;
      unreadable.push(key);
    }
    if (found !== undefined) whole[key] = found;
  }
  return unreadable.length > 0 ? { ...whole, unreadable } : whole;
}

/** The schema of a list's elements, if a schema is of a list. */
function listIn(schema: z.ZodMiniType): z.ZodMiniType | undefined {
  const def = defOf(schema);
  if (def.type === 'optional' || def.type === 'nullable') return listIn(def.innerType);
  return def.type === 'array' ? def.element : undefined;
}

/** @returns the list without what can't be read of it, and how much that is */
function readList(
  element: z.ZodMiniType,
  values: readonly unknown[],
  { path }: Place,
): { read: unknown; out: number } {
  const list: unknown[] = [];
  let out = 0;
  for (const [index, value] of values.entries()) {
    const found = read(element, value, { path: `${path}.${index}` });
    if (!(found instanceof Unreadable || isLong(found))) list.push(found);
    else if (++out > MOST_LEFT_OUT)
      return { read: found instanceof Unreadable ? found : new Unreadable(path), out };
  }
  return { read: list, out };
}

function readRecord({ keyType, valueType }: Def, value: Record<string, unknown>): Record<string, unknown> {
  const entries = Object.entries(value).filter(
    ([key, each]) =>
      !isLong(key) &&
      !isLong(each) &&
      z.safeParse(keyType, key).success &&
      z.safeParse(valueType, each).success,
  );
  return Object.fromEntries(entries);
}

function standInFor(key: string, schema: z.ZodMiniType, own: unknown): unknown {
  const { type, innerType } = defOf(schema);
  if (type === 'optional' || type === 'nullable') return null;
  if (type === 'array') return [];
  if (type === 'record') return {};
  if (type === 'boolean') return false;
  if (schema === Partner) return nobody(own);
  if (TEXTS.has(key)) return typeof own === 'number' ? String(own) : '';
  return STAND_INS.get(schema) ?? (NUMBERS.has(key) ? 0 : innerType && standInFor(key, innerType, own));
}

/** A person who can't be told from others: a deleted one, of whom a name may be left. */
function nobody(own: unknown): Partner {
  const { name } = isObject(own) ? own : {};
  return { partner_id: 0, email: '', name: typeof name === 'string' ? name.slice(0, MAX_SHORT) : '' };
}

/** Nothing of the contract that stands in a list or is a key by itself is so long. */
const isLong = (value: unknown): boolean => typeof value === 'string' && value.length > MAX_SHORT;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is left of `budget` after counting the values within a value; none once one of them is a long text. */
function weigh(value: unknown, budget: number): number {
  let rest = budget - 1;
  if (isLong(value)) return 0;
  if (typeof value !== 'object' || value === null) return rest;
  if (Array.isArray(value)) {
    if (value.length >= rest) return 0;
    for (const each of value) if ((rest = weigh(each, rest)) <= 0) return 0;
    return rest;
  }
  for (const key in value)
    if (isLong(key) || (rest = weigh((value as Record<string, unknown>)[key], rest)) <= 0) return 0;
  return rest;
}
