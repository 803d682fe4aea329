import assert from 'node:assert/strict';
import { ENDPOINTS, type EndpointName } from '../../src/contract/endpoints';
import type { Backend } from './backend';
import type { Need, Row } from './rows';
import { PARTS } from './parts';
import { World } from './world';

/** Odoo on a busy machine, and its own retries. */
const TEST_TIMEOUT_MS = 180_000;

/**
 * The contract's behaviours as mocha tests against one backend. Rows that need what the server does not announce or
 * have are taken out before they run: they count neither as passed nor as skipped, and are listed once.
 */
export function defineConformance(backend: Backend): void {
  describe(`conformance of ${backend.name}`, function () {
    this.timeout(TEST_TIMEOUT_MS);
    const rows = new Map<Mocha.Test, Row>();
    let world: World;

    before(async function () {
      world = await World.open(backend, this);
      const suite = this.test?.parent;
      assert.ok(suite);
      report(backend.name, takeOut(suite, rows, world));
    });

    after(async () => {
      await world?.close();
    });

    it('announces what it should', () => {
      assert.deepEqual(
        [...(backend.announces ?? [])].filter((name) => !world.capabilities.has(name)),
        [],
      );
    });

    for (const part of PARTS)
      describe(part.title, () => {
        for (const row of part.rows)
          rows.set(
            it(row.title, () => row.run(world)),
            row,
          );
      });

    // A suite of its own: mocha runs the tests of a suite before those of its children.
    describe('the suite', () => {
      it('was asked for every endpoint that it serves', () => {
        const names = Object.keys(ENDPOINTS) as EndpointName[];
        const needsLogin: EndpointName[] = world.has('login') ? [] : ['createToken', 'revokeToken'];
        const forgotten = names.filter(
          (name) => world.has(name) && !needsLogin.includes(name) && !world.called.has(name),
        );
        assert.deepEqual(forgotten, []);
      });
    });
  });
}

/** Removes the tests whose rows the world can't run; gives them by what they would need. */
function takeOut(suite: Mocha.Suite, rows: Map<Mocha.Test, Row>, world: World): Map<Need, number> {
  const left = new Map<Need, number>();
  for (const each of suite.suites)
    each.tests = each.tests.filter((test) => {
      const lacking = rows.get(test)?.needs.find((need) => !world.has(need));
      if (lacking) left.set(lacking, (left.get(lacking) ?? 0) + 1);
      return lacking === undefined;
    });
  return left;
}

function report(name: string, left: Map<Need, number>): void {
  if (left.size === 0) return;
  const list = [...left].map(([need, count]) => `${need} (${count})`).join(', ');
  console.log(`    not part of ${name}, rows that need: ${list}`);
}
