// npm test [-- SUITE…]: checks, build and all suites, or those that are named. The last line has the counts.
import { rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { log } from './lib/log.mjs';
import { prepare, root } from './lib/prepare.mjs';
import { killDescendants } from './lib/processes.mjs';

process.on('exit', killDescendants);
for (const [signal, code] of /** @type {const} */ ([
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
]))
  process.on(signal, () => process.exit(code));

/** @type {[part: string, minutes: number][]} */
const times = [];
/** @type {import('./lib/mochaReporter.cjs').SuiteResult} */
const total = { passed: 0, failed: 0, skipped: 0, failures: [] };

await timed('prepare', prepare);
const { runChecks } = await import('./lib/checks.mjs');
const { readyPart } = await import('./lib/parts.mjs');
const { countTests, runSuite, suites } = await import('./lib/suites.mjs');
const { requiredParts } = await import('./lib/unavailable.mjs');

const names = ['check', 'build', ...suites.map(({ name }) => name)];
const wanted = process.argv.slice(2);
const unknown = wanted.find((name) => !names.includes(name));
if (unknown) {
  log(`There is no suite "${unknown}"; there are: ${names.join(', ')}.`);
  process.exit(2);
}
const isWanted = (/** @type {string} */ name) => wanted.length === 0 || wanted.includes(name);
const chosen = suites.filter(({ name }) => isWanted(name));

await rm(join(root, 'test-results'), { recursive: true, force: true });

// Network and disk are busy with the slow parts while the cheap suites keep the processors busy.
/** @type {Map<import('./lib/parts.mjs').SlowPart, Promise<import('./lib/parts.mjs').Ready>>} */
const parts = new Map();
/** Those that are set up, or can't be. @type {Set<import('./lib/parts.mjs').SlowPart>} */
const settled = new Set();
for (const part of chosen.flatMap(({ needs }) => needs)) {
  if (parts.has(part)) continue;
  const ready = readyPart(part);
  ready
    .then(
      ({ minutes }) => void times.push([`${part} set-up`, minutes]),
      () => {}, // its suites report what went wrong
    )
    .finally(() => settled.add(part));
  parts.set(part, ready);
}

if (isWanted('check')) await timed('check', check);
let isBuilt = true;
if (isWanted('build') || chosen.some(({ needsBuild }) => needsBuild)) isBuilt = await timed('build', build);
await runInLanes();

console.log(`\nMinutes: ${times.map(([name, minutes]) => `${name} ${minutes.toFixed(1)}`).join(' · ')}`);
for (const { title, error } of total.failures) console.log(`\nFAILED ${title}\n${error}`);
const counts = `${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`;
killDescendants();
process.stdout.write(`\n${counts}\n`, () => process.exit(total.failed > 0 ? 1 : 0));

/**
 * Two suites at a time where there are two cores: one in front of an editor or a browser, and beside it one that has
 * neither. Two windows at once would wait for each other. The longest begin, those first for which everything is set up.
 * What a suite prints beside another comes when it ends.
 */
async function runInLanes() {
  const twoLanes = (Number(process.env.TASKBOARD_LANES) || availableParallelism()) > 1 && chosen.length > 1;
  if (!twoLanes) {
    for (const suite of chosen) await timed(suite.name, () => runPart(suite, false));
    return;
  }
  const windowed = (/** @type {import('./lib/suites.mjs').Suite} */ { needs }) => needs.includes('browser');
  const lane = async (/** @type {import('./lib/suites.mjs').Suite[]} */ waiting) => {
    waiting.sort((a, b) => b.minutes - a.minutes);
    while (waiting.length > 0) {
      const ready = waiting.findIndex(({ needs }) => needs.every((part) => settled.has(part)));
      const [suite] = waiting.splice(Math.max(0, ready), 1);
      if (suite) await timed(suite.name, () => runPart(suite, true));
    }
  };
  await Promise.all([lane(chosen.filter(windowed)), lane(chosen.filter((suite) => !windowed(suite)))]);
}

async function check() {
  console.log('\n== check');
  const results = await runChecks(({ name, ok, output }) => {
    console.log(`  ${ok ? '✔' : 'FAILED'} ${name}`);
    if (!ok) console.log(output);
  });
  for (const { name, ok } of results)
    count(`check ${name}`, ok ? undefined : 'npm run check shows what to change.');
}

async function build() {
  console.log('\n== build');
  const error = await import('../esbuild.mjs')
    .then((module) => module.build({ production: true }))
    .then(() => undefined, String);
  console.log(error ? `  FAILED ${error}` : '  ✔ dist/');
  count('build', error);
  return error === undefined;
}

/** @param {import('./lib/suites.mjs').Suite} suite @param {boolean} beside whether another one runs at the same time */
async function runPart(suite, beside) {
  console.log(beside ? `\n== ${suite.name} begins` : `\n== ${suite.name}`);
  if (suite.needsBuild && !isBuilt) return count(suite.name, 'Not run, as the build failed.');
  for (const part of suite.needs) {
    const ready = await parts.get(part)?.catch((/** @type {unknown} */ error) => ({ error: String(error) }));
    if (ready && 'error' in ready) return count(suite.name, `Setting up ${part} failed: ${ready.error}`);
    if (!ready?.missing) continue;
    const { message, part: missing } = ready.missing;
    if (requiredParts().has(missing)) return count(suite.name, `${missing} is required: ${message}`);
    const tests = await countTests(suite);
    console.log(`  skipped (${tests}): ${message}`);
    total.skipped += tests;
    return;
  }
  const result = await runSuite(suite, beside).catch((/** @type {Error} */ error) => ({
    ...{ passed: 0, failed: 1, skipped: 0 },
    failures: [{ title: suite.name, error: error.message }],
  }));
  total.passed += result.passed;
  total.failed += result.failed;
  total.skipped += result.skipped;
  total.failures.push(
    ...result.failures.map(({ title, error }) => ({ title: `${suite.name}: ${title}`, error })),
  );
}

/** @param {string} title @param {string} [error] */
function count(title, error) {
  if (error === undefined) total.passed += 1;
  else {
    total.failed += 1;
    total.failures.push({ title, error });
  }
}

/**
 * @template T
 * @param {string} name @param {() => Promise<T>} work
 */
async function timed(name, work) {
  const started = Date.now();
  try {
    return await work();
  } finally {
    times.push([name, (Date.now() - started) / 60_000]);
  }
}
