// The ESLint rule that keeps the door: text reaches VS Code's own widgets only through src/widgets, whose functions
// take no plain string.
import { relative } from 'node:path';
import { root } from '../prepare.mjs';

/** What of `vscode` is named elsewhere. Whatever is not in this list may show a text, now or in a later version. */
/** @type {Record<string, Set<string>>} */
const allowed = {
  window: new Set([
    'createOutputChannel', // whose text is plain
    'createTreeView', // rows come from `treeRow`
    'registerWebviewViewProvider',
    'registerWebviewPanelSerializer',
    'registerUriHandler',
    'onDidChangeWindowState',
    'state',
    'tabGroups',
    'activeTextEditor',
  ]),
};

/** Types and classes that carry text into a widget. */
const carriers = new Set([
  'CodeLens',
  'CompletionItem',
  'Diagnostic',
  'Hover',
  'InlayHint',
  'MarkdownString',
  'ProgressLocation',
  'QuickPickItemKind',
  'TreeItem',
]);

/** What a widget shows, where it is assigned: a title of a tab, a message of a view. */
const shownProperties = new Set([
  ...['accessibilityInformation', 'badge', 'description', 'detail', 'label', 'message', 'placeHolder'],
  ...['placeholder', 'prompt', 'title', 'tooltip', 'validationMessage'],
]);

/** Commands of VS Code that show a text they are given. */
const showingCommands = new Set(['vscode.diff', 'vscode.open', 'vscode.openWith', 'vscode.changes']);

const HELP = 'Text reaches VS Code through src/widgets only: names and servers can hold links and icons.';

/**
 * @param {import('estree').MemberExpression} node
 * @returns {string | undefined} the name of the property; nothing when it is computed
 */
function propertyOf({ computed, property }) {
  if (!computed && property.type === 'Identifier') return property.name;
  return property.type === 'Literal' ? String(property.value) : undefined;
}

/** @type {import('eslint').Rule.RuleModule} */
export const widgets = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const path = relative(root, context.filename).split(/[\\/]/).join('/');
    if (!/^src\/(workbench|account|host|extension)\b/.test(path)) return {};
    /** @param {import('estree').Node} node @param {string} what */
    const report = (node, what) => context.report({ node, message: `${what}: ${HELP}` });
    return {
      // By its own name, always: whatever is taken out of it here would be lost from sight.
      ImportDeclaration({ source, specifiers }) {
        if (source.value !== 'vscode') return;
        for (const one of specifiers)
          if (one.type !== 'ImportNamespaceSpecifier' || one.local.name !== 'vscode')
            report(one, "import * as vscode from 'vscode'");
      },
      VariableDeclarator({ id, init }) {
        if (
          id.type === 'ObjectPattern' &&
          init &&
          /^vscode(\.window)?$/.test(context.sourceCode.getText(init))
        )
          for (const property of id.properties)
            if (property.type !== 'Property' || property.key.type !== 'Identifier')
              report(property, 'taken out of vscode');
            else if (property.key.name === 'window' || context.sourceCode.getText(init) === 'vscode.window')
              report(property, property.key.name);
        if (id.type === 'Identifier' && init && /^vscode(\.window)?$/.test(context.sourceCode.getText(init)))
          report(init, 'another name for vscode');
      },
      MemberExpression(node) {
        const owner = context.sourceCode.getText(node.object);
        const name = propertyOf(node);
        if (owner === 'vscode' && (name === undefined || carriers.has(name)))
          report(node, name ?? 'vscode[…]');
        if (owner === 'vscode.window' && !(name && allowed.window?.has(name)))
          report(node, name ?? 'vscode.window[…]');
      },
      AssignmentExpression({ left }) {
        if (left.type !== 'MemberExpression' || !path.match(/^src\/(workbench|account|host|extension)/))
          return;
        const name = propertyOf(left);
        if (name && shownProperties.has(name)) report(left, `${name} = …`);
      },
      CallExpression(node) {
        if (node.callee.type !== 'MemberExpression' || propertyOf(node.callee) !== 'executeCommand') return;
        const [command] = node.arguments;
        if (command?.type === 'Literal' && showingCommands.has(String(command.value)))
          report(node, String(command.value));
      },
    };
  },
};
