// The ESLint rules that give a few packages one way in. Which room may import which: ../house/rooms.mjs.
import { relative, sep } from 'node:path';
import { root } from '../prepare.mjs';

/**
 * The room that a file belongs to; undefined outside src and webview.
 * @param {string} path absolute
 */
function roomOf(path) {
  const [top, second = ''] = relative(root, path).split(sep);
  if (top === 'webview') return 'webview';
  if (top !== 'src') return undefined;
  return second.replace(/\.(ts|js)$/, '');
}

/**
 * A rule that looks at each import and re-export of a file, static or dynamic.
 * @param {(source: string, file: string, node: import('estree').Node) => string | undefined} problem
 * @returns {import('eslint').Rule.RuleModule}
 */
function importRule(problem) {
  return {
    meta: { type: 'problem', schema: [] },
    create(context) {
      /** @param {{ source?: import('estree').Expression | null } & import('estree').Node} node */
      const check = (node) => {
        if (node.source?.type !== 'Literal' || typeof node.source.value !== 'string') return;
        const message = problem(node.source.value, context.filename, node);
        if (message) context.report({ node, message });
      };
      return {
        ImportDeclaration: check,
        ExportNamedDeclaration: check,
        ExportAllDeclaration: check,
        ImportExpression: check,
      };
    },
  };
}

/** Packages, and one file, that only some may import. */
const packageRooms = [
  {
    matches: /^vscode$/,
    rooms: ['extension', 'host', 'workbench', 'account', 'widgets'],
    alsoUnder: ['test/host/', 'test/e2e/doorExtension/'],
    where: 'src/workbench, src/account, src/widgets, src/host.ts, src/extension.ts and test/host',
  },
  {
    matches: /^@vscode\/webview-ui-toolkit/,
    rooms: [],
    alsoUnder: ['webview/controls/'],
    where: 'webview/controls',
  },
  // What a stranger's text can make slow runs in a thread that can be ended, never in the host's own.
  {
    matches: /^markdown-it$/,
    rooms: [],
    alsoUnder: [
      'src/workbench/markdown/markdownDialect.ts',
      'src/workbench/markdown/markdownLinks.ts',
      'scripts/',
    ],
    where: 'src/workbench/markdown/markdown{Dialect,Links}.ts and scripts',
  },
  {
    matches: /\/markdownDialect$/,
    rooms: [],
    alsoUnder: ['src/workbench/markdown/markdownWorker.ts', 'test/', 'bench/'],
    where: 'src/workbench/markdown/markdownWorker.ts',
  },
];

/** `vscode` and the toolkit are known to few rooms, so that the rest can run, and be replaced, without them. */
export const packages = importRule((source, file) => {
  const path = relative(root, file).split(sep).join('/');
  const limit = packageRooms.find(({ matches }) => matches.test(source));
  if (!limit) return undefined;
  const allowed =
    limit.rooms.includes(roomOf(file) ?? '') || limit.alsoUnder.some((folder) => path.startsWith(folder));
  return allowed ? undefined : `${source} is imported only in ${limit.where}.`;
});

/** `import { z } from 'zod'` keeps the whole library in the bundle (430 KB instead of 18). */
export const zod = importRule((source, _file, node) => {
  if (source !== 'zod' && !source.startsWith('zod/')) return undefined;
  const asNamespace =
    node.type === 'ImportDeclaration' &&
    node.specifiers.length === 1 &&
    node.specifiers[0]?.type === 'ImportNamespaceSpecifier';
  return source === 'zod/mini' && asNamespace
    ? undefined
    : "zod is imported as: import * as z from 'zod/mini'.";
});
