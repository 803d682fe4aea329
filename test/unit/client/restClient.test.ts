import assert from 'node:assert/strict';
import { createRestClient } from '../../../src/client/restClient';
import type { TaskboardClient } from '../../../src/client/taskboardClient';
import { type ErrorKind, TaskboardError } from '../../../src/client/taskboardError';
import { retryClassOf } from '../../../src/client/retryClasses';
import { ENDPOINTS } from '../../../src/contract/endpoints';
import { type FaultServer, json, startFaultServer } from './faultServer';

const ACTIVITY = {
  event_id: 'msg:1',
  type: 'comment',
  author: { partner_id: 3, email: 'a@example.com', name: 'Anna' },
  created_at: '2026-01-01T10:00:00Z',
};
const HEALTHY = {
  status: 'healthy',
  contract_version: '1.0.0',
  timestamp: '2026-01-01T00:00:00Z',
  capabilities: ['me', 'etag', 'from-the-future'],
};

describe('REST client', () => {
  let server: FaultServer;
  let client: TaskboardClient;
  const comment = (options = {}) =>
    client.addComment({ params: { card_id: 'task:7' }, body: { body_md: 'hello' } }, options);

  beforeEach(async () => {
    server = await startFaultServer();
    client = createRestClient({
      origin: server.origin,
      fetch: (url, init) => fetch(url, init),
      token: () => 'canary-token',
      database: 'company',
      timeouts: { read: 1_500, write: 1_500 },
    });
  });
  afterEach(() => server.stop());

  async function failure(call: Promise<unknown>): Promise<TaskboardError> {
    const error = await call.then(
      () => assert.fail('the call went through'),
      (reason: unknown) => reason,
    );
    assert.ok(TaskboardError.is(error), String(error));
    assert.ok(
      !`${error.message}${JSON.stringify(error)}`.includes('canary-token'),
      'the token is in the error',
    );
    return error;
  }

  it('has a method for every endpoint', () => {
    for (const name of Object.keys(ENDPOINTS))
      assert.equal(typeof client[name as keyof TaskboardClient], 'function');
  });

  it('fills path and query, and sends token, database, key and tag', async () => {
    server.answer(json(201, { activity: ACTIVITY }, { etag: '"v2"' }));
    const reply = await comment({ idempotencyKey: 'b8a7b6a5-0000-4000-8000-000000000000' });
    assert.equal(reply.value.activity.event_id, 'msg:1');
    server.answer(json(200, { cards: [], total: 0, page: 0, limit: 2 }));
    await client.listCards({
      params: { board_id: 'project:1' },
      query: { stage: ['stage:1', 'stage:2'], q: '50% & more', limit: 2, owner: '' },
    });
    server.answer(json(204, undefined));
    await client.archiveCard({ params: { card_id: 'task:7' } }, { ifMatch: '"v2"' });

    const [post, get, remove] = server.requests;
    assert.equal(post?.url, '/api/v1/cards/task%3A7/comments');
    assert.equal(post.headers.authorization, 'Bearer canary-token');
    assert.equal(post.headers['x-odoo-database'], 'company');
    assert.equal(post.headers['idempotency-key'], 'b8a7b6a5-0000-4000-8000-000000000000');
    assert.deepEqual(JSON.parse(post.body), { body_md: 'hello' });
    const query = new URL(get!.url, server.origin).searchParams;
    assert.deepEqual(query.getAll('stage'), ['stage:1', 'stage:2']);
    assert.equal(query.get('q'), '50% & more');
    assert.equal(query.has('owner'), false, 'an empty value is left out');
    assert.equal(remove?.headers['if-match'], '"v2"');
  });

  it('gives the entity tag with a card', async () => {
    const card = {
      card_id: 'task:7',
      board_id: 'project:1',
      stage_id: 'stage:1',
      title: 'T',
      priority: '1',
      due_date: null,
      created_at: '2026-01-01T10:00:00Z',
      updated_at: '2026-01-01T10:00:00',
      owners: [],
      watchers: [],
      tags: [],
      parent_id: null,
      subtask_ids: [],
      from_the_future: true,
    };
    server.answer(json(200, card, { etag: '"v1"' }));
    const reply = await client.getCard({ params: { card_id: 'task:7' } });
    assert.equal(reply.etag, '"v1"');
    assert.equal('from_the_future' in reply.value, false, 'keys of a newer server are ignored');
  });

  it('knows the announced capabilities, asks once, and forgets a failure', async () => {
    server.answer(json(503, { ...HEALTHY, status: 'unhealthy' }));
    await failure(client.capabilities());
    server.answer(json(200, HEALTHY));
    assert.deepEqual([...(await client.capabilities())], ['me', 'etag']);
    await client.capabilities();
    assert.equal(server.requests.length, 2);
    assert.equal(server.requests[0]?.headers.authorization, undefined, 'health needs no token');
  });

  const html = (status: number) => (_: unknown, response: import('node:http').ServerResponse) => {
    response.writeHead(status, { 'content-type': 'text/html' });
    response.end('<html>login</html>');
  };
  const error = (code: string, message = 'why') => ({
    error: { code, message, details: { field: 'title' } },
  });
  const version = { 'x-contract-version': '1.0.0' };

  const faults: [string, Parameters<FaultServer['answer']>[0], ErrorKind, RegExp, boolean][] = [
    [
      'another contract version',
      json(201, {}, { 'x-contract-version': '2.0.0' }),
      'contract',
      /2\.0\.0.*1\.0\.0/,
      true,
    ],
    ['HTML with 200', html(200), 'contract', /not as a taskboard server/, true],
    ['HTML with 404', html(404), 'contract', /addon ipai_taskboard_api/, true],
    ['a bad gateway of the proxy', html(502), 'server', /502/, true],
    ['a proxy that is overloaded', html(503), 'server', /503/, false],
    ['a limit of the proxy', html(429), 'rateLimited', /pause/, false],
    [
      'HTML with our header',
      (_, response) => response.writeHead(201, { 'content-type': 'text/html', ...version }).end('<p>'),
      'contract',
      /content type/,
      true,
    ],
    [
      'truncated JSON',
      (_, response) =>
        response.writeHead(201, { 'content-type': 'application/json', ...version }).end('{"activity":'),
      'contract',
      /JSON/,
      true,
    ],
    [
      'a body that is not the contract',
      json(201, { activity: { ...ACTIVITY, event_id: 7 } }),
      'contract',
      /event_id/,
      true,
    ],
    ['another success status', json(200, { activity: ACTIVITY }), 'contract', /200/, true],
    ['401', json(401, error('UNAUTHORIZED')), 'auth', /Sign in again/, false],
    ['403', json(403, error('PERMISSION_DENIED')), 'permission', /right/, false],
    ['404', json(404, error('CARD_NOT_FOUND')), 'notFound', /card is no longer there/, false],
    ['409', json(409, error('CONFLICT', 'In use.')), 'conflict', /In use\./, false],
    ['412', json(412, error('PRECONDITION_FAILED')), 'conflict', /Somebody else/, false],
    [
      '400',
      json(400, error('VALIDATION_ERROR', 'title must not be blank')),
      'validation',
      /title must not be blank/,
      false,
    ],
    [
      '500 with a reference',
      json(500, { error: { code: 'INTERNAL_ERROR', message: 'x', details: { reference: 'ab12' } } }),
      'server',
      /reference: ab12/,
      true,
    ],
    [
      'a redirect elsewhere',
      (_, r) => r.writeHead(302, { location: 'https://evil.example/x' }).end(),
      'contract',
      /evil\.example/,
      false,
    ],
    ['a connection that breaks', (request) => request.socket.destroy(), 'network', /Could not reach/, true],
    ['a server that hangs', () => {}, 'timeout', /did not answer/, true],
  ];
  for (const [name, answer, kind, sentence, ambiguous] of faults) {
    it(`turns ${name} into one clear sentence`, async () => {
      server.answer(answer);
      const caught = await failure(comment());
      assert.equal(caught.kind, kind);
      assert.match(caught.message, sentence);
      assert.match(caught.message, /[.!]$/, 'a sentence ends');
      assert.equal(caught.ambiguous, ambiguous, 'whether the server may have done it');
    });
  }

  it('keeps code, details and the tag of a refused change', async () => {
    server.answer(json(412, error('PRECONDITION_FAILED'), { etag: '"v9"' }));
    const caught = await failure(comment());
    assert.equal(caught.code, 'PRECONDITION_FAILED');
    assert.deepEqual(caught.details, { field: 'title' });
    assert.equal(caught.etag, '"v9"');
  });

  it('never follows a redirect with its token', async () => {
    const other = await startFaultServer();
    server.answer((_, response) => response.writeHead(307, { location: `${other.origin}/api/v1/me` }).end());
    await failure(client.getMe({}));
    await other.stop();
    assert.equal(other.requests.length, 0);
  });

  it('stops reading a body over 20 MB', async () => {
    const chunk = Buffer.alloc(1024 * 1024, ' ');
    let sent = 0;
    server.answer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', ...version });
      const write = () => {
        while (sent < 60 && !response.destroyed) {
          sent++;
          if (!response.write(chunk)) return void response.once('drain', write);
        }
        response.end();
      };
      write();
    });
    client = createRestClient({ origin: server.origin, fetch: (url, init) => fetch(url, init) });
    const caught = await failure(client.getMe({}));
    assert.match(caught.message, /20 MB/);
    assert.ok(sent < 60, `the server could send all ${sent} MB`);
  });

  it('ends with the reason of the caller who gave up', async () => {
    server.answer(() => {});
    const controller = new AbortController();
    const reason = new Error('the view was closed');
    const call = client.getMe({}, { signal: controller.signal });
    controller.abort(reason);
    await assert.rejects(call, reason);
  });

  it('says what answered when something in front does not let a change through', async () => {
    server.answer((_, response) =>
      response.writeHead(405, { 'content-type': 'text/html', server: 'nginx/1.26' }).end('<html>'),
    );
    const params = { card_id: 'task:7' };
    const caught = await failure(client.updateCard({ params, body: { title: 'x' } }));
    assert.match(caught.message, /did not let PATCH through: nginx\/1.26 \(status 405\)/);
    assert.equal(caught.ambiguous, false, 'nothing of it has come through');
    assert.equal(retryClassOf(caught), 'park');
  });

  it('says that the address is of http, when https was asked for', async () => {
    const secure = createRestClient({
      origin: server.origin.replace('http:', 'https:'),
      fetch: (url, init) => fetch(url, init),
    });
    assert.match((await failure(secure.getHealth({}))).message, /does not answer over https/);
  });

  const certificates: Record<string, RegExp> = {
    DEPTH_ZERO_SELF_SIGNED_CERT: /certificate of .* is not trusted.*self-signed/,
    UNABLE_TO_VERIFY_LEAF_SIGNATURE: /certificate of .* is not trusted/,
    CERT_HAS_EXPIRED: /certificate of .* has expired/,
    ERR_TLS_CERT_ALTNAME_INVALID: /certificate of .* is for another name/,
  };
  for (const [code, sentence] of Object.entries(certificates))
    it(`names the certificate where that is the matter: ${code}`, async () => {
      const cause = Object.assign(new Error('x'), { code });
      const strict = createRestClient({
        origin: 'https://server.example',
        fetch: () => Promise.reject(new TypeError('fetch failed', { cause })),
      });
      assert.match((await failure(strict.getHealth({}))).message, sentence);
    });

  it('waits an hour at most, whatever the server asks for', async () => {
    for (const asked of ['2200000', '999999999', '99999999999999', 'Sat, 01 Jan 2101 00:00:00 GMT']) {
      server.answer(json(503, {}, { 'retry-after': asked }));
      assert.equal((await failure(comment())).retryAfterMs, 3_600_000, asked);
    }
  });

  it('says what to do when nothing listens', async () => {
    await server.stop();
    const caught = await failure(client.getMe({}));
    assert.equal(caught.kind, 'network');
    assert.match(caught.message, /Check your connection/);
    assert.equal(caught.ambiguous, false, 'a read has no effect to doubt');
  });
});
