import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serve, type Served } from '../../src/demo/http/serve';
import { ENDPOINTS } from '../../src/contract/endpoints';
import { fixtures } from '../unit/contract/documents';
import { copyCheckout } from './checkoutCopy';
import { type AlteringProxy, alteringProxy, type Passing } from './alteringProxy';
import { failedOf, type GateResult, runGate } from './runGate';

/** Renames a key wherever it stands in an answer. */
const rename = (from: string, to: string) => (answer: Passing) => {
  answer.body = answer.body.replaceAll(`"${from}":`, `"${to}":`);
};

interface Fault {
  what: string;
  alter: (answer: Passing) => void;
  /** A check that must fail, and what it must say. */
  check: RegExp;
  says: RegExp;
}

const FAULTS: Fault[] = [
  {
    what: 'a key that is renamed in the mapping',
    alter: rename('due_date', 'deadline'),
    check: /prepare a board and a card/,
    says: /POST \/cards .*is no CardAnswer.*due_date/s,
  },
  {
    what: 'a refusal that has lost the version header',
    alter: ({ status, headers }) => {
      if (status === 404) delete headers['x-contract-version'];
    },
    check: /an id that is nobody’s is not found: GET \/cards\/\{card_id\}/,
    says: /without x-contract-version/,
  },
  {
    what: 'a refusal in another form',
    alter: (answer) => {
      if (answer.status === 401) answer.body = '{"code": 401, "message": "No."}';
    },
    check: /no endpoint answers who is not signed in: GET \/boards$/,
    says: /is no Error/,
  },
  {
    what: 'an endpoint that answers with another status',
    alter: (answer) => {
      if (answer.method === 'DELETE' && answer.status === 204) answer.status = 200;
    },
    check: /answers as the contract has it: DELETE \/cards\/\{card_id\}/,
    says: /DELETE .*200/,
  },
  {
    what: 'entity tags that a compressing proxy has made weak',
    alter: ({ headers }) => {
      if (headers.etag) headers.etag = `W/${headers.etag}`;
    },
    check: /a card's ETag: stands on every answer about one card/,
    says: /no strong ETag/,
  },
];

