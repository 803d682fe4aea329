import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createDemoServer } from '../../../../src/demo/http/handler';
import { type DemoHttpServer, serveHttp } from '../../../../src/demo/http/httpServer';
import { MAX_REQUEST_BYTES } from '../../../../src/contract/version';

const BIG = MAX_REQUEST_BYTES + 1;

describe('demo: HTTP server', () => {
  let http: DemoHttpServer;
  let auth: string;
  let token: string;

  before(async () => {
    const demo = createDemoServer();
    token = demo.issueToken('dev@example.com');
    auth = `Authorization: Bearer ${token}\r\n`;
    http = await serveHttp(demo);
  });
  after(() => http.close());

  /** Sends bytes as they are, and gives what came back until the server closed the connection. */
  async function raw(...parts: (string | Buffer)[]): Promise<string> {
    const socket = connect(Number(new URL(http.url).port), '127.0.0.1');
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    for (const part of parts) socket.write(part);
    await once(socket, 'close');
    return Buffer.concat(chunks).toString('latin1');
  }

  const LAST = 'Connection: close\r\n\r\n';

  const REQUESTS: [string, RegExp, () => (string | Buffer)[]][] = [
    ['no HTTP at all', /^HTTP\/1.1 400 .*"VALIDATION_ERROR"/s, () => ['hello\r\n\r\n']],
    ['an unknown method', /^HTTP\/1.1 400 /, () => ['FOO /api/v1/health HTTP/1.1\r\nHost: a\r\n\r\n']],
    ['no Host', /^HTTP\/1.1 200 /, () => [`GET /api/v1/health HTTP/1.1\r\n${LAST}`]],
    [
      'an expectation',
      /^HTTP\/1.1 200 /,
      () => [`GET /api/v1/health HTTP/1.1\r\nHost: a\r\nExpect: x\r\n${LAST}`],
    ],
    ['CONNECT', /^HTTP\/1.1 405 /, () => ['CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n']],
    [
      'TRACE',
      /^HTTP\/1.1 405 .*allow: GET, HEAD/is,
      () => [`TRACE /api/v1/boards/project:1 HTTP/1.1\r\nHost: a\r\n${LAST}`],
    ],
    [
      'OPTIONS',
      /^HTTP\/1.1 405 .*allow: GET, HEAD, POST/is,
      () => [`OPTIONS /api/v1/boards HTTP/1.1\r\nHost: a\r\n${LAST}`],
    ],
    ['OPTIONS *', /^HTTP\/1.1 404 /, () => [`OPTIONS * HTTP/1.1\r\nHost: a\r\n${LAST}`]],
    [
      'too long a header',
      /^HTTP\/1.1 431 /,
      () => [`GET / HTTP/1.1\r\nHost: a\r\nX: ${'a'.repeat(20_000)}\r\n\r\n`],
    ],
    [
      'two lengths',
      /^HTTP\/1.1 400 /,
      () => [`POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n{`],
    ],
    [
      'bytes that are no ASCII in a header',
      /^HTTP\/1.1 401 /,
      () => [
        Buffer.from(`GET /api/v1/boards HTTP/1.1\r\nHost: a\r\nX-API-Key: \xe9\xff\r\n${LAST}`, 'latin1'),
      ],
    ],
    [
      'an escape that is none, in the path',
      /^HTTP\/1.1 400 .*INVALID_BOARD_ID/s,
      () => [`GET /api/v1/boards/%zz HTTP/1.1\r\nHost: a\r\n${auth}${LAST}`],
    ],
    [
      'an escape that is no UTF-8, in the path',
      /^HTTP\/1.1 400 .*INVALID_CARD_ID/s,
      () => [`GET /api/v1/cards/%ff HTTP/1.1\r\nHost: a\r\n${auth}${LAST}`],
    ],
    [
      'an escape that is none, in the query',
      /^HTTP\/1.1 400 .*"field":"page"/s,
      () => [`GET /api/v1/boards?page=%zz HTTP/1.1\r\nHost: a\r\n${auth}${LAST}`],
    ],
    [
      'a way out of the API',
      /^HTTP\/1.1 404 .*NOT_FOUND/s,
      () => [`GET /api/v1/../boards HTTP/1.1\r\nHost: a\r\n${LAST}`],
    ],
    ['two slashes', /^HTTP\/1.1 404 /, () => [`GET //api/v1/health HTTP/1.1\r\nHost: a\r\n${LAST}`]],
    [
      'a whole address',
      /^HTTP\/1.1 200 /,
      () => [`GET http://b/api/v1/health HTTP/1.1\r\nHost: a\r\n${LAST}`],
    ],
    [
      'a body of an announced length that is too much',
      /^HTTP\/1.1 413 .*PAYLOAD_TOO_LARGE/s,
      () => [`POST /api/v1/cards HTTP/1.1\r\nHost: a\r\n${auth}Content-Length: ${BIG}\r\n${LAST}`],
    ],
    [
      'a chunked body that gets too long',
      /^HTTP\/1.1 413 .*PAYLOAD_TOO_LARGE/s,
      () => [
        `POST /api/v1/cards HTTP/1.1\r\nHost: a\r\n${auth}Transfer-Encoding: chunked\r\n${LAST}`,
        `${BIG.toString(16)}\r\n${'x'.repeat(BIG)}\r\n0\r\n\r\n`,
      ],
    ],
    [
      'a big body of somebody who is not signed in',
      /^HTTP\/1.1 401 /,
      () => [`POST /api/v1/cards HTTP/1.1\r\nHost: a\r\nContent-Length: ${BIG}\r\n${LAST}`],
    ],
    [
      'the next request behind an unread body',
      /^HTTP\/1.1 404 .*HTTP\/1.1 200 /s,
      () => [
        `POST /nowhere HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nhello`,
        `GET /api/v1/health HTTP/1.1\r\nHost: a\r\n${LAST}`,
      ],
    ],
  ];

  for (const [what, expected, request] of REQUESTS)
    it(`answers ${what} in the contract's form`, async () => {
      const answer = await raw(...request());
      assert.match(answer, expected);
      const answers = answer.split(/(?=HTTP\/1.1 )/);
      for (const each of answers) {
        assert.match(each, /\r\nx-contract-version: 1\.0\.0\r\n/i);
        assert.match(each, /\r\ncontent-type: application\/json\r\n/i);
        assert.ok(JSON.parse(each.slice(each.indexOf('\r\n\r\n') + 4)));
      }
    });

  it('lets a client that uploads too much read the answer, each time', async () => {
    for (let i = 0; i < 10; i++) {
      const response = await fetch(`${http.url}/api/v1/cards`, {
        method: 'POST',
        headers: { 'X-API-Key': token, 'Content-Type': 'application/json' },
        body: 'x'.repeat(3 * BIG),
      });
      assert.equal(response.status, 413);
    }
  });

  it('gives HEAD the headers of GET, and no body', async () => {
    const headers = { 'X-API-Key': token };
    const get = await fetch(`${http.url}/api/v1/boards/project:1`, { headers });
    const head = await fetch(`${http.url}/api/v1/boards/project:1`, { headers, method: 'HEAD' });
    assert.equal(head.headers.get('content-length'), String(Buffer.byteLength(await get.text())));
    assert.equal(head.headers.get('etag'), get.headers.get('etag'));
    assert.equal(await head.text(), '');
    const unchanged = { ...headers, 'If-None-Match': get.headers.get('etag') ?? '' };
    const again = await fetch(`${http.url}/api/v1/boards/project:1`, { headers: unchanged });
    assert.equal(again.status, 304);
    assert.equal(again.headers.get('x-contract-version'), '1.0.0');
  });

  it('survives clients that go away in the middle', async () => {
    const port = Number(new URL(http.url).port);
    for (const text of [
      'POST /api/v1/cards HTTP/1.1\r\nHo',
      `POST /api/v1/cards HTTP/1.1\r\nHost: a\r\n${auth}Content-Length: 9\r\n\r\n{`,
    ]) {
      const socket = connect(port, '127.0.0.1');
      await once(socket, 'connect');
      socket.write(text);
      socket.resetAndDestroy();
      await once(socket, 'close');
    }
    assert.equal((await fetch(`${http.url}/api/v1/health`)).status, 200);
  });

  it('ends although a client holds its connection', async () => {
    const other = await serveHttp(createDemoServer());
    const socket = connect(Number(new URL(other.url).port), '127.0.0.1');
    socket.write('GET /api/v1/health HTTP/1.1\r\nHost: a\r\n\r\n');
    await once(socket, 'data');
    await other.close();
    await assert.rejects(fetch(`${other.url}/api/v1/health`));
  });
});
