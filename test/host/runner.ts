/**
 * Tests that run inside a real VS Code's extension host, with our extension loaded from the checkout.
 *
 * Write them as `test/host/<subject>.test.ts`: mocha's `describe` and `it`, `node:assert`, `import * as vscode from
 * 'vscode'`. Each file is picked up by its name (scripts/lib/vscode/hostTests.mjs bundles them with this runner).
 * Limits: 20 s a test; modal dialogs are refused while tests run, so what asks a modal question is tested behind its
 * port here, and for real in test/e2e. The workspace is an empty folder, user data are new for each run.
 * `TASKBOARD_GREP` runs only the tests whose title contains it: `TASKBOARD_GREP=tree npm test -- host`.
 */
import Mocha from 'mocha';
import * as vscode from 'vscode';
import CountingReporter from '../../scripts/lib/mochaReporter.cjs';

/** A test file of the bundle: `load` runs its `describe` calls. */
export interface TestFile {
  name: string;
  load: () => unknown;
}

/** Runs the files and writes the counts to the file named by `TASKBOARD_RESULTS`. Throws when a test failed. */
export async function runTests(files: TestFile[]): Promise<void> {
  console.log(`Host tests in VS Code ${vscode.version}`); // the driver shows what is printed from here on
  const grep = process.env.TASKBOARD_GREP;
  const mocha = new Mocha({
    ...(grep ? { grep } : {}),
    timeout: 120_000,
    color: false,
    forbidOnly: true,
    reporter: CountingReporter,
    reporterOptions: { output: process.env.TASKBOARD_RESULTS },
  });
  for (const { name, load } of files) {
    mocha.suite.emit('pre-require', globalThis, name, mocha); // defines describe and it
    mocha.suite.emit('require', load(), name, mocha);
    mocha.suite.emit('post-require', globalThis, name, mocha);
  }
  const failures = await new Promise<number>((resolve) => mocha.run(resolve));
  if (failures > 0) throw new Error(`${failures} of the host tests failed.`);
}
