import type { EndpointAnswer, EndpointRequest } from '../contract/endpoints';
import type { BoardSnapshot } from './snapshot';

/** The endpoints that mutations write through. */
export type WriteName = 'updateCard' | 'createCard' | 'archiveCard' | 'addComment';

/** A call that is ready to be sent. `ifMatch` is given only where the server must refuse a stale change. */
export type WriteCall = {
  [N in WriteName]: { endpoint: N; request: EndpointRequest<N>; ifMatch?: string };
}[WriteName];

export type WriteAnswer = { [N in WriteName]: EndpointAnswer<N> }[WriteName];

/** What the server can do, as far as a request's shape depends on it. */
export interface WriteFeatures {
  position: boolean;
  etag: boolean;
}

/**
 * A user's change. All three functions are pure; what a mutation is made of is plain data, so that it can be
 * written down and made again.
 */
export interface Mutation {
  readonly label: MutationLabel;
  /** The snapshot as it will be. */
  apply(snapshot: BoardSnapshot): BoardSnapshot;
  /** What takes it back, given the snapshot before it; null when nothing can. */
  inverse(snapshot: BoardSnapshot): Mutation | null;
  /** One line a card, given the snapshot before it. */
  requests(snapshot: BoardSnapshot): WriteLine[];
}

export type MutationLabel = 'move' | 'edit' | 'create' | 'comment' | 'archive' | 'restore';

/** One card's part of a mutation: what the outbox holds, sends and confirms by itself. */
export interface WriteLine {
  cardId: string;
  /** Other cards whose earlier lines must be through first: a place below a card that is still moving. */
  waitsFor: readonly string[];
  /** This card's part alone. */
  mutation: Mutation;
  /** The call, from the confirmed snapshot at the moment of sending. */
  call(confirmed: BoardSnapshot, features: WriteFeatures): WriteCall;
  /** Takes the server's answer into the confirmed snapshot. */
  confirm(confirmed: BoardSnapshot, answer: WriteAnswer, etag: string | undefined): BoardSnapshot;
}
