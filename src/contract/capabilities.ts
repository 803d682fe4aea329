/** What a server may announce in `GET /health` beyond the frozen core; a client uses only what is listed. */
export const CAPABILITIES = [
  'me',
  'token-revoke',
  'my-cards',
  'position',
  'etag',
  'idempotency',
  'changes',
  'snapshot',
  'query',
  'people',
  'tags',
  'card-facts',
  'card-edit',
  'board-facts',
  'stages',
  'flow',
  'conditional-get',
] as const;

export type Capability = (typeof CAPABILITIES)[number];
