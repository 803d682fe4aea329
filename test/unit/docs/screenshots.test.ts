import assert from 'node:assert/strict';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { IMAGES, page, PAGE, PICTURE_NAMES, STEPS_FOLDER, TOUR } from '../../screenshots/pictures';

// The pictures of the documentation: those that `npm run screenshots` makes, all of them and no other.

describe('the screenshots', () => {
  it('are those of the list, all of them and no other', async () => {
    const files = (await readdir(IMAGES)).sort();
    assert.deepEqual(files, [TOUR, ...PICTURE_NAMES.map((name) => `${name}.png`)].sort());
  });

  it('stand on their page, each with its caption', async () => {
    assert.equal(await readFile(PAGE, 'utf8'), page());
  });

  it('are small: 3 MB together', async () => {
    const sizes = PICTURE_NAMES.map(async (name) => (await stat(join(IMAGES, `${name}.png`))).size);
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0);
    assert.ok(total <= 3_000_000, `${total} bytes`);
  });

  it('have one that moves, of less than 2 MB: a drag, a move by keys and a quick create', async () => {
    const gif = await readFile(join(IMAGES, TOUR));
    assert.ok(gif.length < 2_000_000, `${gif.length} bytes`);
    assert.equal(gif.subarray(0, 6).toString('latin1'), 'GIF89a');
    // Each picture has a block that says how long it stands.
    const frames = gif.toString('latin1').split('\x21\xf9\x04').length - 1;
    assert.ok(frames >= 20, `${frames} pictures`);
  });

  it('are small in the package: 300 KB for the walkthrough', async () => {
    const files = (await readdir(STEPS_FOLDER)).filter((name) => name.endsWith('.png'));
    const sizes = await Promise.all(files.map(async (name) => (await stat(join(STEPS_FOLDER, name))).size));
    assert.equal(files.length, 3);
    assert.ok(sizes.reduce((sum, size) => sum + size, 0) < 300_000, String(sizes));
  });
});
