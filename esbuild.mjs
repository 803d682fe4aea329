// What ships: a small entry, the rest and a thread's script for the extension host, and one script and stylesheet for
// each webview.
import { existsSync } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { context } from 'esbuild';
import sveltePlugin from 'esbuild-svelte';
import { budgetText, spent } from './scripts/lib/budgets.mjs';
import { thirdPartyNotices } from './scripts/lib/notices.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * @typedef {object} BuildOptions
 * @property {boolean} [production]
 * @property {string} [folder] below the checkout, instead of `dist`
 */
/** @typedef {{ phase: 'start' } | { phase: 'end', errors: readonly import('esbuild').Message[] }} BuildEvent */
/** @typedef {{ file: string, bytes: number, gzipped: number }} BuiltFile `file` is relative to the checkout */

/**
 * Fills `dist/`. Production: minified, no links to the source maps beside it (the package leaves them out), and an
 * error when a file is over its budget. Otherwise a build to step through: readable, with its source maps.
 * @param {BuildOptions} [options]
 * @returns {Promise<BuiltFile[]>}
 */
export async function build(options = {}) {
  const { folder = 'dist' } = options;
  const contexts = await contextsOf(options);
  try {
    const results = await Promise.all(contexts.map((each) => each.rebuild()));
    const outputs = Object.assign({}, ...results.map(({ metafile }) => metafile.outputs));
    await mkdir(join(root, folder), { recursive: true });
    await writeFile(join(root, folder, 'THIRD_PARTY_NOTICES.txt'), await thirdPartyNotices(root, outputs));
    const built = Object.keys(outputs).filter((file) => !file.endsWith('.map'));
    const files = await Promise.all(built.sort().map(measure));
    const over = options.production ? spent(files).filter((line) => line.over) : [];
    if (over.length > 0) throw new Error(`Over budget:\n${over.map(budgetText).join('\n')}`);
    return files;
  } finally {
    await Promise.all(contexts.map((each) => each.dispose()));
  }
}

/**
 * Builds for development, and again at each change, until it is stopped.
 * @param {(event: BuildEvent) => void} onEvent told of each build of the extension's side and of the webviews' side
 * @param {BuildOptions} [options]
 * @returns {Promise<() => Promise<void>>} stops it
 */
export async function watch(onEvent, options = {}) {
  const contexts = await contextsOf(options, {
    name: 'tell',
    setup(build) {
      build.onStart(() => onEvent({ phase: 'start' }));
      build.onEnd(({ errors }) => onEvent({ phase: 'end', errors }));
    },
  });
  await Promise.all(contexts.map((each) => each.watch()));
  return async () => {
    await Promise.all(contexts.map((each) => each.dispose()));
  };
}

/**
 * Empties the folder, and readies a build of each side.
 * @param {BuildOptions} options
 * @param {import('esbuild').Plugin} [teller]
 */
async function contextsOf(options, teller) {
  const configurations = [extensionBundle(options), webviewBundles(options)];
  for (const { entryPoints } of configurations)
    for (const entry of Object.values(entryPoints))
      if (!existsSync(join(root, entry))) throw new Error(`Nothing to build: there is no ${entry}.`);
  await rm(join(root, options.folder ?? 'dist'), { recursive: true, force: true });
  return Promise.all(
    configurations.map((configuration) =>
      teller
        ? context({
            ...configuration,
            logLevel: 'silent',
            plugins: [...('plugins' in configuration ? configuration.plugins : []), teller],
          })
        : context(configuration),
    ),
  );
}

/** @param {BuildOptions} options */
const shared = ({ production = false }) =>
  /** @type {const} */ ({
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    minify: production,
    sourcemap: production ? 'external' : 'linked',
    legalComments: 'none', // THIRD_PARTY_NOTICES.txt has the licences
    logLevel: 'warning',
    define: { 'process.env.NODE_ENV': production ? '"production"' : '"development"' },
  });

/** @param {BuildOptions} options */
function extensionBundle(options) {
  return /** @satisfies {import('esbuild').BuildOptions} */ ({
    ...shared(options),
    entryPoints: {
      extension: 'src/extension.ts',
      host: 'src/host.ts',
      markdownWorker: 'src/workbench/markdown/markdownWorker.ts', // a thread's own script, which the host starts
    },
    outdir: options.folder ?? 'dist',
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    external: ['vscode', './host'], // the entry loads the rest when it is needed, from the file beside it
    supported: { 'dynamic-import': false }, // VS Code hands `vscode` out through `require`
    mainFields: ['module', 'main'], // the ES module of a package can be shaken, its CommonJS twin cannot
  });
}

/** @param {BuildOptions} options */
function webviewBundles(options) {
  const folder = join(options.folder ?? 'dist', 'webview');
  return /** @satisfies {import('esbuild').BuildOptions} */ ({
    ...shared(options),
    // The script stands in its page, from where no link reaches a file: the map has to stand in it too, and to say from
    // the top where the sources are.
    ...(!options.production && {
      sourcemap: /** @type {const} */ ('both'),
      sourceRoot: pathToFileURL(join(root, folder)).href + '/',
    }),
    entryPoints: { board: 'webview/board/main.ts', card: 'webview/card/main.ts' },
    outdir: folder,
    platform: 'browser',
    format: 'iife',
    target: 'chrome128',
    conditions: ['svelte', 'browser', options.production ? 'production' : 'development'],
    mainFields: ['svelte', 'browser', 'module', 'main'],
    plugins: [
      sveltePlugin({
        cache: !options.production, // a change compiles its own component alone
        compilerOptions: { css: 'external', runes: true, dev: !options.production },
        filterWarnings: ({ filename }) => !filename?.includes('node_modules'), // not ours to change
      }),
    ],
  });
}

/** @param {string} file */
async function measure(file) {
  const content = await readFile(join(root, file));
  return { file, bytes: content.length, gzipped: gzipSync(content).length };
}
