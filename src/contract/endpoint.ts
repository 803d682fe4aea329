// Room: src/contract: the wire of contract 1.0.0: its entities, requests, answers, errors and routes, as data.
// Owner: nobody may change what is published; what is added is optional, behind a capability.
// Source: docs/contract.md, schemas/openapi.json (both made from here); docs/limits.md.

import type * as z from 'zod/mini';
import type { Capability } from './capabilities';
import type { ErrorCode } from './errors';

export type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE';

/** How a query parameter is read from the text of a URL before its schema sees it. */
export interface Parameter<Schema extends z.ZodMiniType = z.ZodMiniType, Repeats extends boolean = boolean> {
  schema: Schema;
  decode: 'text' | 'integer' | 'boolean';
  /** Whether it may stand more than once; its value is then a list. */
  repeats: Repeats;
  /** Refused when it is absent. */
  required?: boolean;
  /** Unknown to servers that do not announce it. */
  capability?: Capability;
}

export type Query = Record<string, Parameter>;

/** One row of the endpoint table: everything that its readers (client, demo handler, schemas, docs) need. */
export interface Endpoint {
  method: Method;
  /** Below `BASE_PATH`, with `{name}` for path parameters. */
  path: string;
  about: string;
  /** Whether the caller must be signed in. */
  signIn: boolean;
  /** Unknown (404) on servers that do not announce it; absent = part of 1.0.0. */
  capability?: Capability;
  query: Query;
  body: z.ZodMiniType | null;
  /** Keys of the body that need a capability of their own. */
  bodyCapabilities: Partial<Record<string, Capability>>;
  /** Success statuses; a 204 has no body. */
  status: readonly number[];
  answer: z.ZodMiniType | null;
  headers: { idempotencyKey?: true; ifMatch?: true; ifNoneMatch?: true; etag?: true };
  /** What may go wrong beside what every endpoint may say. */
  errors: readonly ErrorCode[];
}

type Defaults = {
  signIn: true;
  query: Record<never, never>;
  body: null;
  bodyCapabilities: Record<never, never>;
  status: readonly [200];
  answer: null;
  headers: Record<never, never>;
  errors: readonly [];
};

type Row = Pick<Endpoint, 'method' | 'path' | 'about'> & Partial<Endpoint>;

const DEFAULTS: Defaults = {
  signIn: true,
  query: {},
  body: null,
  bodyCapabilities: {},
  status: [200],
  answer: null,
  headers: {},
  errors: [],
};

/** Fills a row's defaults and keeps its exact types. */
export const endpoint = <const R extends Row>(row: R): Omit<Defaults, keyof R> & R => ({
  ...DEFAULTS,
  ...row,
});

/** The `{names}` in a path template. */
export type PathParams<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | PathParams<Rest>
  : never;

type ValueOf<P> =
  P extends Parameter<infer Schema, infer Repeats>
    ? Repeats extends true
      ? z.infer<Schema>[]
      : z.infer<Schema>
    : never;

type RequiredNames<Q> = { [K in keyof Q]: Q[K] extends { required: true } ? K : never }[keyof Q];

type QueryValues<Q> = { [K in Exclude<keyof Q, RequiredNames<Q>>]?: ValueOf<Q[K]> } & {
  [K in RequiredNames<Q>]: ValueOf<Q[K]>;
};

type Part<Key extends string, T, Optional extends boolean> = Optional extends true
  ? { [K in Key]?: T }
  : { [K in Key]: T };

/** What a caller gives for an endpoint: `params` of the path, `query`, `body`, as far as the row has them. */
export type RequestOf<E extends Pick<Endpoint, 'path' | 'query' | 'body'>> = ([
  PathParams<E['path']>,
] extends [never]
  ? unknown
  : Part<'params', Record<PathParams<E['path']>, string | number>, false>) &
  ([keyof E['query']] extends [never]
    ? unknown
    : Part<'query', QueryValues<E['query']>, [RequiredNames<E['query']>] extends [never] ? true : false>) &
  (E['body'] extends z.ZodMiniType ? Part<'body', z.infer<E['body']>, false> : unknown);

/** The checked body of a success; nothing for a 204. */
export type AnswerOf<E extends Pick<Endpoint, 'answer'>> = E['answer'] extends z.ZodMiniType
  ? z.infer<E['answer']>
  : undefined;

/** The names in a path template, in order. */
export function pathParams(path: string): string[] {
  return [...path.matchAll(/\{([a-z_]+)\}/g)].map((match) => match[1] ?? '');
}
