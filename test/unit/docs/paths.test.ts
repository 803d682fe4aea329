import { strict as assert } from 'node:assert';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';
import { exists, isPath, quoted } from './pages';

/** Folders of which a page may name what is in them; other paths are those of a server or of VS Code. */
const OURS = /^(src|webview|test|scripts|docs|deploy|ci|bench|odoo-module|fixtures|schemas|l10n|media)\//;

describe('the pages', () => {
  let pages: [name: string, text: string][] = [];

  before(async () => {
    const below = (await readdir(join(root, 'docs'), { recursive: true })).map((name) => `docs/${name}`);
    const names = [
      ...below.filter((name) => name.endsWith('.md')),
      'README.md',
      'CONTRIBUTING.md',
      'SECURITY.md',
    ];
    pages = await Promise.all(
      names.map(async (name): Promise<[string, string]> => [name, await readFile(join(root, name), 'utf8')]),
    );
  });

  it('name only files and folders of ours that there are', () => {
    const missing = pages.flatMap(([name, text]) =>
      quoted(text)
        .filter((code) => OURS.test(code) && isPath(code) && !exists(code))
        .map((path) => `${name}: ${path}`),
    );
    assert.deepEqual(missing, []);
  });

  it('link only to what is there', () => {
    const links = pages.flatMap(([name, text]) =>
      [
        ...text
          .replace(/^```.*?^```$|`[^`\n]*`/gms, '')
          .matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)(#[^)]*)?\)/g),
      ].map(([, path]) => ({ name, path: normalize(join(dirname(name), path!)) })),
    );
    assert.ok(links.length > 40, `${links.length} links`);
    assert.deepEqual(
      links.filter(({ path }) => !exists(path)).map(({ name, path }) => `${name}: ${path}`),
      [],
    );
  });
});
