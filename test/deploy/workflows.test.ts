import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { suites } from '../../scripts/lib/suites.mjs';
import { root } from './nginx';

interface Step {
  name?: string;
  with?: Record<string, string>;
  uses?: string;
  run?: string;
  if?: string;
  id?: string;
  env?: Record<string, string>;
}

interface Job {
  steps?: Step[];
  uses?: string;
  needs?: string | string[];
  environment?: string | { name: string };
  permissions?: Record<string, string>;
  services?: Record<string, { image: string }>;
  strategy?: { matrix: { include?: Record<string, string>[]; suites?: string[] } };
  if?: string;
  container?: string;
  with?: Record<string, string>;
  env?: Record<string, string>;
  'timeout-minutes'?: number;
}

interface Workflow {
  on: unknown;
  permissions: Record<string, string>;
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

const folder = join(root, '.github', 'workflows');
const files = readdirSync(folder);
const text = (file: string) => readFileSync(join(folder, file), 'utf8');
const workflow = (file: string) => load(text(file)) as Workflow;
const jobsOf = (file: string) => Object.entries(workflow(file).jobs);
const stepsOf = (file: string) => jobsOf(file).flatMap(([, { steps = [] }]) => steps);
const job = (file: string, name: string): Job => {
  const found = workflow(file).jobs[name];
  assert.ok(found, `${file} has no job ${name}`);
  return found;
};

// GitHub is not here: the files are held against GitHub's own parser and schema, and against what they call.
describe('the workflows', () => {
  for (const file of files)
    it(`${file} is what GitHub takes`, async () => {
      const { NoOperationTraceWriter, parseWorkflow } = await import('@actions/workflow-parser');
      const result = parseWorkflow({ name: file, content: text(file) }, new NoOperationTraceWriter());
      assert.deepEqual(
        result.context.errors.getErrors().map(({ message }) => message),
        [],
      );
    });

  it('pin every action to a release', () => {
    for (const file of files)
      for (const { uses } of stepsOf(file))
        if (uses) assert.match(uses, /^actions\/[a-z-]+@v\d+\.\d+\.\d+$/, file);
  });

  it('may read the code and nothing else, but for the one job that makes a release', () => {
    for (const file of files) {
      assert.deepEqual(workflow(file).permissions, { contents: 'read' }, file);
      const more = jobsOf(file).filter(([, { permissions }]) => permissions);
      assert.deepEqual(
        more.map(([name, { permissions }]) => [name, permissions]),
        file === 'release.yml' ? [['github', { contents: 'write' }]] : [],
      );
    }
  });

  it('put nothing that somebody else may write into a script', () => {
    for (const file of files)
      for (const { run = '', name } of stepsOf(file)) assert.doesNotMatch(run, /\$\{\{/, `${file}: ${name}`);
  });

  it('end in time', () => {
    for (const file of files)
      for (const [name, { steps, ['timeout-minutes']: minutes }] of jobsOf(file))
        if (steps) assert.ok(minutes && minutes <= 60, `${file}: ${name}`);
  });

  it('run only scripts that are there', () => {
    for (const file of files)
      for (const { run = '' } of stepsOf(file))
        for (const [script] of run.matchAll(/(?:ci|deploy)\/[a-z-]+\.sh/g)) {
          assert.ok(existsSync(join(root, script)), `${file} runs ${script}`);
          assert.ok(statSync(join(root, script)).mode & 0o100, script);
        }
  });
});

describe('contract-validation.yml', () => {
  const file = 'contract-validation.yml';

  it('looks at pull requests with the static gates and with both Odoo versions', () => {
    assert.ok('pull_request' in (workflow(file).on as object));
    assert.match(JSON.stringify(job(file, 'static').steps), /validate-contract\.sh/);
    const live = job(file, 'live');
    assert.deepEqual(
      live.strategy?.matrix.include?.map(({ odoo }) => odoo),
      ['18', '19'],
    );
    assert.equal(live.services?.['odoo']?.image, 'odoo:${{ matrix.odoo }}');
    for (const script of ['validate-live-api.sh', 'check-contract-drift.sh'])
      assert.ok(JSON.stringify(live.steps).includes(script), script);
  });

  it('deploys what passed, first to staging, then to production, and never a pull request', () => {
    assert.deepEqual(job(file, 'staging').needs, ['static', 'live', 'extension', 'gates-green']);
    assert.equal(job(file, 'extension').uses, './.github/workflows/ci.yml');
    assert.match(
      job(file, 'staging').if ?? '',
      /event_name != 'pull_request' && github\.ref == 'refs\/heads\/main'/,
    );
    assert.equal(job(file, 'production').needs, 'staging');
    for (const name of ['staging', 'production'])
      assert.equal(job(file, name).uses, './.github/workflows/deploy.yml');
  });

  it('goes back to what ran before when the live check fails', () => {
    const steps = job('deploy.yml', 'deploy').steps ?? [];
    const at = (name: string) => steps.findIndex((step) => step.name === name);
    const order = ['What runs now', 'Roll out', 'Live check', 'Back to the former release'].map(at);
    assert.ok(!order.includes(-1));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    const back = steps[at('Back to the former release')];
    assert.match(back?.if ?? '', /^failure\(\)/);
    assert.equal(back?.env?.['FORMER'], '${{ steps.former.outputs.release }}');
    const { environment } = job('deploy.yml', 'deploy');
    assert.equal(typeof environment === 'object' && environment.name, '${{ inputs.environment }}');
  });
});

/** All that `npm test` runs. */
const SUITES = ['check', 'build', ...suites.map(({ name }) => name)];

describe('ci.yml', () => {
  const file = 'ci.yml';
  const testing = jobsOf(file).filter(([name]) => name !== 'all-green');

  it('looks at every pull request, and can be called', () => {
    const on = workflow(file).on as Record<string, unknown>;
    assert.ok('pull_request' in on && 'workflow_call' in on);
    assert.equal(on['pull_request'], null, 'only some pull requests are looked at');
    for (const [name, { if: condition }] of testing) assert.equal(condition, undefined, name);
  });

  it('runs every suite, each once', () => {
    const matrix = job(file, 'suites').strategy?.matrix.suites ?? [];
    const run = [...matrix.flatMap((group) => group.split(' ')), 'odoo'];
    assert.deepEqual(run.sort(), [...SUITES].sort());
    const { matrix: versions } = job(file, 'odoo').strategy!;
    assert.deepEqual(versions.include?.map(({ odoo }) => odoo).sort(), ['18', '19']);
    assert.ok(job(file, 'odoo').steps?.some(({ run = '' }) => run === 'ci/test-all-of.sh odoo'));
    assert.ok(job(file, 'suites').steps?.some(({ run = '' }) => run === 'ci/test-all-of.sh $SUITES'));
  });

  it('requires all that a suite may need: as .ci/run does', () => {
    const own = /TASKBOARD_REQUIRE=(\S+)/.exec(readFileSync(join(root, '.ci', 'run'), 'utf8'))?.[1];
    assert.ok(own);
    assert.equal(workflow(file).env?.['TASKBOARD_REQUIRE'], own);
    for (const [name, { env, steps = [], container }] of testing) {
      for (const each of [env, ...steps.map((step) => step.env)])
        assert.ok(!each || !('TASKBOARD_REQUIRE' in each), `${name} requires less`);
      assert.match(container ?? '', /^node:20\.\d+\.\d+-bookworm$/, 'the rig wants Debian 12 and Node 20');
    }
  });

  it('lets nothing go on after a failure', () => {
    for (const each of files) assert.doesNotMatch(text(each), /continue-on-error|\|\| true/, each);
  });

  it('takes from a cache only what was made by the same lock file', () => {
    for (const each of files)
      for (const { uses = '', with: options = {} } of stepsOf(each))
        if (uses.startsWith('actions/cache@'))
          assert.match(options['key'] ?? '', /hashFiles\('package-lock\.json'/, each);
    for (const each of files) assert.doesNotMatch(text(each), /restore-keys/, each);
  });

  it('is green only when each of its jobs ran and passed', () => {
    const { if: condition, needs } = job(file, 'all-green');
    assert.equal(condition, 'always()');
    assert.deepEqual([needs].flat().sort(), testing.map(([name]) => name).sort());
  });

  it('is what is called before anything is deployed or published', () => {
    const { uses, with: options } = job('release.yml', 'test');
    assert.equal(uses, './.github/workflows/ci.yml');
    assert.equal(options?.['ref'], '${{ inputs.tag || github.ref }}');
    assert.ok('ref' in (workflow(file).on as { workflow_call: { inputs: object } }).workflow_call.inputs);
    for (const { uses, with: given = {} } of testing.flatMap(([, { steps = [] }]) => steps))
      if (uses?.startsWith('actions/checkout@') && !given['repository'])
        assert.equal(given['ref'], '${{ inputs.ref }}', 'looks at something else than it is asked to');
    for (const [name, { if: condition }] of jobsOf('release.yml'))
      assert.equal(condition, undefined, `${name} may go on without what it needs`);
    const needed = (name: string): string[] => {
      const { needs = [] } = job('release.yml', name);
      return [needs].flat().flatMap((each) => [each, ...needed(each)]);
    };
    for (const name of ['build', 'github', 'marketplace', 'open-vsx'])
      assert.ok(needed(name).includes('test'), name);
  });
});

describe('a green check', () => {
  /** What the job's step answers to these results. */
  const answers = (file: string, name: string, results: Record<string, string>) => {
    const [step] = job(file, name).steps ?? [];
    const needs = Object.fromEntries(Object.entries(results).map(([each, result]) => [each, { result }]));
    return spawnSync('bash', ['-euo', 'pipefail', '-c', step?.run ?? 'false'], {
      env: { ...process.env, NEEDS: JSON.stringify(needs) },
      encoding: 'utf8',
    });
  };

  for (const [file, name] of [
    ['ci.yml', 'all-green'],
    ['contract-validation.yml', 'gates-green'],
  ] as const)
    it(`of ${file} is none when a job was skipped, failed or was called off`, function () {
      if (spawnSync('jq', ['--version']).error) return this.skip();
      assert.equal(answers(file, name, { a: 'success', b: 'success' }).status, 0);
      for (const result of ['skipped', 'failure', 'cancelled', ''])
        assert.notEqual(answers(file, name, { a: 'success', b: result }).status, 0, result);
      assert.notEqual(answers(file, name, {}).status, 0, 'nothing ran');
    });

  it('needs a run in which nothing failed and nothing was skipped', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'taskboard-ci-'));
    try {
      const runs = (last: string, code = 0) => {
        writeFileSync(join(folder, 'npm'), `#!/bin/sh\necho "== $*"\necho "${last}"\nexit ${code}\n`, {
          mode: 0o755,
        });
        return spawnSync(join(root, 'ci', 'test-all-of.sh'), ['unit', 'host'], {
          env: { ...process.env, PATH: `${folder}:${process.env['PATH']}` },
          encoding: 'utf8',
        });
      };
      const fine = runs('12 passed, 0 failed, 0 skipped');
      assert.equal(fine.status, 0, fine.stderr);
      assert.match(fine.stdout, /== test -- unit host/);
      assert.notEqual(runs('12 passed, 0 failed, 1 skipped').status, 0);
      assert.notEqual(runs('0 passed, 0 failed, 0 skipped').status, 0);
      assert.notEqual(runs('12 passed, 1 failed, 0 skipped', 1).status, 0);
      assert.notEqual(runs('killed').status, 0);
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('release.yml', () => {
  const file = 'release.yml';

  it('makes a VSIX with checksums and a bill of materials out of a tag', () => {
    const steps = JSON.stringify(job(file, 'build').steps);
    for (const part of ['npm run package', 'scripts/sbom.mjs', 'SHA256SUMS', 'upload-artifact'])
      assert.ok(steps.includes(part), part);
  });

  it('publishes behind an approval, and just the file that was built', () => {
    for (const name of ['marketplace', 'open-vsx']) {
      const { environment, steps } = job(file, name);
      assert.equal(environment, name);
      assert.ok(JSON.stringify(steps).includes('sha256sum --check SHA256SUMS'));
      assert.ok(!JSON.stringify(steps).includes('npm run package'), 'builds again what was approved');
    }
  });

  it('keeps each token to the one step that needs it', () => {
    for (const [name, { steps = [] }] of jobsOf(file))
      for (const step of steps) {
        const secrets = Object.values(step.env ?? {}).filter((value) => value.includes('secrets.'));
        assert.ok(secrets.length <= 1, `${name}: ${step.name}`);
      }
    assert.equal(text(file).match(/secrets\./g)?.length, 2);
  });
});
