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
  if (!parsed.success) return { ok: false, fault: faultOf(parsed.error.issues[0], value) };
  const body = parsed.data as Record<string, unknown>;
  for (const rule of BEYOND_SCHEMA[NAMES.get(schema) ?? ''] ?? []) {
    const message = rule.check(body[rule.field]);
    if (message) return { ok: false, fault: { field: rule.field, message } };
  }
  return { ok: true, body: parsed.data };
}

function faultOf(issue: z.core.$ZodIssue | undefined, body: unknown): BodyFault {
  const [field, ...path] = issue?.path ?? [];
  if (issue?.code === 'unrecognized_keys' && field === undefined) {
    const key = issue.keys[0] ?? 'body';
    return { field: key, message: `${key} is not known here` };
  }
  if (field === undefined) return { field: 'body', message: 'The body must be a JSON object' };
  const value = (body as Record<PropertyKey, unknown> | null)?.[field];
  return { field: String(field), message: sentenceOf(String(field), issue && { ...issue, path }, value) };
}

/**
 * Says what is wrong with a value, beginning with its name: zod/mini itself only says "Invalid input".
 * @param name of the parameter or key
 * @param issue its path is relative to the value
 */
export function sentenceOf(name: string, issue: z.core.$ZodIssue | undefined, value: unknown): string {
  if (!issue) return `${name} is not valid`;
  const steps = issue.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`));
  const what = [name, ...steps].join('');
  const found = issue.path.reduce<unknown>(
    (inside, step) => (inside as Record<PropertyKey, unknown>)?.[step],
    value,
  );
  if (issue.code === 'unrecognized_keys') return `${what}.${issue.keys[0] ?? ''} is not known here`;
  if (found === undefined) return `${what} is required`;
  if (issue.message !== 'Invalid input') return `${what} ${issue.message}`;
  return `${what} ${expectation(issue)}${found === null ? ', not null' : ''}`;
}

const TYPES: Record<string, string> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
};

function expectation(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value': {
      const values = issue.values.map((value) => JSON.stringify(value));
      return values.length === 1 ? `must be ${values[0]}` : `must be one of ${values.join(', ')}`;
    }
    case 'too_small':
      if (issue.origin === 'string')
        return issue.minimum === 1 ? 'must not be empty' : `must have at least ${issue.minimum} characters`;
      return `must be at least ${issue.minimum}`;
    case 'too_big':
      if (issue.origin === 'string') return `must have at most ${issue.maximum} characters`;
      if (issue.origin === 'array') return `must have at most ${issue.maximum} entries`;
      return `must be at most ${issue.maximum}`;
    default:
      return 'is not valid';
  }
}
