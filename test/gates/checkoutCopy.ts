import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './runGate';

/** What the static gate reads. */
const PARTS = [
  ...['src', 'schemas', 'fixtures', 'odoo-module', 'ci', 'scripts', 'test', 'docs', 'deploy'],
  ...[
    'package.json',
    'package-lock.json',
    'tsconfig.json',
    'tsconfig.base.json',
    '.mocharc.json',
    '.prettierrc.json',
    'README.md',
  ],
];

/** What builds the extension, and `npm run page`. */
export const DEVELOPED = [
  ...['src', 'webview', 'scripts', 'l10n', 'test/page', 'test/webview', 'esbuild.mjs'],
  ...['tsconfig.json', 'tsconfig.base.json', 'package.json', 'package-lock.json', 'package.nls.json'],
  'versions.json',
];

/** A copy of the checkout in which a fault can be planted. */
export interface CheckoutCopy {
  path: string;
  /** Replaces a text that must be there, in a file. */
  plant(file: string, from: string | RegExp, to: string): Promise<void>;
  /** Puts all files back that were changed. */
  restore(): Promise<void>;
  remove(): Promise<void>;
}

/** @param parts what is copied; by default what the static gate reads */
export async function copyCheckout(parts: readonly string[] = PARTS): Promise<CheckoutCopy> {
  const path = await mkdtemp(join(tmpdir(), 'taskboard-gates-'));
  for (const part of parts)
    await cp(join(root, part), join(path, part), {
      recursive: true,
      filter: (from) => !from.endsWith('.pyc'),
    });
  await symlink(join(root, 'node_modules'), join(path, 'node_modules'));
  const changed = new Set<string>();
  return {
    path,
    async plant(file, from, to) {
      const before = await readFile(join(path, file), 'utf8');
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${file} does not hold ${String(from)}`);
      changed.add(file);
      await writeFile(join(path, file), after);
    },
    async restore() {
      for (const file of changed) await cp(join(root, file), join(path, file));
      changed.clear();
    },
    remove: () => rm(path, { recursive: true, force: true }),
  };
}
