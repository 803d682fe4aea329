import assert from 'node:assert/strict';
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from '../../scripts/lib/run.mjs';
import { root } from './nginx';

// With a git of its own, and a docker that only writes down what it is asked for.
describe('deploy/roll-out.sh', function () {
  this.timeout(30_000);
  let dir: string;
  let host: string;
  const commits: string[] = [];

  before(async () => {
    dir = await mkdtemp(join(tmpdir(), 'taskboard-rollout-'));
    const origin = join(dir, 'origin');
    host = join(dir, 'host');
    await mkdir(join(origin, 'deploy'), { recursive: true });
    const git = (...args: string[]) =>
      run('git', ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', ...args], { cwd: origin });
    await git('init', '--quiet', '--initial-branch=main');
    await cp(join(root, 'deploy', 'roll-out.sh'), join(origin, 'deploy', 'roll-out.sh'));
    for (const release of ['former', 'new']) {
      await writeFile(join(origin, 'release'), release);
      await git('add', '--all');
      await git('commit', '--quiet', '--message', release);
      commits.push((await git('rev-parse', 'HEAD')).trim());
    }
    await run('git', ['clone', '--quiet', origin, host]);
    await mkdir(join(host, 'deploy', 'secrets'));
    await mkdir(join(dir, 'bin'));
    const docker = join(dir, 'bin', 'docker');
    const answer = 'case "$*" in *"ps --quiet"*) echo running;; *pg_dump*) echo the-dump;; esac';
    await writeFile(docker, `#!/bin/sh\necho "$TASKBOARD_RELEASE $*" >>'${join(dir, 'calls')}'\n${answer}\n`);
    await chmod(docker, 0o755);
  });

  after(() => rm(dir, { recursive: true, force: true }));

  const rollOut = async (what: string) => {
    const env = { ...process.env, PATH: `${join(dir, 'bin')}:${process.env['PATH']}` };
    return (await run(join(host, 'deploy', 'roll-out.sh'), [what], { env })).trim();
  };

  it('brings a release up: backup first, then the addon, then all of it', async () => {
    const [former = '', latest = ''] = commits;
    await rollOut(former);
    assert.equal(await rollOut('--current'), former);
    await writeFile(join(dir, 'calls'), '');
    await rollOut(latest);
    assert.equal(await rollOut('--current'), latest);
    assert.equal(await readFile(join(host, 'release'), 'utf8'), 'new');
    const calls = (await readFile(join(dir, 'calls'), 'utf8')).trim().split('\n');
    const at = (part: string) =>
      calls.findIndex((call) => call.startsWith(`${latest} `) && call.includes(part));
    const order = ['build', 'pg_dump', '--update=ipai_taskboard_api', 'up --detach --wait'].map(at);
    assert.ok(!order.includes(-1), calls.join('\n'));
    const last = calls.findLastIndex((call) => call.endsWith('up --detach --wait'));
    assert.equal(last, calls.length - 1);
    assert.ok(at('pg_dump') < at('--update='));
    assert.equal(await readFile(join(host, 'backups', `before-${latest}.dump`), 'utf8'), 'the-dump\n');
  });

  it('goes back to the former one', async () => {
    await rollOut(commits[0] ?? '');
    assert.equal(await readFile(join(host, 'release'), 'utf8'), 'former');
    assert.equal(await rollOut('--current'), commits[0]);
  });

  it('takes a whole commit and nothing that a shell might read otherwise', async () => {
    for (const wrong of ['main', 'HEAD; true', '--force', commits[0]?.slice(0, 12) ?? ''])
      await assert.rejects(rollOut(wrong), /Usage/);
  });
});
