import assert from 'node:assert/strict';
import { claimCluster } from '../../scripts/lib/odoo/claims.mjs';
import { psql, startScratchCluster } from '../../scripts/lib/odoo/cluster.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { freshOdoo, type RunningOdoo } from './server';
import { TcpProxy } from './tcpProxy';

// Transactions of one cluster say nothing in another one, whose numbers start low again; a test that restores into the
// same cluster does not notice.
describe('the feed of a database that moves to another PostgreSQL', function () {
  this.timeout(300_000);
  let odoo: RunningOdoo;
  let postgres: TcpProxy;
  let scratch: Awaited<ReturnType<typeof startScratchCluster>> | undefined;
  let claim: Awaited<ReturnType<typeof claimCluster>> | undefined;

  before(async function () {
    claim = await claimCluster();
    postgres = new TcpProxy(claim.cluster.port);
    await postgres.open();
    odoo = await freshOdoo(this, {
      name: 'restore',
      extraConfig: { db_port: postgres.port, max_cron_threads: 0 },
    });
  });

  after(async function () {
    await odoo?.stop();
    await postgres?.cut();
    await scratch?.stop();
    await claim?.release();
  });

  it('refuses old cursors once, and goes on with fresh ones', async () => {
    await rename('Before');
    const old = await fresh();
    await rename('Noticed by the old cursor');
    assert.deepEqual(await told(old), ['Noticed by the old cursor']);

    const { cluster } = claim!;
    assert.notEqual(await copied(), await clusterOf(cluster, odoo.db), 'a copy is another database');
    scratch = await startScratchCluster(cluster.password);
    await odoo.stopServer();
    const connection = ['-h', '127.0.0.1', '-U', 'odoo'];
    const env = { ...process.env, PGPASSWORD: cluster.password };
    const dump = await run('pg_dump', [...connection, '-p', String(cluster.port), '--no-owner', odoo.db], {
      env,
    });
    const create = `CREATE DATABASE "${odoo.db}" OWNER odoo TEMPLATE template0 LC_COLLATE 'C'`;
    await psql(scratch.cluster, 'postgres', create, { role: 'admin' });
    // One transaction, or the fresh cluster would soon be as far as the former one.
    await psql(scratch.cluster, odoo.db, `BEGIN;\n${dump}\nCOMMIT;\n`);
    const numbers = await Promise.all([cluster, scratch.cluster].map(newestOf));
    assert.ok(numbers[1]! < numbers[0]!, `the fresh cluster is younger: ${numbers.join(', ')}`);
    await leadTo(scratch.cluster.port);
    await odoo.startServer();
    await goesOn(old);
  });

  it('does so on another timeline, too, where numbers are given out once more', async () => {
    const old = await fresh();
    assert.deepEqual(await told(old), []);
    await scratch!.branchOff();
    await goesOn(old);
  });

  /** The old cursor is refused, a fresh one tells what happens, and each only once. */
  async function goesOn(old: string) {
    const refused = await changes(old);
    assert.equal(refused.status, 400, JSON.stringify(refused.body));
    assert.equal(refused.body.error.details.field, 'since');
    const cursor = await fresh();
    assert.deepEqual(await told(cursor), []);
    await rename('After the move');
    const { body } = await changes(cursor);
    assert.deepEqual(
      body.cards.map(({ title }: { title: string }) => title),
      ['After the move'],
    );
    assert.deepEqual(await told(body.cursor), []);
    const { body: snapshot } = await api('GET', `/boards/${boardId}/snapshot`);
    await rename('After the snapshot');
    assert.deepEqual(await told(snapshot.cursor), ['After the snapshot']);
  }

  let boardId = '';
  let cardId = '';

  async function rename(title: string) {
    if (!cardId) {
      for (const { board_id } of (await api('GET', '/boards')).body.boards) {
        boardId = board_id;
        cardId ||= (await api('GET', `/boards/${boardId}/cards?limit=1`)).body.cards[0]?.card_id ?? '';
        if (cardId) break;
      }
    }
    const answer = await api('PATCH', `/cards/${cardId}`, { title });
    assert.equal(answer.status, 200, JSON.stringify(answer.body));
  }

  async function fresh(): Promise<string> {
    const { status, body } = await api('GET', `/boards/${boardId}/changes`);
    assert.equal(status, 200, JSON.stringify(body));
    return body.cursor;
  }

  async function told(cursor: string): Promise<string[]> {
    const { status, body } = await changes(cursor);
    assert.equal(status, 200, JSON.stringify(body));
    return body.cards.map(({ title }: { title: string }) => title);
  }

  function changes(cursor: string) {
    return api('GET', `/boards/${boardId}/changes?since=${encodeURIComponent(cursor)}`);
  }

  /** Retries while Odoo finds out that its connections are gone: it answers 503 then, and says to come again. */
  async function api(method: string, path: string, body?: object): Promise<Answer> {
    for (;;) {
      const response = await fetch(`${odoo.url}/api/v1${path}`, {
        method,
        headers: { Authorization: `Bearer ${odoo.token}`, 'Content-Type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      });
      const answer = { status: response.status, body: JSON.parse(await response.text()) };
      if (answer.status !== 503) return answer;
    }
  }

  async function leadTo(port: number) {
    const moved = new TcpProxy(port);
    moved.port = postgres.port;
    await postgres.cut();
    postgres = moved;
    await postgres.open();
  }

  /** What a copy of the database says of itself. */
  async function copied() {
    const { cluster } = claim!;
    const name = `${odoo.db}_copy`;
    await odoo.stopServer();
    try {
      await psql(cluster, 'postgres', `CREATE DATABASE "${name}" OWNER odoo TEMPLATE "${odoo.db}"`, {
        role: 'admin',
      });
      return await clusterOf(cluster, name);
    } finally {
      await psql(cluster, 'postgres', `DROP DATABASE IF EXISTS "${name}"`, { role: 'admin' });
    }
  }
});

function clusterOf(cluster: Parameters<typeof psql>[0], db: string) {
  return psql(cluster, db, 'SELECT ipai_taskboard_cluster()');
}

async function newestOf(cluster: Parameters<typeof psql>[0]) {
  return Number(await psql(cluster, 'postgres', 'SELECT txid_current()'));
}

interface Answer {
  status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- bodies of several shapes, each asserted
  body: any;
}
