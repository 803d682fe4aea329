import * as z from 'zod/mini';
import { BEYOND_SCHEMA } from './beyondSchema';
import { REQUEST_SCHEMAS } from './schemas';

/** The first fault of a body: `field` is its top-level key, or `body` when it is no object at all. */
export interface BodyFault {
  field: string;
  message: string;
}

export type CheckedBody<T> = { ok: true; body: T } | { ok: false; fault: BodyFault };

const NAMES = new Map<unknown, string>(
  Object.entries(REQUEST_SCHEMAS).map(([name, schema]) => [schema, name]),
);

/**
 * Checks a parsed request body against its schema and the rules beyond it.
 * @returns the body, or the first fault, as a server reports it with `VALIDATION_ERROR`
 */
export function validateBody<S extends z.ZodMiniType>(schema: S, value: unknown): CheckedBody<z.infer<S>> {
  const parsed = z.safeParse(schema, value);
  if (!parsed.success) return { ok: false, fault: faultOf(parsed.error.issues[0]) };
  const body = parsed.data as Record<string, unknown>;
  for (const rule of BEYOND_SCHEMA[NAMES.get(schema) ?? ''] ?? []) {
    const message = rule.check(body[rule.field]);
    if (message) return { ok: false, fault: { field: rule.field, message } };
  }
  return { ok: true, body: parsed.data };
}

function faultOf(issue: z.core.$ZodIssue | undefined): BodyFault {
  if (issue?.code === 'unrecognized_keys' && issue.path.length === 0) {
    const field = issue.keys[0] ?? 'body';
    return { field, message: `${field} is not known here` };
  }
  const field = String(issue?.path[0] ?? 'body');
  const at = issue && issue.path.length > 1 ? `${issue.path.join('.')}: ` : '';
  return { field, message: `${at}${issue?.message ?? 'is not valid'}` };
}
