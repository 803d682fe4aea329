import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { run } from '../../scripts/lib/run.mjs';
import { ask, type Answer, type Ask } from '../deploy/ask';
import { root, startNginx, type RunningNginx } from '../deploy/nginx';
import { failedOf, runGate } from '../gates/runGate';
import { openSession, setParameter } from './rpc';
import { freshOdoo, orSkip, type RunningOdoo } from './server';

describe('nginx before an Odoo with two workers', function () {
  this.timeout(300_000);
  let odoo: RunningOdoo;
  let nginx: RunningNginx;

  before(async function () {
    odoo = await freshOdoo(this, { name: 'nginx', extraConfig: { proxy_mode: true } });
    nginx = await orSkip(this, () =>
      startNginx({
        TASKBOARD_ODOO_HTTP: new URL(odoo.url).host,
        TASKBOARD_ODOO_LIVE: new URL(odoo.liveUrl).host,
      }),
    );
  });

  after(async () => {
    await nginx?.stop();
    await odoo?.stop();
  });

  const signedIn = () => ({ authorization: `Bearer ${odoo.token}` });
  const api = (path: string, { headers = {}, ...rest }: Ask = {}) =>
    ask(nginx, `/api/v1${path}`, { headers: { ...signedIn(), ...headers }, ...rest });

  it('keeps the contract through nginx, at the pace that nginx allows', async () => {
    const env = {
      ODOO_DB: odoo.db,
      ODOO_LOGIN: odoo.login,
      ODOO_PASSWORD: odoo.password,
      NODE_EXTRA_CA_CERTS: nginx.certificateFile,
    };
    const url = `https://localhost:${nginx.httpsPort}`;
    const result = await runGate('validate-live-api.sh', [url, '--json'], { env });
    assert.deepEqual(failedOf(result), [], result.stdout + result.stderr);
    assert.equal(result.exit, 0, result.stderr);
  });

  it('carries an edit whose entity tag came through it, for a client that asks for compression', async () => {
    const compressed = { 'accept-encoding': 'gzip' };
    const boards = await api('/boards', { headers: compressed });
    assert.equal(boards.headers['content-encoding'], 'gzip');
    const [board] = (JSON.parse(gunzipSync(boards.bytes).toString()) as { boards: { board_id: string }[] })
      .boards;
    const cards = await api(`/boards/${board?.board_id}/cards?limit=1`);
    const [card] = (JSON.parse(cards.text) as { cards: { card_id: string }[] }).cards;
    const path = `/cards/${card?.card_id}`;
    const write = { method: 'PATCH', headers: { ...compressed, 'content-type': 'application/json' } };
    const long = await untilWritten(path, {
      ...write,
      body: JSON.stringify({ description_md: 'x'.repeat(3000) }),
    });
    assert.equal(long.status, 200, long.text);
    const read = await api(path, { headers: compressed });
    const headers = { ...write.headers, 'if-match': read.headers.etag ?? '' };
    const edit = await untilWritten(path, { ...write, headers, body: '{"priority": "2"}' });
    assert.equal(edit.status, 200, edit.text);
  });

  it('hands on the name of a request, into the log and back', async () => {
    const answer = await api('/me', { headers: { 'x-request-id': 'through-nginx.1' } });
    assert.equal(answer.status, 200);
    assert.equal(answer.headers['x-request-id'], 'through-nginx.1');
    assert.match(await readFile(odoo.logFile, 'utf8'), /through-nginx\.1/);
  });

  it('gives browsers a session cookie that stays on https', async () => {
    const page = await ask(nginx, '/web/login');
    assert.equal(page.status, 200);
    const cookie = page.headers['set-cookie']?.find((each) => each.startsWith('session_id=')) ?? '';
    for (const word of [/; ?secure/i, /; ?httponly/i, /; ?samesite=lax/i]) assert.match(cookie, word);
  });

  it('opens websockets on the port that Odoo has for them', async () => {
    const session = await openSession(odoo);
    const upgrade = httpsRequest({
      ...{ host: '127.0.0.1', port: nginx.httpsPort, servername: 'localhost', ca: nginx.certificate },
      path: '/websocket',
      headers: {
        host: `localhost:${nginx.httpsPort}`,
        origin: `https://localhost:${nginx.httpsPort}`,
        cookie: `session_id=${session}`,
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': Buffer.alloc(16, 1).toString('base64'),
        'sec-websocket-version': '13',
      },
    });
    upgrade.end();
    const refused = once(upgrade, 'response').then(([response]) => response as IncomingMessage);
    const opened = once(upgrade, 'upgrade').then(([response, socket]) => {
      (socket as import('node:net').Socket).destroy();
      return response as IncomingMessage;
    });
    const response = await Promise.race([refused, opened]);
    assert.equal(response.statusCode, 101);
  });

  it('sends plain http on, refuses large bodies and keeps its headers on all of it', async () => {
    const redirect = await ask(nginx, '/api/v1/boards', { plain: true });
    assert.equal(redirect.status, 308);
    const large = await api('/cards', { method: 'POST', body: Buffer.alloc(1024 * 1024 + 1) });
    assert.equal(large.status, 413);
    for (const answer of [redirect, large, await api('/boards'), await api('/nothing')])
      assert.ok(answer.headers['strict-transport-security'], String(answer.status));
    for (const answer of [large, await api('/boards'), await api('/nothing')])
      assert.equal(answer.headers['x-contract-version'], '1.0.0');
  });

  it('passes the preflight: front, addon and database', async () => {
    const config = await readFile(join(dirname(odoo.logFile), 'odoo.conf'), 'utf8');
    const setting = (name: string) => new RegExp(`^${name} = (.*)$`, 'm').exec(config)?.[1] ?? '';
    await setParameter(odoo, 'ipai_taskboard_api.metrics_token', 'a-secret-of-the-tests');
    const names = ['smoke', 'https', 'headers', 'tls', 'body', 'databases', 'metrics'];
    const ofDatabase = ['addon', 'indexes', 'vacuum', 'disk'];
    const only = [...names, ...ofDatabase].flatMap((name) => ['--only', name]);
    const env = {
      ...process.env,
      TASKBOARD_TOKEN: odoo.token,
      CURL_CA_BUNDLE: nginx.certificateFile,
      HTTP_URL: `http://localhost:${nginx.httpPort}`,
      METRICS_TOKEN: 'a-secret-of-the-tests',
      PGDATABASE: odoo.db,
      PGHOST: setting('db_host'),
      PGPORT: setting('db_port'),
      PGUSER: setting('db_user'),
      PGPASSWORD: setting('db_password'),
    };
    const url = `https://localhost:${nginx.httpsPort}`;
    const said = await run(join(root, 'deploy', 'preflight.sh'), [url, ...only], { env });
    for (const name of [...names, ...ofDatabase]) assert.match(said, new RegExp(`^ok +${name}$`, 'm'));
  });

  it('refuses writes beyond the limit in our form, while reads go on', async () => {
    for (let sent = 0; sent < 150; sent += 10) {
      const asked = Array.from({ length: 10 }, () => api('/cards/task:2147483647', { method: 'DELETE' }));
      const limited = (await Promise.all(asked)).find(({ status }) => status === 429);
      if (!limited) continue;
      assert.match(limited.text, /"code":"RATE_LIMITED"/);
      assert.ok(Number(limited.headers['retry-after']) > 0);
      assert.equal(limited.headers['x-contract-version'], '1.0.0');
      assert.equal((await api('/boards')).status, 200);
      return;
    }
    assert.fail('150 writes in a row passed');
  });

  it('says in our form that Odoo is away, and finds it again', async () => {
    await odoo.stopServer();
    const away = await api('/boards');
    assert.equal(away.status, 502);
    assert.match(away.text, /"code":"SERVICE_UNAVAILABLE"/);
    assert.equal(away.headers['x-contract-version'], '1.0.0');
    assert.ok(away.headers['strict-transport-security']);
    await odoo.startServer();
    assert.equal((await api('/boards')).status, 200);
  });

  /** The limit may be used up by the tests before: a client waits as it is told. */
  async function untilWritten(path: string, write: Ask): Promise<Answer> {
    for (;;) {
      const answer = await api(path, write);
      if (answer.status !== 429) return answer;
      await new Promise((resolve) => setTimeout(resolve, Number(answer.headers['retry-after']) * 1000));
    }
  }
});
