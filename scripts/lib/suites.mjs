// The suites of `npm test`, each a process of its own with a time limit.
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './prepare.mjs';
import { endTree } from './processes.mjs';

/** @typedef {import('./mochaReporter.cjs').SuiteResult} SuiteResult */
/**
 * @typedef {object} Suite
 * @property {string} name
 * @property {import('./parts.mjs').SlowPart[]} needs
 * @property {boolean} needsBuild whether it runs what is in dist/
 * @property {number} minutes its time limit, for one that hangs: several times what it takes on a busy machine
 * @property {() => Promise<string[]>} files its test files, relative to the checkout
 * @property {'mocha' | 'host'} runner
 */

const isPackageTest = (/** @type {string} */ file) => file === 'test/e2e/package.test.ts';

/** @type {Suite[]} in the order in which they run: the cheap ones first */
export const suites = [
  suite('unit', { minutes: 20 }),
  suite('conformance', { minutes: 15 }),
  suite('faults', { minutes: 20 }),
  suite('gates', { minutes: 25 }),
  suite('deploy', { minutes: 20 }),
  suite('webview', { minutes: 25, needs: ['browser'], needsBuild: true }),
  suite('host', { minutes: 20, needs: ['vscode', 'browser'], needsBuild: true, runner: 'host' }),
  suite('e2e', {
    minutes: 40,
    needs: ['vscode', 'browser'],
    needsBuild: true,
    files: async () => (await testFiles('e2e')).filter((file) => !isPackageTest(file)),
  }),
  suite('package', {
    minutes: 15,
    needs: ['vscode', 'browser'],
    needsBuild: true,
    files: async () => (await testFiles('e2e')).filter(isPackageTest),
  }),
  suite('odoo', { minutes: 90, needs: ['odoo', 'vscode', 'browser'], needsBuild: true }),
];

/** @param {string} name @param {Partial<Suite>} options @returns {Suite} */
function suite(name, options) {
  const files = () => testFiles(name);
  return { name, needs: [], needsBuild: false, minutes: 5, files, runner: 'mocha', ...options };
}

/** @param {string} folder below test/ */
async function testFiles(folder) {
  const entries = await readdir(join(root, 'test', folder), { recursive: true });
  return entries
    .filter((entry) => entry.endsWith('.test.ts'))
    .map((entry) => `test/${folder}/${entry}`.replaceAll('\\', '/'))
    .sort();
}

/**
 * Runs a suite; what it prints goes through, or comes at its end in one piece. A suite that ends without a result, too
 * late, or with something left open counts as one failure (more).
 * @param {Suite} suite
 * @param {boolean} held whether what it prints is held back until it ends
 * @returns {Promise<SuiteResult>}
 */
export async function runSuite(suite, held) {
  const files = await suite.files();
  if (files.length === 0) return failure(suite.name, 'There are no test files.');
  const temporary = await mkdtemp(join(tmpdir(), 'taskboard-'));
  const output = join(temporary, 'result.json');
  try {
    const args = suite.runner === 'host' ? [hostTests, output] : mochaArguments(output, files);
    const problem = await runLimited(args, suite, held);
    /** @type {SuiteResult | undefined} */
    const result = await readFile(output, 'utf8').then(JSON.parse, () => undefined);
    if (!result) return failure(suite.name, problem ?? 'It ended without a result.');
    if (!problem || result.failed > 0) return result;
    return { ...result, failed: 1, failures: [{ title: suite.name, error: problem }] };
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

/**
 * How many tests a suite has, by its text: for those that can't run here. At least one.
 * @param {Suite} suite
 */
export async function countTests(suite) {
  const texts = await Promise.all((await suite.files()).map((file) => readFile(join(root, file), 'utf8')));
  return Math.max(1, texts.join('\n').match(/^\s*it\(/gm)?.length ?? 0);
}

const hostTests = join(root, 'scripts', 'lib', 'vscode', 'hostTestsMain.mjs');

/** @param {string} output @param {string[]} files */
function mochaArguments(output, files) {
  const reporter = join(root, 'scripts', 'lib', 'mochaReporter.cjs');
  const grep = process.env.TASKBOARD_GREP;
  return [
    join(root, 'node_modules', 'mocha', 'bin', 'mocha.js'),
    ...['--reporter', reporter, '--reporter-option', `output=${output}`],
    ...(grep ? ['--grep', grep] : []),
    ...files,
  ];
}

/**
 * @param {string[]} args for Node
 * @param {Suite} suite
 * @param {boolean} held
 * @returns {Promise<string | undefined>} what went wrong
 */
async function runLimited(args, { name, minutes }, held) {
  const output = held ? 'pipe' : 'inherit';
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', output, output] });
  /** @type {Buffer[]} */
  const printed = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (piece) => printed.push(piece));
  const ended = new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  /** @type {NodeJS.Timeout | undefined} */
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(() => resolve('late'), minutes * 60_000);
  });
  const end = await Promise.race([ended, late]);
  clearTimeout(timer);
  if (held) process.stdout.write(Buffer.concat([Buffer.from(`\n== ${name}\n`), ...printed]));
  if (end === 'late') {
    if (child.pid) await endTree(child.pid);
    return `It was not over after ${minutes} minutes.`;
  }
  return end === 0 ? undefined : `It ended with ${String(end ?? 'a signal')}.`;
}

/** @param {string} title @param {string} error @returns {SuiteResult} */
function failure(title, error) {
  return { passed: 0, failed: 1, skipped: 0, failures: [{ title, error }] };
}
