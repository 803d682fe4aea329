import assert from 'node:assert/strict';
import { readdirSync, readFileSync, existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from './nginx';

interface Step {
  name?: string;
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
  strategy?: { matrix: { include: Record<string, string>[] } };
  if?: string;
  'timeout-minutes'?: number;
}

interface Workflow {
  on: unknown;
  permissions: Record<string, string>;
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
      live.strategy?.matrix.include.map(({ odoo }) => odoo),
      ['18', '19'],
    );
    assert.equal(live.services?.['odoo']?.image, 'odoo:${{ matrix.odoo }}');
    for (const script of ['validate-live-api.sh', 'check-contract-drift.sh'])
      assert.ok(JSON.stringify(live.steps).includes(script), script);
  });

  it('deploys what passed, first to staging, then to production, and never a pull request', () => {
    assert.deepEqual(job(file, 'staging').needs, ['static', 'live']);
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
