import type { PathParams } from '../../contract/endpoint';
import type { ENDPOINTS, EndpointAnswer, EndpointName, EndpointRequest } from '../../contract/endpoints';
import type { IssuedTokens } from '../rules/auth';
import type { UserRecord } from '../records/data';
import type { TagCondition } from './headers';
import type { Transaction } from '../rules/transaction';
import type { World } from '../records/world';

/** A success on its way out: the exact text of the body, null for none. */
export interface Answer {
  status: number;
  text: string | null;
  etag: string | null;
}

/** What an endpoint's function returns. */
export interface Reply<N extends EndpointName> {
  body: EndpointAnswer<N>;
  /** Default: the row's first status. */
  status?: number;
  etag?: string;
}

type QueryOf<N extends EndpointName> =
  EndpointRequest<N> extends { query?: infer Q } ? NonNullable<Q> : never;
type BodyOf<N extends EndpointName> = EndpointRequest<N> extends { body: infer B } ? B : never;

/**
 * One request to one endpoint, past sign-in, size, type and the form of ids and headers. An endpoint's function
 * keeps the contract's order: it finds (404), asks for the right (403), then calls `query` and `body` (400).
 */
export interface Call<N extends EndpointName> {
  world: World;
  now: Date;
  user: (typeof ENDPOINTS)[N]['signIn'] extends false ? null : UserRecord;
  /** The numbers of the path's ids. */
  params: Record<PathParams<(typeof ENDPOINTS)[N]['path']>, number>;
  /** @throws ApiError refused */
  query: () => QueryOf<N>;
  /** @throws ApiError refused */
  body: () => BodyOf<N>;
  /** The body before it is checked, for what must be known first; not JSON: an empty object. */
  peek: () => Record<string, unknown>;
  headers: Headers;
  issued: IssuedTokens;
  ifMatch: TagCondition | null;
  tx: Transaction;
}

export type Endpoints = { [N in EndpointName]: (call: Call<N>) => Reply<N> };
