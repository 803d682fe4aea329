import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { CAPABILITIES } from '../../src/contract/capabilities';
import type { Endpoint } from '../../src/contract/endpoint';
import {
  ENDPOINTS,
  type EndpointAnswer,
  type EndpointName,
  type EndpointRequest,
} from '../../src/contract/endpoints';
import type { Board, Card, Partner, Stage, Tag } from '../../src/contract/entities';
import type { NewCard } from '../../src/contract/requests';
import { isAnswerOf } from './answers';
import { type Ask, isRefusal, type QueryValue, type Reply, send } from './api';
import type { Backend, OtherUser, Running } from './backend';
import type { Need } from './rows';

export interface Extras {
  /** Null: not signed in. Absent: the main token. */
  token?: string | null;
  headers?: Record<string, string>;
}

/** A request of any shape, also of a wrong one. Path parameters go out as they are given. */
export interface LooseRequest extends Extras {
  params?: Record<string, string | number>;
  query?: Record<string, QueryValue>;
  body?: unknown;
}

export interface Success<N extends EndpointName> extends Reply {
  body: EndpointAnswer<N>;
}

type RequestArgument<N extends EndpointName> =
  object extends EndpointRequest<N>
    ? [request?: EndpointRequest<N> & Extras]
    : [request: EndpointRequest<N> & Extras];

const OTHER_USERS: readonly OtherUser[] = ['contributor', 'viewer'];

/** A running server with the board, cards and people that the rows work on; it makes its own through the API. */
export class World {
  readonly capabilities = new Set<string>();
  /** Endpoints that have answered a success. */
  readonly called = new Set<EndpointName>();
  readonly users = new Map<OtherUser, string>();
  /** Other people who may be assigned. */
  others: Partner[] = [];
  /** Tags that may be given. */
  tags: Tag[] = [];
  private made: string[] = [];
  private shared: { board: Board; card: Card } | undefined;

  private constructor(
    readonly backend: Pick<Backend, 'lacks'>,
    readonly running: Running,
  ) {}

  /** Starts the backend, looks at what it announces and makes the shared board and card. */
  static async open(backend: Backend, context: Mocha.Context): Promise<World> {
    return World.on(await backend.start(context), backend);
  }

  /** The same on a server that runs. */
  static async on(running: Running, backend: Pick<Backend, 'lacks'> = {}): Promise<World> {
    const world = new World(backend, running);
    try {
      await world.prepare();
    } catch (error) {
      await world.running.stop();
      throw error;
    }
    return world;
  }

  /** Archives the cards that were made (boards can't be erased over the wire) and stops the backend. */
  async close(): Promise<void> {
    for (const card_id of this.made) await this.send('archiveCard', { params: { card_id } }).catch(() => {});
    await this.running.stop();
  }

  private async prepare(): Promise<void> {
    const health = await this.call('getHealth', { token: null });
    for (const name of health.body.capabilities ?? []) this.capabilities.add(name);
    for (const role of OTHER_USERS) {
      const token = await this.running.asUser?.(role);
      if (token) this.users.set(role, token);
    }
    const { board } = (await this.call('createBoard', { body: { name: unique('Shared board') } })).body;
    const card = await this.newCard(placeOn(board));
    this.shared = { board, card };
    this.others = await this.findOthers(board);
    this.tags = await this.findTags();
  }

  /** Those first who surely may be assigned: an internal user, then managers. */
  private async findOthers(board: Board): Promise<Partner[]> {
    const contributor = this.users.get('contributor');
    const sure =
      contributor && this.has('me') ? [(await this.call('getMe', { token: contributor })).body.partner] : [];
    const people = this.has('people')
      ? (await this.call('listPeople', { params: board, query: { limit: 100 } })).body.people
      : await this.findMembers();
    const byId = new Map([...sure, ...people].map((partner) => [partner.partner_id, partner]));
    byId.delete(board.owner.partner_id);
    return [...byId.values()].filter(({ email }) => email !== '');
  }

  private async findMembers(): Promise<Partner[]> {
    const { boards } = (await this.call('listBoards', { query: { limit: 100 } })).body;
    const members = boards.flatMap((board) => board.members);
    return ['admin', 'manager', 'contributor'].flatMap((role) =>
      members.filter((member) => member.role === role),
    );
  }

  private async findTags(): Promise<Tag[]> {
    if (!this.has('tags')) {
      const { boards } = (await this.call('listBoards', { query: { limit: 100 } })).body;
      const byId = new Map(boards.flatMap(({ tags }) => tags).map((tag) => [tag.tag_id, tag]));
      return [...byId.values()].slice(0, 2);
    }
    const make = async () => (await this.call('createTag', { body: { name: unique('tag') } })).body.tag;
    return [await make(), await make()];
  }

  /** The board that most rows share; it holds the card below, and cards of other rows. */
  get board(): Board {
    assert.ok(this.shared);
    return this.shared.board;
  }

  /** The card that refused requests aim at: nothing may ever change it. */
  get card(): Card {
    assert.ok(this.shared);
    return this.shared.card;
  }

  /** The user of the main token. */
  get me(): Partner {
    return this.board.owner;
  }

  /** Another person who may be assigned; only in rows that need `someone`. */
  get someone(): Partner {
    const [first] = this.others;
    assert.ok(first, 'this row needs another person');
    return first;
  }

