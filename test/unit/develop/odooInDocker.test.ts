import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { root } from '../../../scripts/lib/prepare.mjs';

// Docker is not to be had where this runs. What is tested is what Docker would be told: a stand-in on PATH writes it
// down and answers as Docker does. Whether the containers then work together is not.

const run = promisify(execFile);

/** Notes its arguments and its input as a line of JSON, and says what the state of this Docker makes it say. */
const DOCKER = `#!/usr/bin/env node
const { appendFileSync, existsSync, readFileSync, writeFileSync } = require('node:fs');
const { join } = require('node:path');
const folder = process.env.STAND_IN;
const args = process.argv.slice(2);
const needsInput = args.includes('--interactive') || args.at(-1) === '-';
const input = needsInput ? readFileSync(0, 'utf8') : '';
appendFileSync(join(folder, 'told'), JSON.stringify({ args, input }) + '\\n');
const has = (what) => existsSync(join(folder, what));
const [verb] = args;
if (verb === 'version') console.log(has('no-server') ? '' : '28.0.1');
if (verb === 'ps') { const name = args[3].slice(6, -1); if (has(name)) console.log(name); }
if (verb === 'run' && args.includes('--name')) writeFileSync(join(folder, args[args.indexOf('--name') + 1]), '');
if (verb === 'rm') require('node:fs').rmSync(join(folder, args.at(-1)), { force: true });
if (verb === 'network' && args[1] === 'inspect') { if (!has('network')) process.exit(1); }
if (verb === 'network' && args[1] === 'create') writeFileSync(join(folder, 'network'), '');
if (verb === 'exec' && args.includes('psql')) console.log(has('installed') ? '1' : '0');
if (args.some((arg) => arg.startsWith('--init='))) writeFileSync(join(folder, 'installed'), '');
if (args.includes('shell')) {
  console.log('a line of the log');
  console.log(input.includes('TASKBOARD_SEED_TASKS')
    ? JSON.stringify({ projectId: 7, tasks: 50 })
    : JSON.stringify({ main: { login: 'dev@example.com', password: 'p', token: 't' }, users: [] }));
}
if (verb === 'inspect') console.log('taskboard-dev-odoo-18');
if (verb === 'port') console.log('127.0.0.1:' + process.env.STAND_IN_PORT);
`;

interface Told {
  args: string[];
  input: string;
}

