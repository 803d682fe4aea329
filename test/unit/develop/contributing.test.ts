import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { load } from 'js-yaml';
import { root } from '../../../scripts/lib/prepare.mjs';

const text = (file: string) => readFileSync(join(root, file), 'utf8');

/** All files of a folder, or the file itself, that a program or pipeline runs. */
function filesOf(part: string): string[] {
  const path = join(root, part);
  const entries = part.includes('.')
    ? ['']
    : readdirSync(path, { recursive: true, encoding: 'utf8' }).map((entry) => `/${entry}`);
  return entries
    .map((entry) => part + entry)
    .filter((file) => /\.(ts|mjs|cjs|sh|svelte|py|ya?ml|conf|env|template)$|^\.ci\/run$/.test(file));
}

const PARTS = [
  ...['src', 'webview', 'scripts', 'test', 'bench', 'ci', 'deploy', 'odoo-module'],
  ...['.ci/run', '.github/workflows/ci.yml', '.github/workflows/contract-validation.yml'],
  ...['.github/workflows/deploy.yml', '.github/workflows/release.yml', 'esbuild.mjs'],
];
const files = PARTS.flatMap(filesOf).filter((file) => !file.startsWith('test/unit/develop/'));

/** Ours by their name, wherever they stand; and whatever a script reads from its environment. */
const OURS = /\b(?:TASKBOARD|ODOO|CONFORMANCE|STOPWATCH|DEPLOY)_[A-Z0-9_]*[A-Z0-9]\b|\bDOOR_TEST_PORT\b/g;
const READ = /\benv(?:\.|\[['"])([A-Z][A-Z0-9_]+)\b/g;

const PYTHON = /\bos\.environ(?:\.get\(|\[)\s*['"]([A-Z][A-Z0-9_]+)['"]/g;

describe('CONTRIBUTING.md', () => {
  const page = text('CONTRIBUTING.md');

  it('lists every environment variable that anything here reads', () => {
    const missing = new Map<string, string>();
    for (const file of files) {
      const source = text(file);
      const ours = file.endsWith('.py') ? [] : source.matchAll(OURS);
      const names = [...ours].map(([name]) => name);
      for (const [, name = ''] of source.matchAll(PYTHON)) names.push(name);
      for (const [, name = ''] of source.matchAll(READ)) names.push(name);
      for (const name of names) if (!page.includes(`\`${name}\``)) missing.set(name, file);
    }
    assert.deepEqual([...missing], []);
  });

  it('lists no variable that nothing reads', () => {
    const all = files.map(text).join('\n');
    for (const [, name = ''] of page.matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)`/g))
      assert.ok(all.includes(name), `${name} is read by nothing`);
  });

  it('leads to what is there', () => {
    const { scripts } = JSON.parse(text('package.json')) as { scripts: Record<string, string> };
    for (const [, path = ''] of page.matchAll(
      /`((?:src|webview|test|scripts|ci|docs|fixtures|l10n|deploy|odoo-module|\.[a-z]+)\/[\w./-]*)`/g,
    ))
      assert.ok(existsSync(join(root, path)), path);
    for (const [, link = ''] of page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
      assert.ok(existsSync(join(root, link)), link);
    for (const [, script = ''] of page.matchAll(/npm run (?:-s )?([a-z]+)/g))
      assert.ok(script in scripts, script);
    for (const [, file = ''] of page.matchAll(/npx mocha (\S+)/g))
      assert.ok(existsSync(join(root, file)), file);
    const configurations = text('.vscode/launch.json');
    for (const name of ['Extension on the demo board', 'The mocha file in front', 'Host tests']) {
      assert.ok(page.includes(`_${name}_`));
      assert.ok(configurations.includes(`"name": "${name}"`));
    }
  });
});

describe('the repository', () => {
  it('names the same Node everywhere', () => {
    const { node } = JSON.parse(text('versions.json')) as { node: string };
    assert.equal(text('.nvmrc').trim(), node);
    const image = /^FROM (node:(\d+)\.\S+)$/m.exec(text('.devcontainer/Dockerfile'));
    assert.equal(image?.[2], node);
    const containers = [...text('.github/workflows/ci.yml').matchAll(/container: (\S+)/g)];
    assert.ok(containers.length > 0);
    for (const [, container] of containers) assert.equal(container, image?.[1]);
  });

  it('leads blame through commits that are there', () => {
    const commits = text('.git-blame-ignore-revs').match(/^[0-9a-f]{40}$/gm) ?? [];
    assert.ok(commits.length > 0);
    const { status } = spawnSync('git', ['rev-parse', '--is-shallow-repository'], { cwd: root });
    const shallow = spawnSync('git', ['rev-parse', '--is-shallow-repository'], {
      cwd: root,
      encoding: 'utf8',
    });
    if (status !== 0 || shallow.stdout.trim() === 'true') return; // not a checkout with its history
    for (const commit of commits)
      assert.equal(
        spawnSync('git', ['cat-file', '-e', `${commit}^{commit}`], { cwd: root }).status,
        0,
        commit,
      );
  });

  it('is looked after: npm, actions and images', () => {
    const { updates } = load(text('.github/dependabot.yml')) as {
      updates: { 'package-ecosystem': string; directory: string; schedule: { interval: string } }[];
    };
    const kinds = new Set(updates.map((update) => update['package-ecosystem']));
    for (const kind of ['npm', 'github-actions', 'docker', 'docker-compose'])
      assert.ok(kinds.has(kind), kind);
    for (const { directory, 'package-ecosystem': kind } of updates) {
      const expected = { npm: 'package.json', docker: 'Dockerfile', 'docker-compose': 'compose.yaml' }[kind];
      if (expected) assert.ok(existsSync(join(root, directory, expected)), `${kind} in ${directory}`);
    }
  });

  it('asks in its forms for what an answer needs', () => {
    const folder = '.github/ISSUE_TEMPLATE';
    for (const file of readdirSync(join(root, folder)).filter((name) => name !== 'config.yml')) {
      const form = load(text(join(folder, file))) as {
        name: string;
        description: string;
        body: { type: string; id: string; attributes: { label: string; options?: unknown[] } }[];
      };
      assert.ok(form.name && form.description, file);
      const ids = form.body.map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length, file);
      for (const { type, attributes } of form.body) {
        assert.match(type, /^(markdown|textarea|input|dropdown|checkboxes)$/, file);
        assert.ok(attributes.label, file);
        if (/dropdown|checkboxes/.test(type)) assert.ok(attributes.options?.length, file);
      }
    }
    assert.ok(existsSync(join(root, '.github', 'pull_request_template.md')));
    assert.match(text('SECURITY.md'), /privately/);
  });
});
