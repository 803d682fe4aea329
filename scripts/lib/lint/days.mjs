// The ESLint rule that keeps days in one place: `src/base/days.ts` makes a day out of a moment, in the user's zone.
// Whoever takes a day from a `Date` by themselves takes the machine's, or UTC's.

const METHODS = /^(?:get|set)(?:UTC)?(?:FullYear|Month|Date|Day)$|^toLocaleDateString$|^toDateString$/;

/** @param {import('estree').Node} node */
const nameOf = (node) =>
  node.type === 'MemberExpression' && node.property.type === 'Identifier' ? node.property.name : undefined;

/** @type {import('eslint').Rule.RuleModule} */
export const days = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    /** @param {import('estree').Node} node */
    const report = (node) =>
      context.report({
        node,
        message: "Which day it is depends on the user's zone: ask src/base/days.ts or the account's UserDay.",
      });
    return {
      CallExpression(node) {
        const name = nameOf(node.callee);
        if (name && METHODS.test(name)) report(node);
        // `….toISOString().slice(0, 10)` is UTC's day.
        if (
          name &&
          /^(?:slice|substring|substr|split)$/.test(name) &&
          node.callee.type === 'MemberExpression' &&
          node.callee.object.type === 'CallExpression' &&
          nameOf(node.callee.object.callee) === 'toISOString'
        )
          report(node);
      },
    };
  },
};
