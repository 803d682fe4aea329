// Runs test/host inside a real extension host: a downloaded editor's, or code-server's in a headless browser.
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { launchBrowser } from '../browser.mjs';
import { log } from '../log.mjs';
import { root } from '../prepare.mjs';
import { startCodeServer, workbenchUrl } from './codeServer.mjs';
import { downloadedEditor } from './editor.mjs';
import { quietSettings } from './settings.mjs';

/** @typedef {import('../mochaReporter.cjs').SuiteResult} SuiteResult */

/**
 * Bundles and runs the tests; their report goes to standard output.
 * Throws `Unavailable` when no editor is to be had, and an error when the run ends without a result.
 * @param {{ extensionPath?: string, testsFolder?: string }} [options]
 * @returns {Promise<SuiteResult>}
 */
export async function runHostTests({ extensionPath = root, testsFolder } = {}) {
  const testsPath = await bundleHostTests(testsFolder);
  const temporary = await mkdtemp(join(tmpdir(), 'taskboard-'));
  const results = join(temporary, 'results.json');
  const folder = join(temporary, 'workspace');
  const userDataDir = join(temporary, 'data');
  await Promise.all([mkdir(folder), mkdir(join(userDataDir, 'User'), { recursive: true })]);
  await writeFile(join(userDataDir, 'User', 'settings.json'), JSON.stringify(quietSettings));
  try {
    const run = { extensionPath, testsPath, folder, userDataDir, env: { TASKBOARD_RESULTS: results } };
    const editor = await downloadedEditor();
    await (editor ? runInEditor(editor, run) : runInCodeServer(run));
    return JSON.parse(await readFile(results, 'utf8'));
  } finally {
    await rm(temporary, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * @typedef {object} HostRun
 * @property {string} extensionPath
 * @property {string} testsPath
 * @property {string} folder
 * @property {string} userDataDir
 * @property {Record<string, string>} env
 */

/**
 * Bundles them for `extensionTestsPath`.
 * @param {string} [testsFolder]
 * @returns {Promise<string>} the bundle, which exports `run()`
 */
export async function bundleHostTests(testsFolder = join(root, 'test', 'host')) {
  const names = (await readdir(testsFolder)).filter((name) => name.endsWith('.test.ts')).sort();
  if (names.length === 0) throw new Error(`There are no host tests in ${testsFolder}.`);
  const file = (/** @type {string} */ name) => JSON.stringify(join(testsFolder, name));
  const files = names.map((name) => `{ name: ${file(name)}, load: () => require(${file(name)}) }`);
  const runner = JSON.stringify(join(root, 'test', 'host', 'runner.ts'));
  const outfile = join(root, 'out', 'host', 'tests.js');
  await build({
    stdin: {
      contents: `import { runTests } from ${runner};\nexport const run = () => runTests([${files.join(', ')}]);`,
      resolveDir: root,
    },
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', 'mocha'],
    sourcemap: 'linked', // F5 on `Host tests` stops in them
    logLevel: 'warning',
  });
  return outfile;
}

/** @param {string} executable @param {HostRun} run */
async function runInEditor(executable, { extensionPath, testsPath, folder, userDataDir, env }) {
  const { runTests } = await import('@vscode/test-electron');
  await runTests({
    vscodeExecutablePath: executable,
    extensionDevelopmentPath: extensionPath,
    extensionTestsPath: testsPath,
    extensionTestsEnv: env,
    launchArgs: [folder, '--user-data-dir', userDataDir, '--disable-extensions', '--disable-workspace-trust'],
  }).catch((error) => log(String(error))); // a failed test, too: the result file tells
}

/** @param {HostRun} run */
async function runInCodeServer({ extensionPath, testsPath, folder, userDataDir, env }) {
  const extensionsDir = join(userDataDir, 'extensions');
  const server = await startCodeServer({ folder, userDataDir, extensionsDir, env });
  try {
    const browser = await launchBrowser();
    try {
      const page = await browser.newPage();
      const exited = new Promise((resolve) => void page.exposeFunction('codeAutomationExit', resolve));
      let started = false; // before the tests the workbench talks about itself
      await page.exposeFunction(
        'codeAutomationLog',
        (/** @type {string} */ _type, /** @type {unknown[]} */ args) => {
          started ||= String(args[0]).startsWith('Host tests in');
          if (started) console.log(...args);
        },
      );
      const crashed = new Promise((resolve) => page.once('crash', resolve));
      const lost = Promise.race([server.ended, crashed]).then(() => 'lost');
      await page.goto(workbenchUrl(server, { folder, extensionPath, testsPath }));
      if ((await Promise.race([exited, lost])) === 'lost')
        throw new Error(`The editor ended in the middle of the host tests:\n${server.log().slice(-4000)}`);
    } finally {
      await browser.close();
    }
  } finally {
    await server.stop();
  }
}
