// Mocha's spec reporter that also writes what happened into a JSON file. CommonJS: mocha loads reporters by require.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

/**
 * @typedef {object} SuiteResult
 * @property {number} passed
 * @property {number} failed
 * @property {number} skipped
 * @property {{ title: string, error: string }[]} failures a hook that fails is one, too
 */

module.exports = class CountingReporter extends Mocha.reporters.Spec {
  /** @param {Mocha.Runner} runner @param {Mocha.MochaOptions & { reporterOption?: { output?: string } }} options */
  constructor(runner, options) {
    super(runner, options);
    const output = options.reporterOption?.output ?? options.reporterOptions?.output;
    if (!output) throw new Error('The counting reporter needs the option output: the file to write.');
    /** @type {SuiteResult} */
    const result = { passed: 0, failed: 0, skipped: 0, failures: [] };
    runner.on('pass', () => (result.passed += 1));
    runner.on('pending', () => (result.skipped += 1));
    runner.on('fail', (test, error) => {
      result.failed += 1;
      result.failures.push({ title: test.fullTitle(), error: error?.stack ?? String(error) });
    });
    runner.once('end', () => writeFileSync(output, JSON.stringify(result)));
  }
};
