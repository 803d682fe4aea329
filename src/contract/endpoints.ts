import * as z from 'zod/mini';
import {
  ActivityAnswer,
  ActivityPage,
  BoardAnswer,
  BoardPage,
  CardAnswer,
  CardPage,
  Changes,
  Flow,
  Groups,
  Health,
  PeopleList,
  Snapshot,
  StageAnswer,
  TagAnswer,
  TagList,
  Token,
} from './answers';
import { type AnswerOf, endpoint, type RequestOf } from './endpoint';
import { BoardDetail, Card, Me } from './entities';
import { RecordNumber, StageId, TagId } from './ids';
import { CardOrder, many, one, paging, required, upTo, view } from './query';
import {
  BoardChanges,
  CardChanges,
  Credentials,
  NewBoard,
  NewCard,
  NewComment,
  NewMember,
  NewStage,
  NewTag,
  StageChanges,
} from './requests';
import { ActivityType, Day, Priority } from './values';

const BOARD = ['INVALID_BOARD_ID', 'BOARD_NOT_FOUND', 'PERMISSION_DENIED'] as const;
const CARD = ['INVALID_CARD_ID', 'CARD_NOT_FOUND', 'PERMISSION_DENIED'] as const;

const boolean = (capability: 'query' | 'my-cards') => one(z.boolean(), 'boolean', capability);

/** The filters of a board's cards; the second half comes with capability `query`. */
const cardFilters = {
  stage: many(StageId),
  tag: many(TagId),
  /** An e-mail, a partner id, or with `query` also `none`. */
  owner: one(z.string()),
  due_from: one(Day),
  due_to: one(Day),
  q: one(z.string()),
  priority: many(Priority, 'query'),
  due: one(z.enum(['none', 'overdue']), 'text', 'query'),
  closed: boolean('query'),
};

/**
 * The only list of routes. From it come the client port and its REST adapter, the demo handler's router, the JSON
 * schemas and the OpenAPI document, and the list that the conformance suite must cover;
 * docs/contract.md is made from it. How often and how much a server takes: docs/limits.md.
 */
