import { startOdoo, type RunningOdoo } from '../../scripts/lib/odoo/index.mjs';
import { orSkip } from '../orSkip';

export { orSkip, type RunningOdoo };

let starting: Promise<RunningOdoo> | undefined;

/**
 * The real Odoo of this test process, started at the first call and stopped after the last test. To be called in a
 * `before(function () {…})` with its `this`; where Odoo can't be had the tests are skipped, unless it is required.
 */
export function odooServer(context: Mocha.Context): Promise<RunningOdoo> {
  return orSkip(context, () => (starting ??= startOdoo()));
}

/**
 * A real Odoo with nothing but the demo projects, for a test that looks at all of it; the test stops it.
 * @param options `name` tells it from another one of the same test, `extraConfig` are Odoo's settings by their own names
 */
export function freshOdoo(
  context: Mocha.Context,
  {
    name = 'fresh',
    ...options
  }: { name?: string; extraConfig?: Record<string, string | number | boolean> } = {},
): Promise<RunningOdoo> {
  return orSkip(context, () => startOdoo({ name: `${name}_${process.pid}`, ...options }));
}

// At the top of a file that mocha loads, so it runs once, after all tests of all files.
after('stop Odoo', async function () {
  this.timeout(300_000);
  const running = await starting?.catch(() => undefined);
  await running?.stop();
});
