import assert from 'node:assert/strict';
import { request } from 'node:http';
import { claimCluster } from '../../scripts/lib/odoo/claims.mjs';
import { findOdoo } from '../../scripts/lib/odoo/source.mjs';
import { freshOdoo, orSkip, type RunningOdoo } from './server';
import { TcpProxy } from './tcpProxy';

describe('a server with two databases', () => {
  let one: RunningOdoo;
  let two: RunningOdoo;
  let postgres: TcpProxy;
  let release: () => Promise<void> = async () => {};
  /** How a request names its database: Odoo 19 knows a header, 18 host names only. */
  let named: (db: string) => Record<string, string>;

  before(async function () {
    const { major } = await orSkip(this, findOdoo);
    const claim = await claimCluster();
    release = claim.release;
    postgres = new TcpProxy(claim.cluster.port);
    await postgres.open();
    two = await freshOdoo(this, { name: 'two' });
    await two.stopServer();
    const byHeader = major >= 19;
    named = (db) => ({ [byHeader ? 'X-Odoo-Database' : 'Host']: db });
    one = await freshOdoo(this, {
      name: 'one',
      extraConfig: {
        db_port: postgres.port,
        db_name: '',
        dbfilter: byHeader ? `^taskboard_.*_(one|two)_${process.pid}$` : '^%h$',
        // They would look for PostgreSQL all the time that it is away.
        max_cron_threads: 0,
      },
    });
    await two.query("UPDATE res_partner SET name = 'Somebody else' WHERE id = $1 RETURNING id", [
      two.users.find(({ token }) => token === two.token)?.partnerId ?? 0,
    ]);
  });

  after(async function () {
    this.timeout(300_000);
    await one?.stop();
    await two?.stop();
    await postgres?.cut();
    await release();
  });

  it('answers for the one that the request names', async function () {
    this.timeout(300_000);
    assert.equal((await me(one.db)).name, nameOf(one));
    assert.equal((await me(two.db)).name, 'Somebody else');
  });

  it('says what is missing when a request names none, or one that is not there', async () => {
    for (const headers of [{}, named('no_such_database')]) {
      const { status, body, headers: answered } = await get('/boards', headers);
      assert.equal(status, 503);
      assert.equal(body.error.code, 'SERVICE_UNAVAILABLE');
      assert.match(body.error.message, /database/i);
      assert.equal(answered['x-contract-version'], '1.0.0');
      assert.equal((await get('/health', headers)).status, 503);
    }
  });

  it('is unhealthy while PostgreSQL is stopped, refuses for a while, and recovers by itself', async function () {
    this.timeout(300_000);
    await postgres.cut();
    const health = await get('/health', named(one.db));
    assert.equal(health.status, 503);
    assert.equal(health.body.status, 'unhealthy');
    assert.equal(health.headers['x-contract-version'], '1.0.0');
    assert.ok(health.headers['x-request-id']);
    const requests: [string, string, number, string][] = [
      ['GET', '/boards', 503, 'SERVICE_UNAVAILABLE'],
      ['POST', '/auth/token', 503, 'SERVICE_UNAVAILABLE'],
      ['DELETE', '/cards/task:1', 503, 'SERVICE_UNAVAILABLE'],
      ['GET', '/nonsense', 404, 'NOT_FOUND'],
      ['PUT', '/boards', 405, 'METHOD_NOT_ALLOWED'],
    ];
    for (const [method, path, status, code] of requests) {
      const answer = await get(path, named(one.db), method);
      assert.deepEqual([answer.status, answer.body.error.code], [status, code], `${method} ${path}`);
      assert.equal(answer.headers['x-contract-version'], '1.0.0');
      assert.ok(answer.headers['x-request-id']);
      if (status === 503) assert.match(answer.headers['retry-after'] ?? '', /^\d+$/);
    }
    await postgres.open();
    assert.equal((await get('/health', named(one.db))).status, 200);
    assert.equal((await me(one.db)).name, nameOf(one));
  });

  async function me(db: string) {
    const { status, body } = await get('/me', { ...named(db), Authorization: `Bearer ${one.token}` });
    assert.equal(status, 200, JSON.stringify(body));
    return body.partner;
  }

  /** Not `fetch`, which sends no other Host than that of the address. */
  function get(path: string, headers: Record<string, string>, method = 'GET') {
    return new Promise<Answer>((resolve, reject) => {
      const call = request(`${one.url}/api/v1${path}`, { method, headers }, (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk));
        response.on('end', () => {
          const answered = response.headers as Record<string, string | undefined>;
          resolve({ status: response.statusCode ?? 0, headers: answered, body: JSON.parse(text) });
        });
      });
      call.on('error', reject).end();
    });
  }
});

interface Answer {
  status: number;
  headers: Record<string, string | undefined>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of several shapes, each asserted
  body: any;
}

function nameOf({ users, token }: RunningOdoo) {
  return users.find((user) => user.token === token)?.name;
}
