import type { Capability } from '../../src/contract/capabilities';
import type { EndpointName } from '../../src/contract/endpoints';
import type { Fetch } from './api';

/** Somebody else than the owner of the main token: an internal user without manager rights, or a portal user. */
export type OtherUser = 'contributor' | 'viewer';

/** A server that runs. `token` belongs to a user who may make boards. */
export interface Running {
  /** The origin, without the base path. */
  url: string;
  token: string;
  /** A login that can be exchanged for a token; need not be the token's own user. */
  login?: { username: string; password: string } | undefined;
  /** A token of that user, or null when the server has none. */
  asUser?(role: OtherUser): Promise<string | null>;
  /** The value of a `session_id` cookie of the token's user. */
  session?(): Promise<string>;
  /** Takes the server's database away while `during` runs, and brings it back. */
  outage?(during: () => Promise<void>): Promise<void>;
  /** What requests go through, instead of the global `fetch`. */
  through?: Fetch;
  stop(): Promise<void>;
}

/** What the conformance suite runs against. */
export interface Backend {
  name: string;
  /** Capabilities that `/health` must list; without it, whatever the server lists is tested. */
  announces?: readonly Capability[];
  /** Endpoints of the core that a server under construction does not have yet. */
  lacks?: readonly EndpointName[];
  /** @param context of the suite's `before`, to skip it or give it more time */
  start(context: Mocha.Context): Promise<Running>;
}
