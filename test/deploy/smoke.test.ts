import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { serve, type Served } from '../../src/demo/http/serve';
import { type AlteringProxy, alteringProxy } from '../gates/alteringProxy';
import { root } from './nginx';

describe('deploy/smoke.sh', function () {
  this.timeout(30_000);
  let demo: Served;
  let proxy: AlteringProxy;

  before(async () => {
    demo = await serve({ port: 0, onWarning: () => {} });
    proxy = await alteringProxy(demo.url);
  });

  after(async () => {
    await proxy?.close();
    await demo?.stop();
  });

  async function smoke(env: Record<string, string> = {}) {
    const child = spawn(join(root, 'deploy', 'smoke.sh'), [proxy.url], {
      env: { PATH: process.env['PATH'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [output, [exit]] = await Promise.all([
      text(child.stdout),
      once(child, 'exit') as Promise<[number]>,
    ]);
    return { output, exit };
  }

  it('walks from health to sign-out on a server that is well', async () => {
    const { output, exit } = await smoke({ ODOO_LOGIN: demo.login, ODOO_PASSWORD: demo.password });
    assert.equal(exit, 0, output);
    for (const step of ['health', 'sign in', 'boards', 'cards of project:1', 'the token is revoked'])
      assert.match(output, new RegExp(`^ok +${step}$`, 'm'));
  });

  it('says what it left out without a sign-in', async () => {
    const { output, exit } = await smoke();
    assert.equal(exit, 0, output);
    assert.match(output, /^skipped what needs a sign-in/m);
  });

  it('fails when the header is gone, and when nothing answers as it should', async () => {
    proxy.alter = ({ headers }) => delete headers['x-contract-version'];
    const dropped = await smoke();
    assert.equal(dropped.exit, 1);
    assert.match(dropped.output, /^FAILED health: without x-contract-version: 1\.0\.0$/m);
    proxy.alter = (answer) => (answer.status = 500);
    assert.match(
      (await smoke({ TASKBOARD_TOKEN: demo.token })).output,
      /^FAILED boards: 500 instead of 200$/m,
    );
    proxy.alter = null;
    const wrong = await smoke({ TASKBOARD_TOKEN: 'no-such-token' });
    assert.equal(wrong.exit, 1);
    assert.match(wrong.output, /^FAILED who is signed in: 401 instead of 200$/m);
  });
});
