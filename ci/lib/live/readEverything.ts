import type { Endpoint } from '../../../src/contract/endpoint';
import { type EndpointName, ENDPOINTS } from '../../../src/contract/endpoints';
import type { Board, Card } from '../../../src/contract/entities';
import { type Fetch, type QueryValue, send } from '../../../test/conformance/api';
import { dayFromNow, pathOf } from '../../../test/conformance/world';

/** One answer of a server. `path` is what was asked for, below the base path. */
export interface Document {
  endpoint: EndpointName;
  path: string;
  document: unknown;
}

interface Server {
  url: string;
  token: string;
  through: Fetch;
}

interface Request {
  params?: Record<string, string>;
  query?: Record<string, QueryValue>;
}

/**
 * What a server answers to every GET of the contract, and writes nothing.
 * @param most boards, and cards of each, that are looked at
 */
export async function* readEverything(
  server: Server,
  { most }: { most: number },
): AsyncGenerator<Document, void> {
  const get = async (
    endpoint: EndpointName,
    { params = {}, query = {} }: Request = {},
  ): Promise<Document> => {
    const path = pathOf(endpoint, params);
    const ask = { token: server.token, query };
    const reply = await send(server.url, 'GET', path, ask, server.through);
    if (reply.status !== 200)
      throw new Error(`GET ${path} answers ${reply.status} ${reply.text.slice(0, 300)}`);
    return { endpoint, path, document: reply.body };
  };
  const health = await get('getHealth');
  const { capabilities = [] } = health.document as { capabilities?: string[] };
  const serves = (endpoint: EndpointName) => {
    const { capability }: Endpoint = ENDPOINTS[endpoint];
    return capability === undefined || capabilities.includes(capability);
  };
  yield health;
  if (serves('getMe')) yield await get('getMe');
  if (serves('listTags')) yield await get('listTags');
  if (serves('listMyCards')) yield await get('listMyCards', { query: { owner: 'me' } });
  const page = await get('listBoards', { query: { limit: Math.min(most, 500) } });
  yield page;
  for (const { board_id } of (page.document as { boards: Board[] }).boards) {
    const params = { board_id };
    const cards = await get('listCards', { params, query: { limit: Math.min(most, 500) } });
    yield cards;
    yield await get('getBoard', { params });
    if (serves('getSnapshot')) yield await get('getSnapshot', { params });
    if (serves('listChanges')) yield await get('listChanges', { params });
    if (serves('listPeople')) yield await get('listPeople', { params });
    if (serves('listGroups'))
      for (const by of ['owner', 'priority', 'tag', 'due'])
        yield await get('listGroups', { params, query: { by } });
    const week = { from: dayFromNow(-7), to: dayFromNow(-1) };
    if (serves('getFlow')) yield await get('getFlow', { params, query: week });
    for (const { card_id } of (cards.document as { cards: Card[] }).cards) {
      yield await get('getCard', { params: { card_id } });
      yield await get('listActivity', { params: { card_id } });
    }
  }
}
