import { strict as assert } from 'node:assert';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/prepare.mjs';
import { readPage } from './pages';

describe('docs/decisions', () => {
  let names: string[] = [];
  before(async () => (names = (await readdir(join(root, 'docs/decisions'))).sort()));

  it('are numbered without a gap', () => {
    assert.deepEqual(
      names.map((name) => Number(/^(\d{4})-[a-z0-9-]+\.md$/.exec(name)?.[1])),
      names.map((_, index) => index + 1),
    );
  });

  it('are half a page each, with a question and a choice', async () => {
    for (const name of names) {
      const page = await readPage(`decisions/${name}`);
      assert.ok(page.startsWith(`# ${name.slice(0, 4)} `), `${name} begins with its number`);
      for (const part of ['Question', 'Choice']) assert.ok(page.includes(`**${part}.**`), `${name}: ${part}`);
      assert.ok(page.split('\n').length < 60, `${name} is longer than half a page`);
    }
  });

  it('say what was measured, or that nothing was', async () => {
    // The first five say it in their own words.
    for (const name of names.slice(5))
      assert.match(await readPage(`decisions/${name}`), /\*\*(Measured|What was measured)\.\*\*/, name);
  });

  it('stand in the index, each with its own question', async () => {
    const index = await readPage('README.md');
    for (const name of names) assert.ok(index.includes(`(decisions/${name})`), `${name} is in no index`);
  });
});
