import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { ensureNginx } from '../../scripts/lib/nginx.mjs';
import { orSkip } from '../orSkip';
import { type Answer, ask, type Ask } from './ask';
import { freePort, inFolder, renderedNginx, root, startNginx, type RunningNginx } from './nginx';

/** Headers that stand on whatever comes out of nginx. */
const EVERYWHERE = {
  'strict-transport-security': /max-age=63072000/,
  'x-content-type-options': /^nosniff$/,
  'x-frame-options': /^SAMEORIGIN$/,
  'referrer-policy': /^strict-origin/,
  'x-request-id': /^[A-Za-z0-9._-]{1,64}$/,
};

function hasAllHeaders(answer: Answer, what: string): void {
  for (const [name, form] of Object.entries(EVERYWHERE)) {
    assert.match(String(answer.headers[name] ?? ''), form, `${what}: ${name}`);
    assert.equal(answer.names.filter((each) => each === name).length, 1, `${what}: ${name} stands twice`);
  }
}

function isOurError(answer: Answer, status: number, code: string): void {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.headers['content-type'], 'application/json');
  assert.equal(answer.headers['x-contract-version'], '1.0.0');
  const { error } = JSON.parse(answer.text) as { error: { code: string; message: string } };
  assert.equal(error.code, code);
  assert.ok(error.message.length > 10);
  hasAllHeaders(answer, code);
}