describe('npm run odoo in Docker', function () {
  this.timeout(60_000);
  let folder: string;
  let health: Server;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'taskboard-docker-'));
    await writeFile(join(folder, 'docker'), DOCKER, { mode: 0o755 });
    health = createServer((request, response) =>
      response.writeHead(request.url === '/web/health' ? 200 : 404).end('{}'),
    );
    await new Promise<void>((resolve) => health.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    health.close();
    await rm(folder, { recursive: true });
  });

  /** Runs the script with the stand-in first on PATH. @returns what it printed, and what Docker was told */
  async function odoo(...args: string[]): Promise<{ stdout: string; stderr: string; told: Told[] }> {
    await writeFile(join(folder, 'told'), '');
    const env = {
      ...process.env,
      PATH: `${folder}${delimiter}${process.env['PATH']}`,
      STAND_IN: folder,
      STAND_IN_PORT: String((health.address() as AddressInfo).port),
    };
    const { stdout, stderr } = await run(process.execPath, [join(root, 'scripts', 'odoo.mjs'), ...args], {
      env,
    });
    const lines = (await readFile(join(folder, 'told'), 'utf8')).split('\n').filter(Boolean);
    return { stdout, stderr, told: lines.map((line) => JSON.parse(line) as Told) };
  }
  const line = ({ args }: Told) => args.join(' ');

  it('says in its help which way this machine goes', async () => {
    assert.match((await odoo('--help', '--docker')).stdout, /Odoo runs in Docker here/);
    assert.match((await odoo('--help')).stdout, /Odoo (runs without Docker|runs in Docker) here/);
    await writeFile(join(folder, 'no-server'), '');
    assert.match((await odoo('--help', '--docker')).stdout, /no Docker answers/);
    await rm(join(folder, 'no-server'));
  });

  it('starts the pinned PostgreSQL and Odoo, installs the addon, fills it, and prints the address', async () => {
    const { stdout, stderr, told } = await odoo('up', '--docker');
    assert.match(stderr, /Odoo runs in Docker here/);
    const { url, ...rest } = JSON.parse(stdout) as Record<string, string>;
    assert.equal(url, `http://127.0.0.1:${(health.address() as AddressInfo).port}`);
    assert.deepEqual(rest, {
      ...{ db: 'taskboard_main', login: 'dev@example.com', password: 'p', token: 't', odooVersion: '18.0' },
    });
    const dockerfile = await readFile(join(root, 'deploy', 'odoo', 'Dockerfile'), 'utf8');
    const compose = await readFile(join(root, 'deploy', 'compose.yaml'), 'utf8');
    const built = told.find(({ args }) => args[0] === 'build');
    assert.ok(built?.input.startsWith(/^FROM odoo:18\S+$/m.exec(dockerfile)![0]), built?.input);
    for (const name of ['python3-jsonschema', 'python3-prometheus-client'])
      assert.ok(built?.input.includes(name));
    const postgres = told.find((each) => line(each).includes('--name taskboard-main-postgres'));
    assert.equal(postgres?.args.at(-1), /image: (postgres:\S+)/.exec(compose)![1]);

    const order = [
      /^build --quiet/,
      /^network create taskboard-main$/,
      /^run --detach --name taskboard-main-postgres /,
      /^exec taskboard-main-postgres pg_isready /,
      / --init=base,project,contacts,hr_timesheet,ipai_taskboard_api --without-demo=all --stop-after-init$/,
      / odoo shell --database=taskboard_main --no-http$/,
      / --detach --name taskboard-main-odoo /,
      /^port taskboard-main-odoo 8069\/tcp$/,
    ].map((wanted) => told.findIndex((each) => wanted.test(line(each))));
    assert.ok(!order.includes(-1), `${order.join()}\n${told.map(line).join('\n')}`);
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.match(told[order[5]!]!.input, /def make_people/);
  });

  it('mounts the addon of the checkout, read-only, and listens on this machine alone', async () => {
    const { told } = await odoo('up', '--docker');
    const odoos = told.filter(({ args }) => args[0] === 'run' && args.includes('odoo'));
    assert.ok(odoos.length >= 3);
    for (const each of odoos)
      assert.ok(
        each.args.includes(`type=bind,source=${join(root, 'odoo-module')},target=/mnt/extra-addons,readonly`),
      );
    const published = told.flatMap(({ args }) =>
      args.includes('--publish') ? [args[args.indexOf('--publish') + 1]] : [],
    );
    assert.deepEqual(published, ['127.0.0.1::8069']);
    assert.ok(told.some((each) => line(each).includes('--load=base,web,ipai_taskboard_api')));
  });

  it('brings the addon up to date the next time, and keeps the data', async () => {
    const { told } = await odoo('up', '--docker');
    assert.ok(told.some((each) => line(each).includes('--update=ipai_taskboard_api')));
    assert.ok(!told.some(({ args }) => args[0] === 'volume'));
    assert.ok(!told.some((each) => line(each).includes('--init=')));
    assert.ok(told.some((each) => line(each) === 'start taskboard-main-postgres'));
  });

  it('begins anew with --fresh, also with Odoo 19', async () => {
    const { told } = await odoo('up', '--docker', '--fresh', '--odoo', '19');
    for (const volume of ['taskboard-main-postgres', 'taskboard-main-files'])
      assert.ok(told.some((each) => line(each) === `volume rm --force ${volume}`));
    assert.match(told.find(({ args }) => args[0] === 'build')?.input ?? '', /^FROM odoo:19\n/);
    assert.ok(told.some((each) => line(each).includes('--load=base,rpc,web,ipai_taskboard_api')));
  });

  it('fills a project, and stops both', async () => {
    const seeded = await odoo('seed', '--docker', '--tasks', '50', '--project', 'Big one');
    assert.deepEqual(JSON.parse(seeded.stdout), { projectId: 7, tasks: 50 });
    assert.ok(seeded.told.some(({ args }) => args.includes('TASKBOARD_SEED_PROJECT=Big one')));
    const { told } = await odoo('down', '--docker');
    assert.deepEqual(
      told.filter(({ args }) => args[0] === 'stop').map(({ args }) => args[1]),
      ['taskboard-main-odoo', 'taskboard-main-postgres'],
    );
  });

  it('takes no name that would be another’s', async () => {
    await assert.rejects(odoo('up', '--docker', '--name', '../x'), /cannot name an Odoo instance/);
  });
});
