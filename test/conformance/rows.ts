import type { Capability } from '../../src/contract/capabilities';
import type { EndpointName } from '../../src/contract/endpoints';
import type { OtherUser } from './backend';
import type { World } from './world';

/**
 * What a row needs beyond the core: a capability, an endpoint that is served, a login, a session cookie, a database that can go
 * away, another user's token, another person to assign, a tag to give, or something that the server does not announce.
 */
export type Need =
  | Capability
  | EndpointName
  | 'login'
  | 'session'
  | 'outage'
  | 'someone'
  | 'tag'
  | 'unannounced'
  | `as:${OtherUser}`;

/** One behaviour that a client would notice. */
export interface Row {
  title: string;
  needs: readonly Need[];
  run(world: World): Promise<void>;
}

export interface Part {
  title: string;
  rows: Row[];
}

export const part = (title: string, rows: Row[]): Part => ({ title, rows });

export const row = (title: string, needs: readonly Need[], run: Row['run']): Row => ({ title, needs, run });