// Before a stand-in for Odoo: what nginx does by itself, and what reaches the one behind it. With a real Odoo: see
// test/odoo/nginx.test.ts.
describe('nginx as shipped', function () {
  this.timeout(60_000);
  let nginx: RunningNginx;
  let odoo: Server;
  let seen: { url: string; headers: IncomingMessage['headers'] }[];
  let port: number;

  before(async function () {
    odoo = createServer((request, response) => {
      seen.push({ url: request.url ?? '', headers: request.headers });
      request.resume();
      request.on('end', () => {
        const etag = { etag: '"strong"', 'x-request-id': request.headers['x-request-id'] ?? '' };
        response.writeHead(200, {
          'content-type': 'application/json',
          'x-contract-version': '1.0.0',
          ...etag,
        });
        response.end(JSON.stringify({ filler: 'x'.repeat(5000) }));
      });
    });
    await new Promise<void>((resolve) => odoo.listen(0, '127.0.0.1', resolve));
    ({ port } = odoo.address() as AddressInfo);
    const behind = `127.0.0.1:${port}`;
    nginx = await orSkip(this, () =>
      startNginx({ TASKBOARD_ODOO_HTTP: behind, TASKBOARD_ODOO_LIVE: `127.0.0.1:${port}` }),
    );
  });

  beforeEach(() => {
    seen = [];
  });

  after(async () => {
    await nginx?.stop();
    odoo?.closeAllConnections();
    odoo?.close();
  });

  const api = (path: string, options?: Ask) => ask(nginx, `/api/v1${path}`, options);

  it('passes nginx -t with the shipped values', async function () {
    const program = await orSkip(this, ensureNginx);
    const dir = await renderedNginx({});
    try {
      // In a network of its own: the test of a configuration opens its ports for a moment.
      const own = spawnSync('unshare', ['-rn', 'true']).status === 0;
      const [command, before] = own ? ['unshare', ['-rn', program]] : [program, []];
      const { status, stderr } = spawnSync(command, [...before, '-t', ...inFolder(dir)], {
        encoding: 'utf8',
      });
      assert.equal(status, 0, stderr);
      assert.doesNotMatch(stderr, /\[warn\]|\[emerg\]/);
    } finally {
      await rm(dir, { recursive: true, force: true });
    }
  });

  it('sends http to https, method kept, and asks nobody behind it', async () => {
    const answer = await ask(nginx, '/api/v1/cards?q=a%20b', { method: 'POST', body: '{}', plain: true });
    assert.equal(answer.status, 308);
    assert.equal(answer.headers.location, `https://localhost:${nginx.httpsPort}/api/v1/cards?q=a%20b`);
    hasAllHeaders(answer, 'the redirect');
    assert.deepEqual(seen, []);
  });

  it('says that it runs itself, whatever it is called', async () => {
    const headers = { host: '127.0.0.1' };
    const answer = await ask(nginx, '/nginx-health', { plain: true, headers });
    assert.equal(answer.status, 200);
    assert.equal((await ask(nginx, '/api/v1/health', { plain: true, headers })).status, 404);
  });

  it('tells Odoo who asks, how, and under which name', async () => {
    await api('/me', { headers: { 'x-forwarded-for': '6.6.6.6', 'x-request-id': 'my-request_1.2' } });
    const headers = seen[0]?.headers ?? {};
    assert.equal(headers['x-forwarded-for'], '127.0.0.1');
    assert.equal(headers['x-forwarded-proto'], 'https');
    assert.equal(headers['x-forwarded-host'], `localhost:${nginx.httpsPort}`);
    assert.equal(headers['x-request-id'], 'my-request_1.2');
  });

  it('gives a request another name where its own is none, and tells it', async () => {
    const answer = await api('/me', { headers: { 'x-request-id': 'no spaces "here"' } });
    const name = seen[0]?.headers['x-request-id'];
    assert.match(String(name), /^[0-9a-f]{32}$/);
    assert.equal(answer.headers['x-request-id'], name);
  });

  it('compresses lists, and never an answer whose entity tag must stay strong', async () => {
    const headers = { 'accept-encoding': 'gzip' };
    const list = await api('/boards/project:1/cards', { headers });
    assert.equal(list.headers['content-encoding'], 'gzip');
    assert.equal((JSON.parse(gunzipSync(list.bytes).toString()) as { filler: string }).filler.length, 5000);
    assert.equal((await api('/cards', { headers })).headers['content-encoding'], 'gzip');
    const ways: [path: string, method: string][] = [
      ['/cards/task:1', 'GET'],
      ['/cards/task%3A1', 'GET'],
      ['/cards/task:1', 'PATCH'],
      ['/cards', 'POST'],
    ];
    for (const [path, method] of ways) {
      const card = await api(path, { method, headers, ...(method !== 'GET' && { body: '{}' }) });
      assert.equal(card.status, 200);
      assert.equal(card.headers['content-encoding'], undefined, `${method} ${path}`);
      assert.equal(card.headers.etag, '"strong"', `${method} ${path}`);
    }
  });

  it('refuses a body over 1 MiB with our error, told or not told its length, and lets 1 MiB pass', async () => {
    const body = Buffer.alloc(1024 * 1024 + 1, 'x');
    isOurError(await api('/cards', { method: 'POST', body }), 413, 'PAYLOAD_TOO_LARGE');
    isOurError(await api('/cards', { method: 'POST', body, chunked: true }), 413, 'PAYLOAD_TOO_LARGE');
    assert.deepEqual(seen, []);
    const largest = await api('/cards', { method: 'POST', body: body.subarray(1) });
    assert.equal(largest.status, 200);
  });

  it('answers what it cannot read in our form, too', async () => {
    isOurError(await api(`/boards?q=${'x'.repeat(20_000)}`), 400, 'VALIDATION_ERROR');
    isOurError(await api('/boards', { headers: { 'x-long': 'x'.repeat(15_000) } }), 400, 'VALIDATION_ERROR');
    const traced = await api('/boards', { method: 'TRACE' });
    isOurError(traced, 405, 'METHOD_NOT_ALLOWED');
    assert.match(traced.headers.allow ?? '', /GET.*PATCH/);
  });

  it('closes the database manager', async () => {
    assert.equal((await ask(nginx, '/web/database/manager')).status, 404);
    assert.deepEqual(seen, []);
  });

  it('has one set of headers on what Odoo answers', async () => {
    hasAllHeaders(await api('/boards'), 'the API');
    hasAllHeaders(await ask(nginx, '/web/login'), 'the web client');
    const answer = await api('/boards');
    assert.equal(answer.headers['content-security-policy'], "default-src 'none'; frame-ancestors 'none'");
    assert.equal(answer.names.filter((name) => name === 'x-contract-version').length, 1);
  });

  it('shows its certificate to nobody who asks for another name', async () => {
    const { code } = await fetch(`https://127.0.0.1:${nginx.httpsPort}/`).then(
      () => ({ code: 'an answer' }),
      (error: Error & { cause: { code: string } }) => error.cause,
    );
    assert.match(code, /UNRECOGNIZED_NAME/);
  });

  it('logs one line of JSON a request, without the query', async () => {
    await api('/boards?q=secret-words', { headers: { 'x-request-id': 'find-me' } });
    const lines = (await nginx.accessLog()).trim().split('\n');
    const line = lines
      .map((each) => JSON.parse(each) as Record<string, unknown>)
      .find((each) => each['request_id'] === 'find-me');
    assert.equal(line?.['path'], '/api/v1/boards');
    assert.equal(line?.['status'], 200);
    assert.ok(!lines.join().includes('secret-words'));
  });

  it('says in our form that nothing is behind it', async function () {
    const closed = await freePort();
    const alone = await orSkip(this, () => startNginx({ TASKBOARD_ODOO_HTTP: `127.0.0.1:${closed}` }));
    try {
      const answer = await ask(alone, '/api/v1/boards');
      isOurError(answer, 502, 'SERVICE_UNAVAILABLE');
      assert.ok(Number(answer.headers['retry-after']) > 0);
      const page = await ask(alone, '/web/login');
      assert.equal(page.status, 502);
      hasAllHeaders(page, 'the page');
    } finally {
      await alone.stop();
    }
  });

  it('refuses values that would end the directive they stand in', () => {
    const { status, stderr } = spawnSync(
      join(root, 'deploy', 'nginx', 'render.sh'),
      [join(tmpdir(), 'taskboard-never-written')],
      {
        encoding: 'utf8',
        env: { ...process.env, TASKBOARD_SERVER_NAME: 'a; return 200' },
      },
    );
    assert.equal(status, 2);
    assert.match(stderr, /TASKBOARD_SERVER_NAME has characters/);
  });

  // Last: it uses up what this client may do in a minute.
  it('limits reads and writes apart: 429 with Retry-After and our error, and other clients do not care', async () => {
    const writes = await untilLimited({ method: 'DELETE' }, 100);
    isOurError(writes, 429, 'RATE_LIMITED');
    assert.ok(Number(writes.headers['retry-after']) > 0);
    assert.equal((await api('/boards')).status, 200, 'reads are limited with the writes');
    isOurError(await untilLimited({}, 1000), 429, 'RATE_LIMITED');
    assert.equal((await ask(nginx, '/web/login')).status, 200, 'the web client is limited, too');
  });

  /** Asks until it is refused; fails when that is before `allowed` or long after. */
  async function untilLimited(options: Ask, allowed: number): Promise<Answer> {
    for (let passed = 0; passed < allowed * 1.5;) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => api('/boards', options)));
      const refused = answers.find(({ status }) => status === 429);
      if (refused) {
        passed += answers.filter(({ status }) => status === 200).length;
        assert.ok(passed >= allowed * 0.8, `limited after ${passed}, below ${allowed}`);
        return refused;
      }
      passed += answers.length;
    }
    throw new Error(`not limited after ${allowed * 1.5}`);
  }
});
