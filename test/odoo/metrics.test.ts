import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { ensurePromtool } from '../../scripts/lib/promtool.mjs';
import { run } from '../../scripts/lib/run.mjs';
import { setParameter } from './rpc';
import { freshOdoo, orSkip, type RunningOdoo } from './server';

const secret = 'a-secret-of-the-tests';
const requests = 64;

describe('metrics of a server with two workers', () => {
  let odoo: RunningOdoo;

  before(async function () {
    // Workers that end after a few requests, as those of a busy server do once in a while.
    odoo = await freshOdoo(this, { extraConfig: { limit_request: 10 } });
    await setParameter(odoo, 'ipai_taskboard_api.metrics_token', secret);
  });

  after(async function () {
    this.timeout(300_000);
    await odoo.stop();
  });

  it('count every request of every worker, those that ended and those that were killed too', async function () {
    this.timeout(300_000);
    await ask(requests);
    assert.equal(await counted(), requests);
    const workers = await workersInLog();
    assert.ok(workers.size > 2, `only the workers ${[...workers].join()} answered: none had ended`);
    await odoo.stopServer({ crash: true });
    await odoo.startServer();
    await ask(requests);
    assert.equal(await counted(), 2 * requests);
  });

  it('are what Prometheus takes', async function () {
    const promtool = await orSkip(this, ensurePromtool);
    await run(promtool, ['check', 'metrics'], { input: await metrics() });
  });

  async function ask(times: number) {
    const headers = { Authorization: `Bearer ${odoo.token}` };
    const lane = async () => {
      for (let n = 0; n < times / 8; n++) {
        const response = await fetch(`${odoo.url}/api/v1/me`, { headers });
        assert.equal(response.status, 200);
        await response.arrayBuffer();
      }
    };
    await Promise.all(Array.from({ length: 8 }, lane));
  }

  async function counted() {
    const line = /^taskboard_requests_total\{method="GET",route="\/api\/v1\/me",status="200"\} (\S+)$/m;
    return Number(line.exec(await metrics())?.[1]);
  }

  async function metrics() {
    const response = await fetch(`${odoo.url}/api/v1/metrics`, {
      headers: { Authorization: `Bearer ${secret}` },
    });
    assert.equal(response.status, 200);
    return response.text();
  }

  /** The processes that answered so far. */
  async function workersInLog() {
    const log = await readFile(odoo.logFile, 'utf8');
    const lines = log.matchAll(/^\S+ \S+ (\d+) INFO \S+ odoo\.addons\.ipai_taskboard_api\.requests: /gm);
    return new Set([...lines].map((match) => Number(match[1])));
  }
});
