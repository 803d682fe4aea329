import type { TaskboardClient } from '../../../src/client/taskboardClient';
import { TaskboardError } from '../../../src/client/taskboardError';
import type { Capability } from '../../../src/contract/capabilities';
import type { Card } from '../../../src/contract/entities';
import { board } from './builders';

/** A write that waits for the test to say how it ends. */
export interface HeldWrite {
  endpoint: string;
  request: { params?: { card_id: string }; body?: Record<string, unknown> };
  options: { idempotencyKey?: string; ifMatch?: string };
  confirm(value?: unknown, etag?: string): void;
  fail(error: TaskboardError): void;
}

/** A client whose reads come from a list of cards and whose writes are held back. */
export function scriptedClient(cards: Card[], announced: Capability[] = ['position', 'snapshot']) {
  const writes: HeldWrite[] = [];
  const server = {
    cards,
    reads: 0,
    /** The pages of cards that were asked for, with their sizes. */
    pages: [] as [number, number][],
    failCapabilities: undefined as TaskboardError | undefined,
    failReads: undefined as TaskboardError | undefined,
    etag: undefined as string | undefined,
  };
  const read = <T>(value: () => T) => {
    server.reads++;
    return server.failReads
      ? Promise.reject(server.failReads)
      : Promise.resolve({ value: value(), ...(server.etag && { etag: server.etag }) });
  };
  const hold = (endpoint: string) => (request: HeldWrite['request'], options: HeldWrite['options']) =>
    new Promise((resolve, reject) => {
      writes.push({
        endpoint,
        request,
        options,
        confirm: (value, etag) => resolve({ value, ...(etag && { etag }) }),
        fail: reject,
      });
    });
  const inStage = (id: string | undefined) => server.cards.filter(({ stage_id }) => stage_id === id);
  const client = {
    capabilities: () =>
      server.failCapabilities ? Promise.reject(server.failCapabilities) : Promise.resolve(new Set(announced)),
    getSnapshot: ({ query }: { query: { per_stage: number } }) =>
      read(() => ({
        board: board(server.cards),
        cards: ['stage:1', 'stage:2', 'stage:3'].flatMap((id) => inStage(id).slice(0, query.per_stage)),
        cursor: 'c',
      })),
    listCards: ({ query }: { query: { stage: string[]; page: number; limit: number } }) => {
      const { stage, page, limit } = query;
      server.pages.push([page, limit]);
      return read(() => ({ cards: inStage(stage[0]).slice(page * limit, (page + 1) * limit) }));
    },
    getCard: ({ params }: { params: { card_id: string } }) =>
      read(() => server.cards.find(({ card_id }) => card_id === params.card_id)),
    listActivity: () => read(() => ({ activities: [], total: 0, page: 0, limit: 50 })),
    updateCard: hold('updateCard'),
    createCard: hold('createCard'),
    archiveCard: hold('archiveCard'),
    addComment: hold('addComment'),
  } as unknown as TaskboardClient;
  return { client, writes, server };
}

export const refused = (kind: 'permission' | 'network' = 'permission') =>
  new TaskboardError('You have no right to change this task.', { kind, ambiguous: kind === 'network' });
