// Room: src/client: the port to a server, its REST adapter, and all that may come back, as values or as a TaskboardError.
// Owner: whoever makes a client: it keeps the pace and the capabilities of one connection, nothing else.
// Source: docs/contract.md; docs/limits.md.

import type { Capability } from '../contract/capabilities';
import type { EndpointAnswer, EndpointName, EndpointRequest } from '../contract/endpoints';

export interface CallOptions {
  /** Ends the call; it then rejects with the signal's reason. */
  signal?: AbortSignal;
  /** A UUID: the server does the same write only once (`idempotency`). */
  idempotencyKey?: string;
  /** Writes only if the card still has this entity tag (`etag`). */
  ifMatch?: string;
  /** The how-manieth try of the same thing it is, from 1; for the log. */
  attempt?: number;
}

/** A checked success: the body, and the entity tag of a card when the server gave one. */
export interface Reply<T> {
  value: T;
  etag?: string;
  /** How many elements of the answer's list could not be read, and are not in it; absent for none. */
  leftOut?: number;
}

type EndpointMethods = {
  [N in EndpointName]: (
    request: EndpointRequest<N>,
    options?: CallOptions,
  ) => Promise<Reply<EndpointAnswer<N>>>;
};

/**
 * A taskboard server: one method an endpoint, all failures as `TaskboardError`. Endpoints of a capability must only
 * be called when the server announces it.
 */
export interface TaskboardClient extends EndpointMethods {
  /** What the server announced; asked once, then remembered. */
  capabilities(options?: CallOptions): Promise<ReadonlySet<Capability>>;
}
