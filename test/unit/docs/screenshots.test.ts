import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IMAGES, page, PAGE, PICTURE_NAMES } from '../../screenshots/pictures';

// The pictures of the documentation: those that `npm run screenshots` makes, all of them and no other.

describe('the screenshots', () => {
  it('are those of the list, all of them and no other', async () => {
    const files = (await readdir(IMAGES)).sort();
    assert.deepEqual(files, PICTURE_NAMES.map((name) => `${name}.png`).sort());
  });

  it('stand on their page, each with its caption', async () => {
    assert.equal(await readFile(PAGE, 'utf8'), page());
  });

  it('are small: 3 MB together', async () => {
    const sizes = PICTURE_NAMES.map(async (name) => (await stat(join(IMAGES, `${name}.png`))).size);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(total <= 3_000_000, `${total} bytes`);
  });
});
