import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { root } from '../../../scripts/lib/prepare.mjs';

/** A text that a source asks for, and how many values it gives. */
export interface Text {
  message: string;
  values: number;
  where: string;
}

/** Every text that is handed to `t`, `plural`, `say` or `sayMany` anywhere; `problems` are calls that no bundle can serve. */
export function textsInSources(): { texts: Text[]; problems: string[] } {
  const texts: Text[] = [];
  const problems: string[] = [];
  for (const folder of ['src', 'webview'])
    for (const entry of readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })) {
      const path = join(root, folder, entry);
      if (path.endsWith('.svelte') && /\b(t|plural)\(\s*['"`]/.test(readFileSync(path, 'utf8')))
        problems.push(`${entry}: texts of a view stand in its strings.ts`);
      if (!path.endsWith('.ts') || path.endsWith(join('l10n', 'l10n.ts'))) continue;
      look(path, texts, problems);
    }
  return { texts, problems };
}

function look(path: string, texts: Text[], problems: string[]): void {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true);
  if (!/from '[^']*\/(l10n|shownText)';/.test(source.text)) return;
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression)) {
      const { line } = source.getLineAndCharacterOfPosition(node.getStart());
      const where = `${relative(root, path)}:${line + 1}`;
      const name = node.expression.text;
      if (name === 't' || name === 'say') take(node.arguments[0], node.arguments.length - 1, where);
      // The number itself is the first value of both forms.
      if (name === 'plural' || name === 'sayMany')
        for (const form of [1, 2]) take(node.arguments[form], node.arguments.length - 2, where);
    }
    ts.forEachChild(node, visit);
  };
  const take = (message: ts.Expression | undefined, values: number, where: string) => {
    if (message && ts.isStringLiteralLike(message)) texts.push({ message: message.text, values, where });
    else problems.push(`${where}: the text must stand in the call, or nobody can translate it`);
  };
  visit(source);
}

export const placeholdersIn = (text: string): string[] => [...new Set(text.match(/\{[0-9]\}/g))].sort();
