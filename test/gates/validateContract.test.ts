import assert from 'node:assert/strict';
import { type CheckoutCopy, copyCheckout } from './checkoutCopy';
import { failedOf, runGate } from './runGate';

const ADDON = 'odoo-module/ipai_taskboard_api';

interface Fault {
  what: string;
  file: string;
  from: string | RegExp;
  to: string;
  /** The gate that must find it. */
  gate: string;
  /** What it must say, so that a person finds the place. */
  says: RegExp;
}

const FAULTS: Fault[] = [
  {
    what: 'a key that is renamed in the mapping',
    file: `${ADDON}/services/mapping.py`,
    from: '"due_date": loaded.due_date(card),\n        "created_at"',
    to: '"deadline": loaded.due_date(card),\n        "created_at"',
    gate: 'mapping',
    says: /card\(\) writes "deadline".*\n.*does not write "due_date"/,
  },
  {
    what: 'an optional key that is renamed in the mapping',
    file: `${ADDON}/services/mapping.py`,
    from: '"comment_count": loaded',
    to: '"comments": loaded',
    gate: 'mapping',
    says: /"comments", which Card does not know/,
  },
  {
    what: 'a key below a key that is renamed in the mapping',
    file: `${ADDON}/services/mapping.py`,
    from: '{"type": kind, "task_id": card_id(number)}',
    to: '{"type": kind, "card_id": card_id(number)}',
    gate: 'mapping',
    says: /"card_id", which Card.dependencies does not know/,
  },
  {
    what: 'a schema that lags behind src/contract',
    file: 'src/contract/values.ts',
    from: /export const MAX_NAME = \d+/,
    to: 'export const MAX_NAME = 400',
    gate: 'schemas',
    says: /Not what src\/contract says now/,
  },
  {
    what: 'a schema that somebody edits by hand',
    file: 'schemas/Card.schema.json',
    from: '"title"',
    to: '"headline"',
    gate: 'schemas',
    says: /schemas\/Card\.schema\.json/,
  },
  {
    what: 'a fixture that lies: called valid, but it is not',
    file: 'fixtures/valid/card.bare.json',
    from: '"title": "',
    to: '"titel": "',
    gate: 'fixtures',
    says: /card\.bare\.json is valid for zod and for ajv/,
  },
  {
    what: 'a fixture that lies: called invalid, but it is well',
    file: 'fixtures/invalid/tag.colour-short.json',
    from: /"#[0-9A-Fa-f]{3}"/,
    to: '"#EE2D2D"',
    gate: 'fixtures',
    says: /tag\.colour-short\.json/,
  },
  {
    what: 'demo data that do not conform',
    file: 'src/demo/rules/cardView.ts',
    from: 'due_date: ',
    to: 'due_day: ',
    gate: 'demo data',
    says: /due_date/,
  },
  ...Object.entries({
    'src/contract/version.ts': "CONTRACT_VERSION = '1.0.0'",
    [`${ADDON}/services/mapping.py`]: 'CONTRACT_VERSION = "1.0.0"',
    [`${ADDON}/__manifest__.py`]: '"version": "1.0.0"',
    [`${ADDON}/schemas/requests.json`]: '"contract_version": "1.0.0"',
    'schemas/Board.schema.json': '"x-contract-version": "1.0.0"',
    'schemas/openapi.json': '"version": "1.0.0"',
    'README.md': 'contract 1.0.0',
    'deploy/nginx/taskboard/contract-version.conf': 'x-contract-version "1.0.0"',
  }).map(([file, from]) => ({
    what: `a version that is raised in ${file} only`,
    ...{ file, from, to: from.replace('1.0.0', '1.1.0'), gate: 'versions', says: /says 1\.[01]\.0/ },
  })),
];

describe('ci/validate-contract.sh', function () {
  this.timeout(60_000);
  let copy: CheckoutCopy;

  before(async () => {
    copy = await copyCheckout();
  });

  afterEach(() => copy?.restore());

  after(() => copy?.remove());

  it('passes as the checkout is', async () => {
    // Types are what `npm run check` looks at, and take half a minute.
    const gates = ['versions', 'mapping', 'schemas', 'fixtures', 'demo data'];
    const only = gates.flatMap((gate) => ['--only', gate]);
    const result = await runGate('validate-contract.sh', [...only, '--json'], { checkout: copy.path });
    assert.equal(result.exit, 0, result.stdout + result.stderr);
    assert.deepEqual(
      result.json.checks.map(({ name }) => name),
      gates,
    );
  });

  for (const { what, file, from, to, gate, says } of FAULTS)
    it(`finds ${what}, by the gate "${gate}"`, async function () {
      await copy.plant(file, from, to);
      const args = ['--only', gate, '--json'];
      const result = await runGate('validate-contract.sh', args, { checkout: copy.path });
      if (result.json.checks[0]?.state === 'skipped') this.skip();
      assert.equal(result.exit, 1, result.stdout + result.stderr);
      assert.deepEqual(failedOf(result), [gate]);
      assert.match(result.json.checks[0]?.detail ?? '', says);
    });

  it('tells how it is used, and what was typed wrongly', async () => {
    const help = await runGate('validate-contract.sh', ['--help']);
    assert.equal(help.exit, 0);
    for (const word of ['versions', 'mapping', '--json', 'Exit codes'])
      assert.match(help.stdout, new RegExp(word));
    const wrong = await runGate('validate-contract.sh', ['--only', 'nonsense']);
    assert.equal(wrong.exit, 2);
    assert.match(wrong.stderr, /there is no gate "nonsense"; there are: versions/);
  });
});
