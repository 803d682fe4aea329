// The ESLint rule that bounds waits and loops. A timer whose length is reckoned goes through src/base/timers.ts, which
// caps it: what a server says may be a thousand years, and such a timer rings at once. A loop that asks a server again
// and again goes through src/client/paging.ts, which ends whatever the server says.
import { basename, relative } from 'node:path';
import { root } from '../prepare.mjs';

const TIMERS = new Set(['setTimeout', 'setInterval']);
const CONSTANT = /^[A-Z][A-Z0-9_]*$/;

/** Loops that wait in these files are for ever on purpose, or end with what is there: each says how. */
const LOOPS_IN = new Set([
  'journal.ts', // a queue of this machine's, and a look at the disk every few seconds
  'journalFiles.ts', // until the disk has taken it
  'fileLock.ts', // until whoever holds it gives it back, ends or is silent
  'userDay.ts', // one wait a minute
  'body.ts', // ends after 20 MB
]);

/** @typedef {import('estree').Node} Node */

/** @param {Node | undefined} node @returns {boolean} */
function isConstant(node) {
  if (!node) return true;
  if (node.type === 'Literal') return typeof node.value === 'number';
  if (node.type === 'Identifier') return CONSTANT.test(node.name);
  return node.type === 'ConditionalExpression' && isConstant(node.consequent) && isConstant(node.alternate);
}

/**
 * Whether a counter bounds a `for`: `i < 50`, `page < first + MOST_PAGES`.
 * @param {Node | null | undefined} test @returns {boolean}
 */
const isCounted = (test) =>
  test?.type === 'BinaryExpression' && /^[<>]=?$/.test(test.operator) && endsIn(test.right);

/** @param {Node} node @returns {boolean} */
function endsIn(node) {
  if (node.type === 'BinaryExpression') return endsIn(node.left) || endsIn(node.right);
  return (
    isConstant(node) ||
    (node.type === 'MemberExpression' && !node.computed && isNamed(node.property, 'length'))
  );
}

/** @param {Node} node @param {string} name */
const isNamed = (node, name) => node.type === 'Identifier' && node.name === name;

/** @type {import('eslint').Rule.RuleModule} */
export const waits = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = relative(root, context.filename).replaceAll('\\', '/');
    if (path === 'src/base/timers.ts') return {};
    /** @param {Node} node */
    const loop = (node) => {
      // Who waits for a person may do so for ever; these rooms wait for servers.
      if (!/^src\/(?:base|board|client)\//.test(path) || LOOPS_IN.has(basename(path))) return;
      open.push(node);
    };
    /** @type {(Node | undefined)[]} loops that are unbounded, or functions within them */
    const open = [];
    /** @param {Node} node */
    const end = (node) => void (open.at(-1) === node && open.pop());
    const enter = () => void open.push(undefined);
    const leave = () => void open.pop();
    return {
      CallExpression(node) {
        const callee = node.callee.type === 'MemberExpression' ? node.callee.property : node.callee;
        if (callee.type !== 'Identifier' || !TIMERS.has(callee.name)) return;
        const delay = node.arguments[1];
        if (delay?.type === 'SpreadElement' || !isConstant(delay))
          context.report({
            node,
            message:
              'A timer of a reckoned length has a cap: use after() of src/base/timers.ts, or a constant.',
          });
      },
      WhileStatement: loop,
      DoWhileStatement: loop,
      ForStatement: (node) => void (isCounted(node.test) || loop(node)),
      'WhileStatement:exit': end,
      'DoWhileStatement:exit': end,
      'ForStatement:exit': end,
      ':function': enter,
      ':function:exit': leave,
      AwaitExpression(node) {
        if (open.at(-1))
          context.report({
            node,
            message:
              'Nothing ends this loop but what a server says: read lists with readPages() of src/client/paging.ts, or count the rounds.',
          });
      },
    };
  },
};