describe('the live gates', function () {
  this.timeout(90_000);
  let demo: Served;
  let proxy: AlteringProxy;
  let env: Record<string, string>;

  before(async () => {
    demo = await serve({ port: 0, onWarning: () => {} });
    proxy = await alteringProxy(demo.url);
    env = { TASKBOARD_TOKEN: demo.token };
  });

  afterEach(() => {
    proxy.alter = null;
  });

  after(async () => {
    await proxy?.close();
    await demo?.stop();
  });

  const drift = (...args: string[]) =>
    runGate('check-contract-drift.sh', [proxy.url, '--json', ...args], { env });

  describe('validate-live-api.sh', () => {
    const validate = (more: { url?: string; env?: Record<string, string> } = {}) =>
      runGate('validate-live-api.sh', [more.url ?? proxy.url, '--json'], { env: more.env ?? env });

    it('passes on a server that keeps the contract, with every endpoint asked for', async () => {
      const login = { ODOO_LOGIN: demo.login, ODOO_PASSWORD: demo.password };
      const result = await validate({ env: login });
      assert.equal(result.exit, 0, result.stdout + result.stderr);
      const success = result.json.checks.filter(({ name }) => name.startsWith('every endpoint answers'));
      assert.equal(success.length, Object.keys(ENDPOINTS).length);
      assert.ok(success.every(({ state }) => state === 'ok'));
    });

    it('says what it could not remove, and leaves no card on the boards', async () => {
      const result = await validate();
      const boards = (result.json.leftBehind ?? []).filter((id) => id.startsWith('project:'));
      assert.ok(boards.length > 0);
      const headers = { Authorization: `Bearer ${demo.token}` };
      for (const id of boards) {
        const board = (await (await fetch(`${demo.url}/api/v1/boards/${id}`, { headers })).json()) as {
          name: string;
          card_counts: Record<string, number>;
        };
        assert.equal(board.name, 'Made by a contract check: may be deleted');
        assert.deepEqual([...new Set(Object.values(board.card_counts))], [0]);
      }
    });

    it('revokes the tokens that it got', async () => {
      const tokens: string[] = [];
      proxy.alter = ({ path, status, body }) => {
        if (path.endsWith('/auth/token') && status === 200)
          tokens.push((JSON.parse(body) as { token: string }).token);
      };
      const result = await validate({ env: { ODOO_LOGIN: demo.login, ODOO_PASSWORD: demo.password } });
      assert.ok(tokens.length > 1);
      for (const token of tokens) {
        const headers = { Authorization: `Bearer ${token}` };
        assert.equal((await fetch(`${demo.url}/api/v1/me`, { headers })).status, 401);
        assert.ok(!result.stdout.includes(token), 'a token is printed');
      }
    });

    it('waits as long as a proxy asks for that limits writes', async () => {
      let refused = 0;
      proxy.alter = (answer) => {
        if (answer.method !== 'POST' || refused > 0) return;
        refused++;
        answer.status = 429;
        answer.headers['retry-after'] = '1';
        answer.body = '{"error": {"code": "RATE_LIMITED", "message": "Slower."}}';
      };
      const result = await validate();
      assert.equal(refused, 1);
      assert.equal(result.exit, 0, result.stdout);
    });

    for (const { what, alter, check, says } of FAULTS)
      it(`finds ${what}`, async () => {
        proxy.alter = alter;
        const result = await validate();
        assert.equal(result.exit, 1, result.stdout + result.stderr);
        const found = result.json.checks.find(({ name, state }) => state === 'failed' && check.test(name));
        assert.ok(found, `not found by ${check}, but by: ${failedOf(result).join('\n')}`);
        assert.match(found.detail ?? '', says);
      });

    const endsWith = (result: GateResult, exit: number, sentence: RegExp) => {
      assert.match(result.json.stopped ?? '', sentence);
      assert.equal(result.exit, exit);
    };

    it('says that health lacks the header, or names both versions', async () => {
      proxy.alter = ({ headers }) => delete headers['x-contract-version'];
      endsWith(await validate(), 1, /answers health, but without the header x-contract-version/);
      proxy.alter = ({ headers }) => (headers['x-contract-version'] = '1.1.0');
      endsWith(await validate(), 1, /speaks contract 1\.1\.0, this checkout 1\.0\.0/);
    });

    it('says that the sign-in is wrong, or missing', async () => {
      endsWith(await validate({ env: { TASKBOARD_TOKEN: 'no-such-token' } }), 4, /token is not accepted/);
      const login = { ODOO_LOGIN: demo.login, ODOO_PASSWORD: 'wrong' };
      endsWith(await validate({ env: login }), 4, /Login or password is wrong/);
      endsWith(await validate({ env: {} }), 2, /no sign-in: set ODOO_SESSION, or TASKBOARD_TOKEN/);
      endsWith(await validate({ env: { ODOO_LOGIN: 'me' } }), 2, /ODOO_PASSWORD is missing/);
    });

    it('says that nothing answers, that it is no Odoo, and that an address is none', async () => {
      const closed = await alteringProxy(demo.url);
      await closed.close();
      endsWith(await validate({ url: closed.url }), 3, /does not answer: the connection is refused/);
      const other = createServer((_, answer) => answer.writeHead(404).end('<html>'));
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const url = `http://127.0.0.1:${(other.address() as AddressInfo).port}`;
      endsWith(await validate({ url }), 5, /answers \(404\), but it is no Odoo/);
      other.close();
      other.closeAllConnections();
      endsWith(await validate({ url: 'odoo.example.com' }), 2, /is no address/);
      endsWith(await validate({ url: 'http://odoo.example.com' }), 2, /must not travel in the clear/);
    });

    it('ends when the database is away', async () => {
      proxy.alter = (answer) => {
        answer.status = 503;
        answer.body = answer.body.replace('"healthy"', '"unhealthy"');
      };
      endsWith(await validate(), 3, /its database does not/);
    });
  });

  describe('check-contract-drift.sh', () => {
    it('finds none between the demo and the fixtures, and writes nothing', async () => {
      const written: string[] = [];
      proxy.alter = ({ method, path }) => {
        if (method !== 'GET') written.push(`${method} ${path}`);
      };
      const result = await drift();
      assert.equal(result.exit, 0, result.stdout + result.stderr);
      assert.deepEqual(written, []);
    });

    it('with --write looks at every answer of the table', async () => {
      env = { ODOO_LOGIN: demo.login, ODOO_PASSWORD: demo.password };
      const result = await drift('--write');
      env = { TASKBOARD_TOKEN: demo.token };
      assert.equal(result.exit, 0, result.stdout + result.stderr);
      assert.deepEqual(
        result.json.checks.filter(({ state }) => state === 'skipped'),
        [],
      );
    });

    it('finds a key that no fixture has', async () => {
      proxy.alter = (answer) => {
        answer.body = answer.body.replaceAll('"wip_limit":', '"max_cards": 5, "wip_limit":');
      };
      assert.deepEqual(await found(), [{ schema: 'Stage', field: 'max_cards', what: 'new' }]);
    });

    it('finds an optional key that has got another kind', async () => {
      proxy.alter = (answer) => {
        answer.body = answer.body.replace(/"stage_since":"[^"]*"/g, '"stage_since":"2026-03-02"');
      };
      assert.deepEqual(await found(), [{ schema: 'Card', field: 'stage_since', what: 'other kind' }]);
    });

    it('finds a fixture that lies where no schema can tell', async () => {
      const copy = await copyCheckout();
      try {
        const lying = fixtures('valid').filter(({ document }) =>
          JSON.stringify(document).includes('comment_count'),
        );
        assert.ok(lying.length > 0);
        for (const { file } of lying)
          await copy.plant(`fixtures/${file}`, /"comment_count":/g, '"comments":');
        const args = ['--only', 'fixtures', '--json'];
        const schemas = await runGate('validate-contract.sh', args, { checkout: copy.path });
        assert.equal(schemas.exit, 0, 'a schema does tell');
        const result = await runGate('check-contract-drift.sh', [demo.url, '--json'], {
          ...{ checkout: copy.path, env },
        });
        assert.equal(result.exit, 1, result.stdout + result.stderr);
        const drifts = (result.json.drifts ?? []).map(({ field, what }) => `${field} ${what}`);
        assert.deepEqual(drifts, ['comment_count new']);
      } finally {
        await copy.remove();
      }
    });

    async function found() {
      const result = await drift();
      assert.equal(result.exit, 1, result.stdout + result.stderr);
      return (result.json.drifts ?? []).map(({ schema, field, what }) => ({ schema, field, what }));
    }
  });

  describe('record-live-fixtures.sh', () => {
    it('writes documents in the form of the fixtures, without names, addresses and texts', async () => {
      const out = await mkdtemp(join(tmpdir(), 'taskboard-recorded-'));
      try {
        const result = await runGate('record-live-fixtures.sh', [demo.url, '--out', out], { env });
        assert.equal(result.exit, 0, result.stdout + result.stderr);
        const names = await readdir(out);
        const schemas = new Set(fixtures('valid').map(({ schema }) => schema));
        assert.ok(names.includes('board-detail.live-get-board.json'), names.join());
        for (const name of names) {
          const text = await readFile(join(out, name), 'utf8');
          const recorded = JSON.parse(text) as { schema: string; document: object };
          assert.ok(schemas.has(recorded.schema), `${name} is a ${recorded.schema}`);
          assert.doesNotMatch(text, /dev@example\.com|Mara|demo/i, name);
        }
      } finally {
        await rm(out, { recursive: true, force: true });
      }
    });
  });
});