export const ENDPOINTS = {
  getHealth: endpoint({
    method: 'GET',
    path: '/health',
    about: 'Whether the server and its database answer, and what it can do beyond the core.',
    signIn: false,
    answer: Health,
  }),
  createToken: endpoint({
    method: 'POST',
    path: '/auth/token',
    about: 'Exchanges a login and password for a token that lasts 24 hours.',
    signIn: false,
    body: Credentials,
    answer: Token,
  }),
  revokeToken: endpoint({
    method: 'DELETE',
    path: '/auth/token',
    about: 'Revokes the token that was presented.',
    capability: 'token-revoke',
    status: [204],
  }),
  getMe: endpoint({
    method: 'GET',
    path: '/me',
    about: 'The signed-in user.',
    capability: 'me',
    answer: Me,
  }),
  listBoards: endpoint({
    method: 'GET',
    path: '/boards',
    about: 'The boards that the user may see.',
    query: paging,
    answer: BoardPage,
  }),
  createBoard: endpoint({
    method: 'POST',
    path: '/boards',
    about: 'Makes a board with the stages To Do, In Progress and Done.',
    body: NewBoard,
    status: [201],
    answer: BoardAnswer,
    headers: { idempotencyKey: true },
    errors: ['PERMISSION_DENIED'],
  }),
  getBoard: endpoint({
    method: 'GET',
    path: '/boards/{board_id}',
    about: 'One board with the number of cards in every stage.',
    answer: BoardDetail,
    headers: { ifNoneMatch: true },
    errors: BOARD,
  }),
  updateBoard: endpoint({
    method: 'PATCH',
    path: '/boards/{board_id}',
    about: 'Changes name, description or visibility; a null description clears it.',
    body: BoardChanges,
    answer: BoardAnswer,
    headers: { idempotencyKey: true },
    errors: BOARD,
  }),
  addMember: endpoint({
    method: 'POST',
    path: '/boards/{board_id}/members',
    about: 'Adds a member, or gives one who is there another role.',
    body: NewMember,
    status: [201],
    answer: BoardAnswer,
    headers: { idempotencyKey: true },
    errors: BOARD,
  }),
  removeMember: endpoint({
    method: 'DELETE',
    path: '/boards/{board_id}/members/{partner_id}',
    about: "Removes a member; the board's manager can't be removed.",
    status: [204],
    headers: { idempotencyKey: true },
    errors: [...BOARD, 'NOT_FOUND', 'CONFLICT'],
  }),
  listCards: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/cards',
    about: "A board's cards: filters combine with AND, values of one filter with OR.",
    query: { ...cardFilters, order: one(CardOrder, 'text', 'query'), view, ...paging },
    answer: CardPage,
    errors: BOARD,
  }),
  listGroups: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/groups',
    about:
      'How many cards each owner, priority, tag or due group holds, under the same filters as the card list.',
    capability: 'query',
    query: { by: required(one(z.enum(['owner', 'priority', 'tag', 'due']))), ...cardFilters },
    answer: Groups,
    errors: BOARD,
  }),
  getSnapshot: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/snapshot',
    about: 'A board and the first cards of every stage, in one request.',
    capability: 'snapshot',
    query: { per_stage: upTo(200), view },
    answer: Snapshot,
    headers: { ifNoneMatch: true },
    errors: BOARD,
  }),
  listChanges: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/changes',
    about: 'What a card answer would show differently since a cursor; without `since` just a cursor.',
    capability: 'changes',
    query: { since: one(z.string()), limit: upTo(500), view },
    answer: Changes,
    errors: BOARD,
  }),
  listPeople: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/people',
    about: 'Who may be assigned or mentioned on this board.',
    capability: 'people',
    query: { q: one(z.string()), limit: upTo(100) },
    answer: PeopleList,
    errors: BOARD,
  }),
  getFlow: endpoint({
    method: 'GET',
    path: '/boards/{board_id}/flow',
    about:
      "Open cards of every stage at each day's end, and those closed that day; at most 400 days, to today.",
    capability: 'flow',
    query: { from: required(one(Day)), to: required(one(Day)) },
    answer: Flow,
    errors: BOARD,
  }),
  createStage: endpoint({
    method: 'POST',
    path: '/boards/{board_id}/stages',
    about: 'Adds a stage, last without `order`.',
    capability: 'stages',
    body: NewStage,
    status: [201],
    answer: StageAnswer,
    headers: { idempotencyKey: true },
    errors: BOARD,
  }),
  updateStage: endpoint({
    method: 'PATCH',
    path: '/stages/{stage_id}',
    about: 'Changes a stage, on every board that shares it.',
    capability: 'stages',
    body: StageChanges,
    answer: StageAnswer,
    headers: { idempotencyKey: true },
    errors: ['NOT_FOUND', 'PERMISSION_DENIED'],
  }),
  deleteStage: endpoint({
    method: 'DELETE',
    path: '/stages/{stage_id}',
    about: 'Deletes a stage that holds no cards.',
    capability: 'stages',
    status: [204],
    headers: { idempotencyKey: true },
    errors: ['NOT_FOUND', 'CONFLICT', 'PERMISSION_DENIED'],
  }),
  listTags: endpoint({
    method: 'GET',
    path: '/tags',
    about: 'Tags by name.',
    capability: 'tags',
    query: { q: one(z.string()), limit: upTo(500) },
    answer: TagList,
  }),
  createTag: endpoint({
    method: 'POST',
    path: '/tags',
    about: 'Makes a tag, or gives the one of that name (200).',
    capability: 'tags',
    body: NewTag,
    status: [201, 200],
    answer: TagAnswer,
    headers: { idempotencyKey: true },
    errors: ['PERMISSION_DENIED'],
  }),
  listMyCards: endpoint({
    method: 'GET',
    path: '/cards',
    about: "The user's own cards over all boards, by due date, then priority.",
    capability: 'my-cards',
    query: {
      owner: one(z.literal('me')),
      closed: boolean('my-cards'),
      due_from: one(Day),
      due_to: one(Day),
      q: one(z.string()),
      view,
      ...paging,
    },
    answer: CardPage,
  }),
  createCard: endpoint({
    method: 'POST',
    path: '/cards',
    about: 'Makes a card.',
    body: NewCard,
    bodyCapabilities: { position: 'position' },
    status: [201],
    answer: CardAnswer,
    headers: { idempotencyKey: true, etag: true },
    errors: ['BOARD_NOT_FOUND', 'PERMISSION_DENIED'],
  }),
  getCard: endpoint({
    method: 'GET',
    path: '/cards/{card_id}',
    about: 'One card.',
    answer: Card,
    headers: { etag: true },
    errors: CARD,
  }),
  updateCard: endpoint({
    method: 'PATCH',
    path: '/cards/{card_id}',
    about: 'Changes what is given; lists replace; null clears texts, day and lists.',
    body: CardChanges,
    bodyCapabilities: {
      position: 'position',
      state: 'card-edit',
      parent_id: 'card-edit',
      dependencies: 'card-edit',
      watchers: 'card-edit',
      active: 'card-edit',
    },
    answer: CardAnswer,
    headers: { idempotencyKey: true, ifMatch: true, etag: true },
    errors: [...CARD, 'PRECONDITION_FAILED'],
  }),
  archiveCard: endpoint({
    method: 'DELETE',
    path: '/cards/{card_id}',
    about: 'Archives a card; it is never erased.',
    status: [204],
    headers: { idempotencyKey: true, ifMatch: true },
    errors: [...CARD, 'PRECONDITION_FAILED'],
  }),
  listActivity: endpoint({
    method: 'GET',
    path: '/cards/{card_id}/activity',
    about: 'What happened to a card, newest first.',
    query: { type: many(ActivityType), ...paging },
    answer: ActivityPage,
    errors: CARD,
  }),
  addComment: endpoint({
    method: 'POST',
    path: '/cards/{card_id}/comments',
    about: 'Adds a comment; the mentioned become followers and are notified.',
    body: NewComment,
    status: [201],
    answer: ActivityAnswer,
    headers: { idempotencyKey: true },
    errors: CARD,
  }),
} as const;

export type EndpointName = keyof typeof ENDPOINTS;
export type EndpointRequest<N extends EndpointName> = RequestOf<(typeof ENDPOINTS)[N]>;
export type EndpointAnswer<N extends EndpointName> = AnswerOf<(typeof ENDPOINTS)[N]>;

/** The schema of a path parameter; a malformed `board_id` or `card_id` has an error code of its own. */
export const PATH_PARAMETERS = { partner_id: RecordNumber, stage_id: StageId };
