import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';

/** A page of the documentation. @param name below `docs/` */
export const readPage = (name: string): Promise<string> => readFile(join(root, 'docs', name), 'utf8');

/** The rows of all tables of a page, each cell trimmed, without heads. */
export function tableRows(page: string): string[][] {
  const lines = page.split('\n');
  return lines
    .filter((line, index) => line.startsWith('|') && !isRule(line) && !isRule(lines[index + 1] ?? ''))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );
}

const isRule = (line: string): boolean => /^\|[\s:|-]+$/.test(line);

/** What stands in backticks within a line; a fence around a block of code is none. */
export const quoted = (text: string): string[] =>
  [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([^`\n]+)`/g)].map(([, code]) => code!);

const PATH = /^(\.?[\w-]+\/)*\.?[\w-]+(\.[\w-]+)*\.(ts|mjs|py|md|json|svelte|css|sh)$|^([\w-]+\/)+[\w-]+$/;

/** Whether a quotation is a path of the repository rather than a name in its code. */
export const isPath = (code: string): boolean => PATH.test(code) && !code.startsWith('house/');

/** Whether there is a file or folder of this name. */
export const exists = (path: string): boolean => existsSync(join(root, path));

/** The words of which code names are made: identifiers, headers, capitals. */
const wordsOf = (code: string): string[] => code.match(/[A-Za-z_$][\w$]*(-[\w]+)*/g) ?? [];

let all: Promise<string> | undefined;

/** The text of all sources: of the extension, its pages, the addon, and what makes them. */
export function sources(): Promise<string> {
  all ??= Promise.all(
    ['src', 'webview', 'odoo-module', 'scripts/lib/lint', 'package.json'].map(textBelow),
  ).then((texts) => texts.join('\n'));
  return all;
}

/** The text of a file, or of all sources in a folder. */
export async function textBelow(path: string): Promise<string> {
  if (/\.\w+$/.test(path)) return readFile(join(root, path), 'utf8');
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && /\.(ts|mjs|svelte|py)$/.test(entry.name));
  return (await Promise.all(files.map((file) => readFile(join(file.parentPath, file.name), 'utf8')))).join(
    '\n',
  );
}

/** The words of a name that do not stand in a text. */
export const unknownWords = (code: string, text: string): string[] =>
  wordsOf(code).filter(
    (word) => !new RegExp(`(?<![\\w$])${word.replaceAll('$', '\\$')}(?![\\w$])`).test(text),
  );
