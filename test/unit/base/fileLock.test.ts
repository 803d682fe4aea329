import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import fs from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseLock, takeLock, withFileLock } from '../../../src/base/fileLock';

describe('a lock file', () => {
  let folder: string;
  let lock: string;
  beforeEach(async () => {
    folder = await fs.mkdtemp(join(tmpdir(), 'taskboard-lock-'));
    lock = join(folder, 'lock');
  });
  afterEach(() => fs.rm(folder, { recursive: true, force: true }));

  const one = `${process.pid}-one`;
  const two = `${process.pid}-two`;
  const long = new Date(Date.now() - 3_600_000);
  const silence = () => fs.utimes(lock, long, long);

  it('is held by one at a time, who may keep it and gives it back', async () => {
    assert.deepEqual([await takeLock(lock, one), await takeLock(lock, one)], [true, true]);
    assert.equal(await takeLock(lock, two), false);
    await releaseLock(lock, two);
    assert.equal(await takeLock(lock, two), false, 'only its holder gives it back');
    await releaseLock(lock, one);
    assert.equal(await takeLock(lock, two), true);
  });

  it('is taken over from whoever is gone or silent, and leaves nothing beside it', async () => {
    await fs.writeFile(lock, `${spawnSync(process.execPath, ['-e', '']).pid}`);
    assert.equal(await takeLock(lock, one), true);
    await silence();
    assert.equal(await takeLock(lock, two), true);
    assert.equal(await takeLock(lock, one), false, 'the one that was silent notices');
    assert.deepEqual(await fs.readdir(folder), ['lock']);
  });

  it('is got by one of many that find it left behind', async () => {
    for (let round = 0; round < 20; round++) {
      await fs.writeFile(lock, one);
      await silence();
      const owners = Array.from({ length: 12 }, (_, index) => `${process.pid}-${round}-${index}`);
      const got = await Promise.all(owners.map((owner) => takeLock(lock, owner)));
      assert.equal(got.filter(Boolean).length, 1, `round ${round}`);
      const holder = await fs.readFile(lock, 'utf8').catch(() => undefined);
      assert.equal(holder, owners[got.indexOf(true)]);
      await fs.rm(lock, { force: true });
    }
  });

  // A sign of life at each step of whoever takes it over for left behind.
  for (const [nth, step] of [
    [1, 'stat'],
    [1, 'readFile'],
    [1, 'writeFile'],
    [2, 'stat'],
    [2, 'readFile'],
    [1, 'rename'],
  ] as const)
    it(`is not taken from a holder that gives a sign of life before ${step} ${nth} of who takes it`, async () => {
      await takeLock(lock, one);
      await silence();
      const real = fs[step] as (...args: unknown[]) => Promise<unknown>;
      let calls = 0;
      const renewing = async (...args: unknown[]) => {
        if (++calls === nth) await fs.utimes(lock, new Date(), new Date());
        return real(...args);
      };
      Object.assign(fs, { [step]: renewing });
      try {
        assert.equal(await takeLock(lock, two), false);
      } finally {
        Object.assign(fs, { [step]: real });
      }
      assert.ok(calls >= nth, 'that step was reached');
      assert.equal(await takeLock(lock, one), true);
      assert.deepEqual(await fs.readdir(folder), ['lock']);
    });

  it('can be taken over though whoever was taking it over ended in the middle', async () => {
    await takeLock(lock, one);
    await silence();
    const { ino, mtimeNs } = await fs.stat(lock, { bigint: true });
    const claim = `${lock}.${ino}-${mtimeNs}`;
    await fs.writeFile(claim, '');
    assert.equal(await takeLock(lock, two), false, 'somebody is at it');
    await fs.utimes(claim, long, long);
    assert.equal(await takeLock(lock, two), false, 'the claim goes first');
    assert.equal(await takeLock(lock, two), true);
  });

  it('lets work be done one after the other', async () => {
    let inside = 0;
    const done = Array.from({ length: 8 }, (_, index) =>
      withFileLock(lock, `${process.pid}-${index}`, async () => {
        assert.equal(++inside, 1);
        await fs.readdir(folder);
        inside--;
      }),
    );
    await Promise.all(done);
    assert.deepEqual(await fs.readdir(folder), []);
  });
});
