import assert from 'node:assert/strict';
import { type Log, silent } from '../../../src/base/log';
import { createRestClient } from '../../../src/client/restClient';
import { failureOf } from '../../../src/client/requestLog';
import { TaskboardError } from '../../../src/client/taskboardError';
import { type FaultServer, json, startFaultServer } from './faultServer';

const TOKEN = 'canary-token';
const PASSWORD = 'canary-password';
const TITLE = 'canary title';

describe('log of requests', () => {
  let server: FaultServer;
  let lines: string[];
  const log: Log = {
    ...silent,
    debug: (line) => lines.push(`debug ${line}`),
    warn: (line) => lines.push(`warn ${line}`),
  };
  const client = () =>
    createRestClient({
      origin: server.origin,
      fetch: (url, init) => fetch(url, init),
      token: () => TOKEN,
      log,
      timeouts: { read: 10_000, write: 10_000 },
    });

  beforeEach(async () => {
    lines = [];
    server = await startFaultServer();
  });
  afterEach(async () => {
    assert.doesNotMatch(lines.join('\n'), /canary/);
    await server.stop();
  });

  it('names method, path template, status, time and the server’s id of a request that went well', async () => {
    server.answer(json(200, { boards: [] }, { 'x-request-id': 'r-1' }));
    await client().listBoards({});
    assert.match(lines.join('\n'), /^debug GET \/boards · 200 · \d+ ms · request r-1$/);
  });

  it('says of one that failed what became of it, and which try it was, without ids, query and sentence', async () => {
    const error = { code: 'NOT_FOUND', message: `No ${TITLE}`, details: { reference: 'ref/7 <b>' } };
    server.answer(json(404, { error }));
    const look = client().listPeople({
      params: { board_id: 'project:7' },
      query: { q: TITLE },
    });
    await assert.rejects(look);
    const write = client().updateCard(
      { params: { card_id: 'task:7' }, body: { title: TITLE } },
      { attempt: 3 },
    );
    await assert.rejects(write);
    assert.match(lines[1]!, /^warn PATCH \/cards\/\S+ · 404 · \d+ ms · try 3 · notFound, 404, NOT_FOUND, /);
    assert.match(lines[1]!, /reference ref7b$/);
    assert.doesNotMatch(lines.join('\n'), /project:7|task:7/);
  });

  it('tells what the system said when nobody answers, and that a write may have been done', async () => {
    server.answer((_, response) => response.destroy());
    await assert.rejects(client().updateCard({ params: { card_id: 'task:7' }, body: { title: TITLE } }));
    assert.match(lines[0]!, /^warn PATCH \S+ · no answer · \d+ ms · network, .*may have been done$/);
  });

  it('holds no password of a sign-in that was refused', async () => {
    server.answer(json(401, { error: { code: 'UNAUTHORIZED', message: `${PASSWORD} is wrong` } }));
    await assert.rejects(client().createToken({ body: { username: 'anna', password: PASSWORD } }));
    assert.match(lines[0]!, /^warn POST \/auth\/token · 401 · /);
    assert.doesNotMatch(lines[0]!, /anna/);
  });

  it('puts nothing into a line that a server could make up: no other line, no markup', () => {
    const error = new TaskboardError(TITLE, {
      ...{ kind: 'validation', status: 400, code: `A\nB <c> ${'x'.repeat(99)}` },
    } as never);
    assert.equal(failureOf(error), `validation, 400, ABc${'x'.repeat(37)}`);
  });

  it('says of what was given up that it was, and of a fault of ours its kind alone', () => {
    assert.equal(failureOf(new DOMException('x', 'AbortError')), 'given up');
    assert.equal(failureOf(new RangeError(TITLE)), 'RangeError');
    assert.equal(failureOf(Object.assign(new Error(TITLE), { code: 'EACCES' })), 'EACCES');
  });
});