  /** Whether the server has what a row needs. */
  has(need: Need): boolean {
    if (need === 'login') return this.running.login !== undefined;
    if (need === 'session') return this.running.session !== undefined;
    if (need === 'outage') return this.running.outage !== undefined;
    if (need === 'someone') return this.others.length > 0;
    if (need === 'tag') return this.tags.length > 1;
    if (need === 'unannounced') return CAPABILITIES.some((name) => !this.capabilities.has(name));
    if (need === 'as:contributor') return this.users.has('contributor');
    if (need === 'as:viewer') return this.users.has('viewer');
    if (need in ENDPOINTS) return this.serves(need as EndpointName);
    return this.capabilities.has(need);
  }

  private serves(name: EndpointName): boolean {
    const { capability }: Endpoint = ENDPOINTS[name];
    return (!capability || this.capabilities.has(capability)) && !this.backend.lacks?.includes(name);
  }

  /** Calls an endpoint and asserts that it succeeds, with an answer as the contract has it. */
  async call<N extends EndpointName>(name: N, ...[request]: RequestArgument<N>): Promise<Success<N>> {
    const reply = await this.send(name, request);
    const { method, path, status } = ENDPOINTS[name];
    const said = `${method} ${path} → ${reply.status} ${reply.text.slice(0, 1000)}`;
    assert.ok((status as readonly number[]).includes(reply.status), `${said}\nis not ${status.join(' or ')}`);
    isAnswerOf(name, reply.body, said);
    this.called.add(name);
    if (name === 'createCard') this.made.push((reply.body as { card: Card }).card.card_id);
    return reply as Success<N>;
  }

  /** Calls an endpoint, perhaps wrongly, and asserts the refusal; gives the error. */
  async refused(name: EndpointName, request: LooseRequest, code: string, field?: string) {
    return isRefusal(await this.send(name, request), code, field);
  }

  /** Calls an endpoint and gives what comes. */
  async send(name: EndpointName, request: LooseRequest = {}): Promise<Reply> {
    const { params, body, ...rest } = request;
    return this.raw(ENDPOINTS[name].method, pathOf(name, params), { ...rest, json: body });
  }

  /** Any request, signed in with the main token unless told otherwise. */
  async raw(method: string, path: string, ask: Ask = {}): Promise<Reply> {
    const token = ask.token === undefined ? this.running.token : ask.token;
    return send(this.running.url, method, path, { ...ask, token }, this.running.through);
  }

  /** A board of its own, for rows that count or order. */
  async newBoard(changes: { name?: string; visibility?: Board['visibility'] } = {}): Promise<Board> {
    return (await this.call('createBoard', { body: { name: unique('Board'), ...changes } })).body.board;
  }

  /** A card; on the first stage of the shared board unless told otherwise. */
  async newCard(changes: Partial<NewCard> = {}, extras: Extras = {}): Promise<Card> {
    const place = this.shared && placeOn(this.board);
    const body = { title: unique('Card'), ...place, ...changes } as NewCard;
    return (await this.call('createCard', { body, ...extras })).body.card;
  }

  /** Cards with these titles on a new board, in its first stage unless `changes` say otherwise. */
  async newCards(board: Board, changes: readonly Partial<NewCard>[]): Promise<Card[]> {
    const cards: Card[] = [];
    for (const each of changes) cards.push(await this.newCard({ ...placeOn(board), ...each }));
    return cards;
  }

  async getCard(card: Pick<Card, 'card_id'>): Promise<Card> {
    return (await this.call('getCard', { params: { card_id: card.card_id } })).body;
  }

  async updateCard(card: Pick<Card, 'card_id'>, body: EndpointRequest<'updateCard'>['body']): Promise<Card> {
    return (await this.call('updateCard', { params: { card_id: card.card_id }, body })).body.card;
  }

  async archive(card: Pick<Card, 'card_id'>): Promise<void> {
    await this.call('archiveCard', { params: { card_id: card.card_id } });
  }

  async listCards(board: Board, query: EndpointRequest<'listCards'>['query'] = {}): Promise<Card[]> {
    return (await this.call('listCards', { params: { board_id: board.board_id }, query })).body.cards;
  }
}

/** The path of an endpoint below the base path. */
export function pathOf(name: EndpointName, params: Record<string, unknown> = {}): string {
  return ENDPOINTS[name].path.replace(/\{([a-z_]+)\}/g, (_, key: string) => {
    assert.ok(key in params, `${name} needs the path parameter ${key}`);
    return String(params[key]);
  });
}

/** A name that no other run has made. */
export const unique = (what: string): string => `${what} ${randomUUID().slice(0, 13)}`;

/** The stage at a place of a board, from 0. */
export function stageOf(board: Board, index: number): Stage {
  const stage = board.stages[index];
  assert.ok(stage, `the board ${board.board_id} has no stage number ${index}`);
  return stage;
}

/** Where a new card goes: the first stage of a board. */
export const placeOn = (board: Board) => ({ board_id: board.board_id, stage_id: stageOf(board, 0).stage_id });

/** Resolves once the server's clock shows another second: Odoo keeps some times to the second. */
export async function nextSecond(world: World): Promise<void> {
  const second = async () => (await world.call('getHealth', { token: null })).body.timestamp.slice(0, 19);
  const now = await second();
  while ((await second()) === now);
}

/** `YYYY-MM-DD`, so many days from now, in UTC. */
export const dayFromNow = (days: number): string =>
  new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

/** The ids of cards, in order. */
export const idsOf = (cards: readonly Card[]): string[] => cards.map(({ card_id }) => card_id);
