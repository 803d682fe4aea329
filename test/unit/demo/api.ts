import assert from 'node:assert/strict';
import type { EndpointAnswer } from '../../../src/contract/endpoints';
import type { Card } from '../../../src/contract/entities';
import type { ErrorBody } from '../../../src/contract/errors';
import { createDemoServer, type DemoOptions, type DemoServer } from '../../../src/demo/http/handler';

/** Noon on a Wednesday: the moment at which the tests' demos begin. */
export const NOON = new Date('2026-03-18T12:00:00Z');

/** Whatever an answer may hold. A test that reads what its answer has not gets undefined, and fails on it. */
export type Body = EndpointAnswer<'getCard'> &
  EndpointAnswer<'createCard'> &
  EndpointAnswer<'listBoards'> &
  EndpointAnswer<'listActivity'> &
  EndpointAnswer<'listChanges'> &
  EndpointAnswer<'getFlow'> &
  EndpointAnswer<'createToken'> &
  EndpointAnswer<'getMe'> &
  ErrorBody;

/** What a request gave, its body parsed. */
export interface Given {
  status: number;
  headers: Headers;
  body: Body;
}

export interface Api {
  demo: DemoServer;
  warnings: string[];
  get: (path: string) => Promise<Given>;
  send: (method: string, path: string, body?: object, headers?: Record<string, string>) => Promise<Given>;
  /** Like `send`, but fails the test when the answer is no success. */
  ok: (method: string, path: string, body?: object) => Promise<Body>;
  /** Every card that the board shows, in its order. */
  cards: (board: string) => Promise<Card[]>;
}

/** A demo and a signed-in client for it. */
export function startDemo(options: DemoOptions = {}, login = 'dev@example.com'): Api {
  const warnings: string[] = [];
  const demo = createDemoServer({ now: () => NOON, onWarning: (text) => warnings.push(text), ...options });
  const token = demo.issueToken(login);
  const api: Api = {
    demo,
    warnings,
    get: (path) => api.send('GET', path),
    async send(method, path, body, headers = {}) {
      const response = await demo.fetch(`http://demo.invalid/api/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${token}`,
          ...(body && { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(body && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, headers: response.headers, body: JSON.parse(text || 'null') as Body };
    },
    async ok(method, path, body) {
      const given = await api.send(method, path, body);
      assert.ok(given.status < 300, `${method} ${path} → ${given.status} ${JSON.stringify(given.body)}`);
      return given.body;
    },
    async cards(board) {
      const all: Card[] = [];
      for (let page = 0; ; page++) {
        const { cards, total } = await api.ok('GET', `/boards/${board}/cards?limit=500&page=${page}`);
        all.push(...cards);
        if (all.length >= total) return all;
      }
    },
  };
  return api;
}
