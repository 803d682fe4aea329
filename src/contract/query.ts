import * as z from 'zod/mini';
import type { Capability } from './capabilities';
import type { Parameter } from './endpoint';
import { Count } from './values';

/** A parameter that may stand once. */
export const one = <S extends z.ZodMiniType>(
  schema: S,
  decode: Parameter['decode'] = 'text',
  capability?: Capability,
): Parameter<S, false> => ({ schema, decode, repeats: false, ...(capability && { capability }) });

/** A parameter that may repeat; its values are alternatives. */
export const many = <S extends z.ZodMiniType>(schema: S, capability?: Capability): Parameter<S, true> => ({
  schema,
  decode: 'text',
  repeats: true,
  ...(capability && { capability }),
});

/** A parameter that may not be left out. */
export const required = <P extends Parameter>(parameter: P): P & { required: true } => ({
  ...parameter,
  required: true,
});

const limit = (most: number) => one(z.int().check(z.gte(1), z.lte(most)), 'integer');

/** `page` from 0 and `limit` 1 to 500. */
export const paging = { page: one(Count, 'integer'), limit: limit(500) };

export const upTo = limit;

/** Page sizes when `limit` is absent. */
export const DEFAULT_LIMITS = {
  listBoards: 20,
  listCards: 100,
  listMyCards: 100,
  listActivity: 50,
  listChanges: 200,
  listPeople: 20,
  listTags: 20,
  perStage: 80,
} as const;

/** `view=summary` leaves out texts and checklists. */
export const view = one(z.literal('summary'), 'text', 'snapshot');

/** The orders that capability `query` offers; a leading `-` reverses. */
export const CardOrder = z.enum([
  'position',
  '-position',
  'priority',
  '-priority',
  'due',
  '-due',
  'created',
  '-created',
  'updated',
  '-updated',
  'title',
  '-title',
]);
